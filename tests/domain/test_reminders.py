"""Who is reminded of what, and who is left alone."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import definitions
from notifications.render import common_inputs, inputs
from tests.domain.reminder_examples import (
    ANNA,
    BRAM,
    CALENDAR,
    DESK,
    OFFER,
    OFFICE,
    PAPERS,
    PART,
    PILOT,
    PROMISE,
    RAAD,
    ROW,
    RULES,
    STILL,
    YEAR,
    days,
    preview,
    tick,
)
from workflow.domain.calendar import Span
from workflow.domain.recipient import Recipient
from workflow.domain.reminder_facts import Escalation, Fact, MissingPaper
from workflow.domain.reminders import due_between, keys_still_wanted
from workflow.engine.loader import load_definitions
from workflow.engine.reminder_rules import reminder_rules

SHIPPED = reminder_rules(
    load_definitions(Path(definitions.__file__).parent / "regio_gv").definities
)

# --- papers, agenda, conclusion ------------------------------------------------------


def test_missing_papers_are_asked_five_and_one_working_days_before() -> None:
    """The weekend does not count, and the mail names what is missing."""
    found = preview(ROW, rules=(PAPERS,))

    assert days(found) == ["2024-06-13", "2024-06-19"]
    assert found[0].recipient == ANNA
    assert found[0].reason == "U bent contactpersoon van voorstel 24005969."
    assert found[0].data["stukken"] == ("Raadsinformatiebrief",)
    assert found[0].data["uiterlijk"] == date(2024, 6, 20)


@pytest.mark.parametrize(
    "done",
    [
        {"missing": ()},
        {"state": "behandeld"},
        {"state": "van_de_agenda"},
        {"state": "doorgeschoven"},
        {"papers_due": None},
    ],
)
def test_nobody_is_asked_for_what_is_done_or_off(done: dict[str, Any]) -> None:
    """Delivered papers, a treated, moved or dropped row and an unknown deadline give no mail."""
    assert preview(replace(ROW, **done), rules=(PAPERS,)) == []


def test_each_contact_hears_only_of_their_own_papers() -> None:
    """Who delivered everything is left alone."""
    row = replace(
        ROW, contacts=(ANNA, BRAM), missing=(MissingPaper(title="Begroting", owner="p2"),)
    )
    unreachable = replace(row, contacts=(ANNA, replace(BRAM, email=None)))

    assert {r.recipient.name for r in preview(row, rules=(PAPERS,))} == {"Bram Vos"}
    assert ("Anna Smit", "planned") in {
        (r.recipient.name, r.status) for r in preview(unreachable, rules=(PAPERS,))
    }


def test_two_contacts_with_one_address_get_one_mail() -> None:
    """Both names stand above it, and what either owes stands in it."""
    both = (ANNA, replace(BRAM, email="A.Smit@regio.example", name="Bram en Zoon"))
    row = replace(
        ROW,
        contacts=both,
        missing=(MissingPaper(title="Brief", owner="p1"), MissingPaper(title="Plan", owner="p2")),
    )
    first, second = preview(row, rules=(PAPERS,))

    assert first.recipient.name == "Anna Smit en Bram en Zoon"
    assert first.data["stukken"] == ("Brief", "Plan")
    assert first.due != second.due


def test_only_what_stands_on_an_agenda_is_announced() -> None:
    """'Uw punt is agendapunt 5' comes three working days before, and not for a mere plan."""
    found = preview(replace(ROW, state="geagendeerd", agenda_number="5", missing=()))

    assert [r.rule for r in found] == ["agenda", "conclusie"]
    assert found[0].due == date(2024, 6, 24)
    assert found[0].data["agendapunt"] == "5"


def test_the_conclusion_is_told_after_it_was_recorded() -> None:
    """Not when it came from an old paper, and on a Monday when it was recorded on Saturday."""
    treated = replace(ROW, state="behandeld", conclusie="akkoord", recorded_on=date(2024, 6, 29))

    assert days(preview(treated)) == ["2024-07-01"]
    assert preview(replace(treated, recorded_on=None)) == []


def test_a_conclusion_that_is_not_recorded_is_asked_of_the_secretariaat() -> None:
    """Two working days after the meeting, and no more once it is there."""
    (found,) = preview(replace(ROW, missing=()))

    assert (found.due, found.recipient) == (date(2024, 7, 1), DESK)
    assert preview(replace(ROW, missing=(), state="behandeld")) == []


def test_a_meeting_that_moved_gives_no_alarm_for_its_old_day() -> None:
    """Planned, then moved, never treated: only the new day counts, and its keys are new."""
    moved = replace(ROW, day=date(2024, 9, 12), papers_due=date(2024, 9, 5))
    before, after = {r.key for r in preview(ROW)}, {r.key for r in preview(moved)}

    assert before.isdisjoint(after)
    assert keys_still_wanted(RULES, [moved], CALENDAR, date(2024, 6, 19), office=OFFICE) == set()


# --- gemeenteraden -------------------------------------------------------------------


def test_offering_is_one_mail_that_names_all_gemeenten() -> None:
    """Two working days after the decision, to the secretariaat."""
    rows = [
        replace(RAAD, gemeente=code, gemeente_name=code.title(), state="aan_te_bieden")
        for code in ("laren", "huizen", "blaricum")
    ]
    (found,) = preview(*rows)

    assert found.due == date(2024, 6, 10)
    assert found.data["gemeenten"] == ("Laren", "Huizen", "Blaricum")
    assert found.subject_id == "laren+huizen+blaricum"


def test_sending_is_asked_after_two_collegevergaderingen() -> None:
    """The working day after the second Tuesday on which the college met."""
    (found,) = preview(RAAD)

    assert (found.due, found.recipient.email) == (date(2024, 6, 19), "griffie@laren.example")


def test_the_college_does_not_meet_in_recess() -> None:
    """Offered just before summer, asked in September."""
    (found,) = preview(replace(RAAD, offered_on=date(2024, 7, 15)))
    assert found.due == date(2024, 9, 4)  # 16 July, then 3 September


@pytest.mark.parametrize(
    "state",
    ["verzonden", "ter_kennisname", "geagendeerd", "niet_verzonden", "niet_van_toepassing"],
)
def test_nobody_is_reminded_of_an_answer(state: str) -> None:
    """After the sending nothing is asked any more."""
    assert preview(replace(RAAD, state=state)) == []


def test_gemeenten_with_one_office_get_one_mail() -> None:
    """Three rows, three colleges, one mail; and it stays one when one of them is done."""
    shared = Recipient(id="bel", role="gemeente", name="BEL", email="post@bel.example")
    rows = [
        replace(RAAD, gemeente=code, gemeente_name=code.title(), office=shared)
        for code in ("blaricum", "eemnes", "laren")
    ]
    (all_three,) = preview(*rows)
    (two,) = preview(*rows[:2])

    assert all_three.data["gemeenten"] == ("Blaricum", "Eemnes", "Laren")
    assert all_three.recipient.name == "BEL"
    assert all_three.key == two.key


def test_a_gemeente_without_a_mailbox_is_asked_through_the_secretariaat() -> None:
    """The vacancy is named, never passed over."""
    (found,) = preview(replace(RAAD, office=None))

    assert found.recipient == DESK
    assert "Daarom krijgt het secretariaat deze mail" in found.note


# --- afspraken -----------------------------------------------------------------------


def test_the_last_meetings_of_the_quarter_are_known_or_derived() -> None:
    """A known date late in the window counts; an early one says that the rest is not planned."""
    assert [(m.overleg, m.day.isoformat(), m.derived) for m in PILOT.last_meetings] == [
        ("DO", "2025-03-13", False),
        ("PFHO", "2025-03-27", True),
        ("BO", "2025-03-31", True),
    ]


def test_the_evaluation_is_asked_before_its_last_meetings_and_its_end() -> None:
    """T-90 moves out of the Christmas recess; notices that come close together are one mail."""
    found = preview(PILOT)
    sent = [(r.due.isoformat(), r.rule, r.recipient.name) for r in found if r.status == "planned"]

    assert sent == [
        ("2025-01-06", "nadert", "Anna Smit"),
        ("2025-02-06", "laatste", "Anna Smit"),  # 20 working days before the DO of 13 March
        ("2025-02-27", "laatste", "Anna Smit"),  # … before the PFHO of 27 March
        ("2025-04-01", "verlopen", "Secretariaat"),
        ("2025-04-01", "verlopen", "Anna Smit"),
    ]
    assert [(r.due.isoformat(), r.rule) for r in found if r.status == "skipped"] == [
        ("2025-03-03", "laatste"),
        ("2025-03-03", "nadert"),
    ]
    assert all(r.note == "Valt samen met de herinnering van 27-2-2025." for r in found[3:5])


def test_the_evaluation_mail_names_all_last_meetings() -> None:
    """One mail is enough to plan the whole quarter."""
    found = preview(PILOT)
    assert ("PFHO", date(2025, 3, 27), True) in found[1].data["overleggen"]  # type: ignore[operator]


@pytest.mark.parametrize("state", ["afgedaan", "vervallen"])
def test_what_is_done_is_not_asked(state: str) -> None:
    """An evaluation that was treated in its window is settled."""
    assert preview(replace(PILOT, state=state)) == []


def test_after_expiry_there_is_one_mail() -> None:
    """No weekly nagging: it then stands on each agenda."""
    assert [r.due for r in preview(PILOT) if r.due > date(2025, 3, 31)] == [date(2025, 4, 1)] * 2
    assert tick(date(2025, 4, 22), PILOT) == []


def test_without_a_window_nothing_is_due() -> None:
    """An assignment without a date on paper waits until the date is confirmed."""
    assert preview(replace(PILOT, soort="opdracht", window=None)) == []
    assert days(preview(replace(PILOT, soort="opdracht"))) == ["2025-03-03"]


def test_the_local_part_of_a_report_is_asked_of_each_gemeente() -> None:
    """Eight and three weeks before, one mail per mailbox."""
    offices = tuple(
        Recipient(id=f"g:{n}", role="gemeente", name=f"Gemeente {n}", email=f"post@g{n}.example")
        for n in range(7)
    )
    report = replace(
        PILOT,
        id="r",
        soort="rapportage",
        window=Span(first=date(2025, 5, 27), last=date(2025, 8, 4)),
        offices=offices,
    )
    found = preview(report)

    assert {r.due for r in found} == {date(2025, 4, 1), date(2025, 5, 6)}
    assert len(found) == 2 * (1 + 7)


def test_the_reason_names_what_the_rule_asks() -> None:
    """All gemeenten of one mail are in it, and the kind and creditor of an afspraak."""
    offer = replace(OFFER, reason="Nog aan te bieden aan {gemeenten}; {onbekend} blijft staan.")
    promise = replace(PROMISE, reason="Een {soort} aan {schuldeiser}.")
    raden = [
        replace(RAAD, gemeente=code, gemeente_name=code.title(), state="aan_te_bieden")
        for code in ("laren", "huizen")
    ]
    owed = replace(PILOT, soort="opdracht", creditor="het college")

    assert [r.reason for r in preview(*raden, rules=(offer,))] == [
        "Nog aan te bieden aan Laren en Huizen; {onbekend} blijft staan."
    ]
    assert preview(owed, rules=(promise,))[0].reason == "Een opdracht aan het college."


# --- who is never written to ---------------------------------------------------------


def test_a_wethouder_gets_no_mail_in_person() -> None:
    """Others do; when nobody else is left, the secretariaat does, with the reason."""
    wethouder = replace(BRAM, bestuurder=True)
    with_anna = preview(replace(ROW, contacts=(wethouder, ANNA)), rules=(PAPERS,))
    alone = preview(replace(ROW, contacts=(wethouder,)), rules=(PAPERS,))

    assert {(r.recipient.name, r.status) for r in with_anna} == {
        ("Anna Smit", "planned"),
        ("Bram Vos", "skipped"),
    }
    assert {r.recipient for r in alone} == {DESK}
    assert "krijgt geen mail in persoon" in alone[0].note


def test_who_has_no_address_is_named_in_the_log() -> None:
    """The other contact gets the mail; the log says who did not, and why."""
    row = replace(ROW, contacts=(ANNA, replace(BRAM, email=None)))
    skipped = [r for r in preview(row, rules=(PAPERS,)) if r.status == "skipped"]

    assert len(skipped) == 2
    assert {r.recipient.name for r in skipped} == {"Bram Vos"}
    assert str(skipped[0].as_json()["reason"]).endswith("is geen e-mailadres bekend.")


def test_a_voorstel_without_contacts_is_the_secretariaats() -> None:
    """Nothing falls between two chairs."""
    assert {r.recipient for r in preview(replace(ROW, contacts=()))} == {DESK}


def test_every_reminder_brings_what_its_mail_needs() -> None:
    """No mail is half filled, and nothing is handed over that no reader sees."""
    treated = replace(ROW, state="behandeld", conclusie="akkoord", recorded_on=date(2024, 6, 28))
    facts: tuple[Fact, ...] = (
        ROW,
        treated,
        replace(ROW, id="b3", state="geagendeerd"),
        RAAD,
        replace(RAAD, kenmerk="1", state="aan_te_bieden"),
        *(replace(PILOT, id=soort, soort=soort) for soort in ("rapportage", "opdracht")),
        PILOT,
        STILL,
        PART,
    )
    found = due_between(SHIPPED, facts, CALENDAR, *YEAR, office=OFFICE)
    wrong = {
        (r.template, *sorted(inputs(r.template) ^ (r.data.keys() | common_inputs())))
        for r in found
        if inputs(r.template) != r.data.keys() | common_inputs()
    }

    assert wrong == set()
    assert {r.template for r in found} == {rule.template for rule in SHIPPED}


def test_the_same_papers_are_one_matter_whichever_overleg_wants_them() -> None:
    """Three overleggen in one week do not make six mails about one missing paper."""
    later = replace(ROW, id="b2", overleg="PFHO", papers_due=date(2024, 6, 25))
    found = preview(ROW, later, rules=(PAPERS,))

    assert [(r.due.isoformat(), r.subject_id, r.status) for r in found] == [
        ("2024-06-13", "b1", "planned"),
        ("2024-06-18", "b2", "skipped"),
        ("2024-06-19", "b1", "planned"),
        ("2024-06-24", "b2", "skipped"),
    ]
    assert found[1].note == "Valt samen met de herinnering van 13-6-2024."


def test_a_corrected_conclusie_is_told_again() -> None:
    """Who read the wrong conclusie also hears the right one, on the same day too."""
    wrong = replace(ROW, state="behandeld", recorded_on=date(2024, 6, 27), conclusie="akkoord")
    right = replace(wrong, conclusie="niet akkoord")

    assert days(preview(right)) == ["2024-06-27"]
    assert preview(wrong)[0].key != preview(right)[0].key
    assert preview(right)[0].key == preview(replace(right, conclusie_text="Nee."))[0].key


# --- what lies still, repeats and escalates ------------------------------------------

STILL_RULE = replace(
    PAPERS,
    name="ligt",
    situation="blijft_liggen",
    anchor="toestand_sinds",
    offsets=(10,),
    template="blijft_liggen",
)


def test_a_voorstel_that_lies_still_is_asked_about_once() -> None:
    """Ten working days after it came back to its author, holidays not counted."""
    found = preview(STILL, rules=(STILL_RULE,))

    assert days(found) == ["2024-05-27"]
    assert found[0].data["toestand"] == "terug bij de opsteller"


def test_a_rule_holds_only_in_the_states_that_it_names() -> None:
    """`zolang: [concept]` leaves a returned voorstel alone."""
    rule = replace(STILL_RULE, while_in=frozenset({"concept"}))

    assert preview(STILL, rules=(rule,)) == []


def test_after_the_question_comes_somebody_else_not_the_same_question() -> None:
    """An escalation has its own day, readers, reason and tone."""
    louder = Escalation(offsets=(20,), to=("secretariaat",), reason="{kenmerk} ligt nog stil.")
    found = preview(STILL, rules=(replace(STILL_RULE, escalations=(louder,)),))

    assert [(r.due.isoformat(), r.recipient.name, r.data["toon"]) for r in found] == [
        ("2024-05-27", "Anna Smit", "vraag"),
        ("2024-06-10", "Secretariaat", "dringend"),
    ]
    assert found[1].reason == "24007115 ligt nog stil."


@pytest.mark.parametrize(
    ("offset", "day"), [(0, "2024-06-24"), (-1, "2024-06-17"), (1, "2024-07-01")]
)
def test_the_monday_of_that_week(offset: int, day: str) -> None:
    """Counted from the week of the anchor, a Thursday."""
    rule = replace(
        PAPERS, situation="op_agenda", anchor="vergadering", unit="maandagen", offsets=(offset,)
    )

    assert days(preview(replace(ROW, state="geagendeerd"), rules=(rule,))) == [day]


def test_a_notice_may_hang_on_the_day_that_the_agenda_is_fixed() -> None:
    """Of an overleg without such a day nothing is due."""
    rule = replace(PAPERS, situation="op_agenda", anchor="agendavaststelling", offsets=(0,))
    row = replace(ROW, state="geagendeerd")

    assert days(preview(replace(row, agenda_fixed=date(2024, 6, 18)), rules=(rule,))) == [
        "2024-06-18"
    ]
    assert preview(row, rules=(rule,)) == []
