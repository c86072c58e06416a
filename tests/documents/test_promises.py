"""Promises in running text: what lies ahead, and nothing that is past or a mere name."""

from datetime import date

import pytest

from tests.documents.papers import VOORBLAD, read
from workflow.documents.promises import read_promises

PAPER = date(2026, 5, 28)


def _period(sentence: str, anchor: date | None = PAPER) -> tuple[int, str | None]:
    """How many promises a sentence makes, and the period of the first."""
    found = read_promises([(1, sentence)], anchor)
    return len(found), found[0].periode if found else None


@pytest.mark.parametrize(
    ("sentence", "period"),
    [
        ("In Q1 van 2027 wordt een evaluatie inclusief aanbevelingen voorgelegd.", "2027-Q1"),
        ("De evaluatie wordt in het eerste kwartaal van 2027 voorgelegd.", "2027-Q1"),
        ("De volgende voortgangsrapportage volgt begin 2027.", "2027"),
        ("De volgende voortgangsrapportage ontvangt u over een half jaar.", "2026-H2"),
        ("Wij informeren u over drie maanden.", "2026-08"),
        ("Het plan wordt over twee jaar herijkt.", "2028"),
        ("In het najaar ontvangt u de eindevaluatie.", "2026"),
        ("In het voorjaar ontvangt u de eindevaluatie.", "2026"),
        ("Volgend jaar ontvangt u een nieuwe rapportage.", "2027"),
        ("Uiterlijk 1 oktober 2026 ontvangt u de eindevaluatie.", "2026-10"),
        ("Het tweede programma wordt in 2029 opgesteld ten behoeve van 2030-2033.", "2029"),
        ("Eind 2026 leggen wij de uitkomsten voor.", "2026"),
        ("In december 2026 komt de begroting.", "2026-12"),
        ("Wij zeggen toe dat de raden worden betrokken.", None),
        ("Wij houden u op de hoogte.", None),
        ("Er wordt een zienswijzeprocedure opgestart.", None),
    ],
)
def test_a_promise_has_the_period_that_it_names(sentence: str, period: str | None) -> None:
    """A period is as coarse as the words; without any it stays open."""
    assert _period(sentence) == (1, period)


@pytest.mark.parametrize(
    "sentence",
    [
        "Sinds 2023 wordt er twee keer per jaar een rapportage opgeleverd.",
        "Vanaf het kalenderjaar 2026 wordt er twee keer per jaar een rapportage opgeleverd.",
        "In 2024 werd het plan vastgesteld.",
        "In 2024 wordt het plan vastgesteld.",
        "De rapportage over de eerste helft van 2026 ligt nu voor.",
        "Het beleidsplan loopt van 2022 t/m 2027.",
        "Het uitvoeringsprogramma is van kracht voor de periode 2026-2029.",
        "In de rapportage leest u wat we in de eerste helft van 2026 hebben gedaan.",
        "De komende jaren wordt ingezet op preventie.",
        "Hierbij ontvangt u de rapportage.",
        "Dit wordt via de Planning & Control cyclus verantwoord.",
        "Kort.",
    ],
)
def test_what_is_past_or_a_name_is_no_promise(sentence: str) -> None:
    """A year in a title, a report over a period and a thing of the past promise nothing."""
    assert _period(sentence) == (0, None)


def test_without_a_date_of_the_paper_nothing_is_counted_from_it() -> None:
    """'Over een half jaar' on an undated paper is a promise without a period."""
    assert _period("U ontvangt over een half jaar bericht.", None) == (1, None)


def test_the_same_sentence_twice_is_one_promise() -> None:
    """A promise repeated in two chapters is made once."""
    text = "In Q1 2027 wordt de pilot geëvalueerd."

    assert len(read_promises([(1, text), (9, text + " Daarna niets.")], PAPER)) == 1


def test_promises_in_the_full_text_belong_to_the_voorblad() -> None:
    """They often hide in the control measures; a beslispunt itself is still a question."""
    text = VOORBLAD.replace("Kennisnemen van", "In Q1 2025 wordt kennisgenomen van") + (
        "\nKanttekeningen\n\nBeheersmaatregelen:\n\n- De groep start als proef. In Q1 van 2025"
        " wordt\n  een evaluatie voorgelegd. Zo leren wij.\n"
    )
    voorblad = read(text).voorblad

    assert voorblad is not None
    assert [(promise.tekst, promise.periode) for promise in voorblad.toezeggingen] == [
        ("In Q1 van 2025 wordt een evaluatie voorgelegd.", "2025-Q1")
    ]
