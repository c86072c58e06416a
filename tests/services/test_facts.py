"""What a reminder may be about, seen from one dossier."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from tests.services.reminding import shipped_rules
from workflow.domain.afspraken import Afspraak
from workflow.domain.behandeling import Behandeling, Doel, Soort
from workflow.domain.calendar import Span
from workflow.domain.dossier import Dossier
from workflow.domain.raadsinformatie import Raadsinformatie
from workflow.domain.recipient import Recipient
from workflow.domain.reminder_facts import Office, OpenAfspraak, OpenBehandeling, OpenRaad
from workflow.domain.text import ErasableText
from workflow.domain.voorstel import Attachment, Contactpersoon, Paper, Stap, Voorstel
from workflow.services.facts import decided_on, facts_of, missing_papers, papers_due_of
from workflow.services.facts_owed import afspraak_fact, standing_facts
from workflow.services.reminder_setup import Around, contacts_of, office_mailbox

RULES = shipped_rules()
DESK = Recipient(id="secretariaat", role="secretariaat", name="Secretariaat", email="s@r.example")
AROUND = Around(
    rules=RULES,
    calendar=RULES.calendar,
    office=Office(secretariat=DESK),
    today=dt.date(2024, 6, 12),
)


def text(words: str) -> ErasableText:
    """Words of a person."""
    return ErasableText(f"c-{words}", words)


ANNA = Contactpersoon(name=text("Anna Smit"), email=text("a.smit@regio.example"))
NAMELESS = Contactpersoon(name=text("Bram Vos"))
DO = Stap(id="do", doel=Doel.ADVISEREN, soort=Soort.DO, overleg_codes=("do_sd",))
PFHO = Stap(id="pfho", doel=Doel.VASTSTELLEN, soort=Soort.PFHO, overleg_codes=("pfho_go",))
RADEN = Stap(id="raden", doel=Doel.INFORMEREN, soort=Soort.RADEN, per_gemeente=True)
ROW = Behandeling(
    voorstel_id="v1",
    id="b1",
    position=1000,
    step="do",
    overleg="Directie-overleg",
    overleg_codes=("do_sd",),
    soort=Soort.DO,
    doel=Doel.ADVISEREN,
    date=dt.date(2024, 6, 27),
)
LAST = replace(ROW, id="b2", step="pfho", overleg_codes=("pfho_go",), doel=Doel.VASTSTELLEN)


def a_voorstel(**other: Any) -> Voorstel:
    """A voorstel that stands at the DO."""
    plain: dict[str, Any] = {
        "id": "v1",
        "kenmerk": "24005969",
        "state": "do",
        "version": 1,
        "route_id": "voortgangsrapportage",
        "route_version": 1,
        "route_digest": "",
        "subject": "Voortgangsrapportage",
        "theme": "bescherming_en_opvang",
        "contacts": (ANNA,),
        "attachments": (Attachment(number="1", description="Derde rapportage"),),
        "steps": (DO, PFHO, RADEN),
    }
    return Voorstel(**{**plain, **other})


def facts(*rows: Behandeling, **other: Any) -> list[Any]:
    """The facts of a dossier with these rows."""
    raden = other.pop("raden", ())
    dossier = Dossier(voorstel=a_voorstel(**other), behandelingen=rows, raden=raden)
    return list(facts_of(dossier, AROUND))


# --- papers --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "filename"),
    [
        ("Derde rapportage", "x.pdf"),
        ("derde  Rapportage.", "x.pdf"),
        ("Bijlage 1", "x.pdf"),
        ("1", "x.pdf"),
        ("Bijlage 1: de rapportage, definitief", "x.pdf"),
        ("scan", "Derde rapportage.pdf"),
        ("scan", "bijlage_1_definitief.docx"),
    ],
)
def test_a_paper_delivers_the_attachment_that_it_names(title: str, filename: str) -> None:
    """By title, by number, or by the name of its file."""
    attachments = (
        Attachment(number="1", description="Derde rapportage"),
        Attachment(number="11", description="Brief"),
    )
    assert [one.title for one in missing_papers(attachments, [a_paper(title, filename)])] == [
        "Brief"
    ]


def test_another_paper_delivers_nothing() -> None:
    """A paper that names no attachment leaves all of them missing."""
    attachments = (
        Attachment(number=None, description="Brief"),
        Attachment(number="2", description=""),
    )
    missing = missing_papers(attachments, [a_paper("Toelichting", "bijlage 20.pdf")])
    assert [one.title for one in missing] == ["Brief", "Bijlage 2"]


def a_paper(title: str, filename: str) -> Paper:
    """A paper under a title."""
    return Paper(
        voorstel_id="v1",
        id="p1",
        version=1,
        title=title,
        filename=ErasableText("", filename),
        media_type="application/pdf",
        size=1,
        sha256="",
        added_on=dt.date(2024, 6, 1),
    )


def test_the_deadline_for_papers_is_counted_back_from_the_meeting() -> None:
    """Five working days before the DO, by the meeting scheme of the definitions."""
    assert papers_due_of(ROW, AROUND) == (dt.date(2024, 6, 20), "12:00")
    assert papers_due_of(replace(ROW, date=None), AROUND) is None
    assert papers_due_of(replace(ROW, overleg_codes=()), AROUND) is None


# --- rows ----------------------------------------------------------------------------


def test_an_open_row_is_a_fact_while_the_voorstel_is_on_its_route() -> None:
    """Sent back, withdrawn or a concept: nobody expects it at the overleg."""
    (row, *_) = facts(ROW)
    assert isinstance(row, OpenBehandeling)
    assert (row.kenmerk, row.papers_due) == ("24005969", dt.date(2024, 6, 20))
    for state in ("teruggestuurd", "concept", "ingetrokken"):
        assert facts(ROW, state=state) == []


def test_a_row_of_a_cancelled_meeting_waits_for_another_day() -> None:
    """Nobody is told that it stands on that agenda, or asked for papers or a conclusie."""
    cancelled = replace(AROUND, cancelled=frozenset({("do_sd", dt.date(2024, 6, 27))}))
    dossier = Dossier(voorstel=a_voorstel(), behandelingen=(replace(ROW, state="geagendeerd"),))

    (row,) = [one for one in facts_of(dossier, cancelled) if isinstance(one, OpenBehandeling)]
    assert (row.day, row.papers_due) == (None, None)


def test_a_conclusie_is_news_when_it_was_recorded_here() -> None:
    """One that was read from paper is none, and without a reachable contact nobody is told."""
    treated = replace(ROW, state="behandeld", happened_on=ROW.date)
    told = replace(treated, recorded_on=dt.date(2024, 6, 28))

    assert facts(treated, state="pfho") == []
    assert [one.recorded_on for one in facts(told, state="afgerond")] == [dt.date(2024, 6, 28)]
    assert [one.recorded_on for one in facts(told, contacts=(NAMELESS,))] == [None]


# --- people --------------------------------------------------------------------------


def test_an_address_without_a_name_is_used_when_a_contact_has_none() -> None:
    """It stands on the voorblad to be written to; with all contacts reachable it is not needed."""
    loose = (text("team@regio.example"), text("geen adres"))

    def reached(*contacts: Contactpersoon) -> list[str | None]:
        return [one.email for one in contacts_of(a_voorstel(contacts=contacts, emails=loose))]

    assert reached(ANNA) == ["a.smit@regio.example"]
    assert reached(ANNA, NAMELESS) == ["a.smit@regio.example", "team@regio.example"]
    assert reached() == ["team@regio.example"]


def test_a_wethouder_is_never_written_to_in_person() -> None:
    """Also when the voorblad names one as contact, with an address."""
    names = ("Wethouder P. Smit", "Piet Smit, burgemeester", "Piet van Wethouderen")
    people = tuple(replace(ANNA, name=text(name)) for name in names)
    found = contacts_of(a_voorstel(contacts=people))
    assert [one.reachable for one in found] == [False, False, True]


def test_a_contact_whose_name_was_erased_is_still_addressed_politely() -> None:
    """Without text there is no name and no address."""
    gone = Contactpersoon(name=ErasableText("c"), email=ErasableText("d"))
    (one,) = contacts_of(a_voorstel(contacts=(gone,)))
    assert (one.name, one.email) == ("contactpersoon", None)


def test_an_ended_gemeente_is_reached_at_its_successor() -> None:
    """From the day after its last, and only when it has one."""

    def mailbox(day: str, code: str = "wijdemeren") -> str | None:
        found = office_mailbox(RULES, code, dt.date.fromisoformat(day))
        return found.id if found else None

    assert mailbox("2026-12-31") == "gemeente.wijdemeren"
    assert mailbox("2027-01-01") == "gemeente.hilversum"
    assert mailbox("2024-01-01", "weesp") is None


# --- the gemeenteraden ---------------------------------------------------------------


def test_before_the_round_starts_those_who_would_take_part_are_to_be_offered() -> None:
    """The reminder to offer comes also when nobody started the round."""
    decided = replace(LAST, state="behandeld", happened_on=dt.date(2024, 7, 11))
    found = facts(decided, state="raden")

    assert len(found) == 7
    assert {type(one) for one in found} == {OpenRaad}
    assert {(one.state, one.decided_on) for one in found} == {
        ("aan_te_bieden", dt.date(2024, 7, 11))
    }
    assert facts(decided, state="pfho") == []


def test_a_started_round_is_as_it_is_stored() -> None:
    """With the college's own weekday and mailbox; after the end of the case nothing is asked."""
    offered = Raadsinformatie(
        voorstel_id="v1",
        gemeente="laren",
        name="Laren",
        state="aangeboden",
        offered_on=dt.date(2024, 7, 17),
    )
    (one,) = facts(state="raden", raden=(offered,))

    assert (one.offered_on, one.college_weekday) == (dt.date(2024, 7, 17), 1)
    assert one.office.email == "bestuur@bel.example"
    assert facts(state="afgerond", raden=(offered,)) == []


def test_the_decision_is_the_row_that_decides() -> None:
    """A later row that informs does not move the day; without a decision the last one counts."""
    decided = replace(LAST, state="behandeld", happened_on=dt.date(2024, 7, 11))
    informed = replace(
        ROW, id="b3", state="behandeld", doel=Doel.INFORMEREN, happened_on=dt.date(2024, 7, 18)
    )

    def day(*rows: Behandeling) -> dt.date | None:
        return decided_on(Dossier(voorstel=a_voorstel(), behandelingen=rows), RADEN)

    assert day(decided, informed) == dt.date(2024, 7, 11)
    assert day(informed) == dt.date(2024, 7, 18)
    assert day(ROW) is None


# --- what is owed --------------------------------------------------------------------

EVALUATION = Afspraak(
    id="evaluatie-24004592",
    soort="evaluatie",
    title="Evaluatie",
    window_from=dt.date(2025, 1, 1),
    window_to=dt.date(2025, 3, 31),
    owners=("contactpersonen", "secretariaat", "Programmamanager"),
)


def owed(afspraak: Afspraak) -> OpenAfspraak:
    """The fact of an afspraak of the example voorstel."""
    fact = afspraak_fact(afspraak, AROUND, source=a_voorstel())
    assert fact is not None
    return fact


def test_owners_are_the_people_behind_the_functions() -> None:
    """A function that nobody fills is named, and cannot be written to."""
    assert [(one.name, one.email) for one in owed(EVALUATION).owners] == [
        ("Anna Smit", "a.smit@regio.example"),
        ("Secretariaat", "s@r.example"),
        ("Programmamanager", None),
    ]


def test_the_last_meetings_are_those_of_the_route_of_the_source() -> None:
    """DO and PFHO of this route, by their usual weekday where no date is known."""
    meetings = owed(EVALUATION).last_meetings
    assert {one.overleg for one in meetings} == {
        "Directie-overleg Sociaal Domein",
        "Portefeuillehoudersoverleg Sociaal Domein Gezondheid & Ondersteuning",
    }
    assert {one.day for one in meetings} == {dt.date(2025, 3, 27)}


def test_what_is_done_or_has_no_day_is_no_fact() -> None:
    """An afspraak without a date on paper is shown to be confirmed, not reminded of."""
    assert afspraak_fact(replace(EVALUATION, state="afgedaan"), AROUND) is None
    assert afspraak_fact(replace(EVALUATION, window_from=None, window_to=None), AROUND) is None
    moved = owed(replace(EVALUATION, window_from=None, window_to=dt.date(2025, 6, 30)))
    assert moved.window == Span(first=dt.date(2025, 6, 30), last=dt.date(2025, 6, 30))


def test_a_report_of_a_cycle_is_owed_until_it_was_treated() -> None:
    """As it is stored where something happened to it; far ahead it is no fact."""
    spans = {"venster_einde": Span(first=dt.date(2024, 8, 1), last=dt.date(2024, 8, 31))}
    (report,) = standing_facts((), AROUND, spans)
    done = Afspraak(
        id=report.id,
        soort="rapportage",
        title=report.title,
        state="afgedaan",
        window_to=dt.date(2024, 8, 4),
    )

    assert report.period == "eerste helft 2024"
    assert list(standing_facts((done,), AROUND, spans)) == []
    assert list(standing_facts((), AROUND, {})) == []


def test_a_local_contribution_is_asked_of_every_gemeente() -> None:
    """Since 2026 each gemeente owes its part; the offices are there for a rule to use."""
    spans = {"venster_einde": Span(first=dt.date(2026, 11, 1), last=dt.date(2026, 12, 31))}
    parts = list(standing_facts((), replace(AROUND, today=dt.date(2026, 10, 1)), spans))

    assert {one.gemeente for one in parts} == {
        "Blaricum", "Eemnes", "Gooise Meren", "Hilversum", "Huizen", "Laren", "Wijdemeren",
    }  # fmt: skip
    assert len({one.part_of for one in parts}) == 1
    assert len({office.email for one in parts for office in one.offices}) == 5


def test_no_part_is_asked_for_a_report_that_was_treated() -> None:
    """What the report did without is not reminded of afterwards."""
    spans = {"venster_einde": Span(first=dt.date(2026, 11, 1), last=dt.date(2026, 12, 31))}
    first = next(iter(standing_facts((), AROUND, spans)))
    done = Afspraak(id=first.part_of, soort="rapportage", title="Rapportage", state="afgedaan")

    assert list(standing_facts((done,), AROUND, spans)) == []
