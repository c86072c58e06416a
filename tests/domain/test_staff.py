"""Who reads what is meant for a function, on a day."""

from dataclasses import replace
from datetime import date

import pytest

from tests.domain.reminder_examples import ANNA, DESK, OFFICE, PILOT, days, preview
from workflow.domain.recipient import Recipient
from workflow.domain.reminder_facts import Rule
from workflow.domain.staff import FUNCTION, Absence, Function, Holder, Staff

NOOR = Holder(name="Noor", email="noor@regio.example", last=date(2025, 1, 31))
SAM = Holder(name="Sam", email="sam@regio.example", first=date(2025, 3, 1))
BOX = Holder(name="Directie", email="directie@regio.example")
DIRECTOR = Function(code="directeur", name="Directeur", holders=(NOOR, SAM), mailbox=BOX)
STAFF = Staff(functions={"directeur": DIRECTOR})
MEANT = Recipient(id=f"{FUNCTION}directeur", role="directeur", name="Directeur")

EXPIRED = Rule(
    name="verlopen",
    version=1,
    title="Niet op tijd",
    situation="evaluatie_verwacht",
    anchor="venster_einde",
    offsets=(1,),
    unit="dagen",
    to=("directeur",),
    template="evaluatie_verwacht",
    reason="U bent directeur.",
)


@pytest.mark.parametrize(
    ("day", "name", "note"),
    [
        (date(2025, 1, 31), "Noor", ""),
        (date(2025, 2, 1), "Directie", "De functie ‘Directeur’ is nu niet bezet."),
        (date(2025, 3, 1), "Sam", ""),
    ],
)
def test_a_function_is_read_by_who_fills_it_that_day(day: date, name: str, note: str) -> None:
    """A vacancy is named, and its mailbox reads."""
    (found,) = STAFF.on(day, MEANT, DESK)

    assert (found.reader.name, found.note) == (name, note)
    assert found.reader.role == "directeur"


def test_without_a_mailbox_the_secretariaat_reads_for_a_vacancy() -> None:
    """Nobody is left out in silence."""
    staff = Staff(functions={"directeur": replace(DIRECTOR, mailbox=None)})

    (found,) = staff.on(date(2025, 2, 1), MEANT, DESK)

    assert found.reader == DESK
    assert "niet bezet" in found.note


def test_who_governs_gets_no_mail_in_person() -> None:
    """A portefeuillehouder has a mailbox for this."""
    staff = Staff(functions={"directeur": replace(DIRECTOR, governs=True)})

    assert [one.reader.name for one in staff.on(date(2025, 1, 31), MEANT, DESK)] == ["Directie"]


def test_a_deputy_reads_for_a_contact_on_leave() -> None:
    """Also for someone who is known from a voorblad only, by their address."""
    away = Absence(
        email="A.Smit@regio.example", first=date(2025, 3, 1), last=date(2025, 3, 14), deputy=SAM
    )
    staff = Staff(absences=(away,))

    (during,) = staff.on(date(2025, 3, 14), ANNA, DESK)
    (after,) = staff.on(date(2025, 3, 15), ANNA, DESK)

    assert during.reader.name == "Sam"
    assert during.note == "Anna Smit is afwezig tot en met 14 maart 2025; u vervangt."
    assert after.reader == ANNA


@pytest.mark.parametrize("deputy", [None, NOOR])
def test_two_who_are_away_do_not_write_to_each_other(deputy: Holder | None) -> None:
    """Without a deputy who is there, the secretariaat reads."""
    spring = {"first": date(2025, 3, 1), "last": date(2025, 3, 14)}
    staff = Staff(
        absences=(
            Absence(email="a.smit@regio.example", deputy=deputy, **spring),
            Absence(email="noor@regio.example", deputy=SAM, **spring),
        )
    )

    (found,) = staff.on(date(2025, 3, 3), ANNA, DESK)

    assert found.reader == DESK
    assert "geen vervanger" in found.note


def test_a_reminder_finds_its_reader_on_its_own_day() -> None:
    """In the preview too: in April it is Sam, and the mail would say nothing of Noor."""
    (found,) = preview(PILOT, rules=(EXPIRED,), staff=STAFF)

    assert found.recipient.email == "sam@regio.example"
    assert days([found]) == ["2025-04-01"]


def test_a_function_that_nobody_knows_is_named_to_the_secretariaat() -> None:
    """A definition of yesterday, a function that is gone."""
    (found,) = preview(PILOT, rules=(EXPIRED,), staff=Staff())

    assert found.recipient.id == OFFICE.secretariat.id
    assert "directeur" in found.note
