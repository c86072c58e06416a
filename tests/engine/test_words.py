"""woorden.yaml: what an organisation's papers call otherwise, typed and checked."""

from pathlib import Path

import pytest

from tests.engine.organisation import SHIPPED, Organisation
from workflow.domain.behandeling import ConclusieCode, Doel
from workflow.domain.paper import Kind, PaperWords, Veld
from workflow.engine.loader import load_definitions
from workflow.engine.terms import vocabulary

FILE = "woorden.yaml"
WORDS = """soorten:
  voorblad: Aanbiedingsformulier
labels:
  kenmerk: [Dossier, Dossiernummer]
doelen:
  adviseren: [meedenken]
conclusies:
  akkoord: [groen licht]
"""


@pytest.fixture
def organisation(tmp_path: Path) -> Organisation:
    """The shipped definitions, to be changed."""
    return Organisation(tmp_path)


def test_own_words_reach_the_reader_of_papers(organisation: Organisation) -> None:
    """The vocabulary that documents are handed has them, word by word."""
    organisation.write(FILE, WORDS)

    words = vocabulary(load_definitions(organisation.folder).definities).words

    assert organisation.check().ok
    assert words.kinds == (("Aanbiedingsformulier", Kind.VOORBLAD),)
    assert words.labels == (("Dossier", Veld.KENMERK), ("Dossiernummer", Veld.KENMERK))
    assert words.doelen == (("meedenken", Doel.ADVISEREN),)
    assert words.conclusies == (("groen licht", ConclusieCode.AKKOORD),)


def test_an_organisation_without_own_words_has_none() -> None:
    """The file is optional."""
    assert vocabulary(load_definitions(SHIPPED).definities).words == PaperWords()


@pytest.mark.parametrize(
    ("what", "text", "code", "line"),
    [
        ("unknown table", "labls:\n  kenmerk: Dossier\n", "onbekende_sleutel", 1),
        ("unknown target", "labels:\n  kenmrk: Dossier\n", "onbekende_sleutel", 2),
        ("unknown doel", "doelen:\n  adviseren: advies\n  raden: raad\n", "onbekende_sleutel", 3),
        ("no list", "labels: Dossier\n", "ongeldige_waarde", 1),
        (
            "one word, two meanings",
            "labels:\n  kenmerk: [Dossier]\n  zaaknummer: [DOSSIER.]\n",
            "dubbele_woord",
            3,
        ),
        ("the same word twice", "doelen:\n  adviseren: [mee, mee]\n", "dubbele_woord", 2),
        ("no letter in it", "koppen:\n  voorstel: ['--']\n", "leeg_woord", 2),
        ("too long for a label", f"labels:\n  kenmerk: [{'k' * 46}]\n", "te_lang", 2),
        ("our word for another doel", "doelen:\n  besluiten: [adviseren]\n", "woord_is_code", 2),
        ("our word for another conclusion", "conclusies:\n  akkoord: [niet akkoord]\n",
         "woord_is_code", 2),
    ],
)  # fmt: skip
def test_a_word_without_one_meaning_is_refused(
    organisation: Organisation, what: str, text: str, code: str, line: int
) -> None:
    """Each with its line: a wrong word would move a case."""
    organisation.write(FILE, text)

    problem = organisation.problem(code)

    assert (problem.file, problem.line) == (FILE, line), what
