"""Calendars to follow: what stands in them, what moves, and who may read them."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import icalendar
import pytest

from tests.services.reminding import PILOT, REPORT, Reminding, reminding
from workflow.bootstrap import make_calendars
from workflow.domain.errors import InvalidField, NotFound
from workflow.services import feeds

NOOR = "n.verhaegh@regio.example"


@pytest.fixture
def register(database_url: str, tmp_path: Path) -> Iterator[Reminding]:
    """24005969 was read on 12 June 2024: DO on 27 June, PFHO on 11 July, then the raden."""
    with reminding(database_url, tmp_path / "post", since="2024-06-12") as made:
        yield made.read(REPORT)


def made(register: Reminding, kind: str, subject: str) -> tuple[str, str]:
    """A new calendar: its id and its secret."""
    answer = feeds.make_feed(
        register.opened.session, make_calendars(register.opened), kind, subject
    )
    return answer["id"], answer["adres"].rpartition("/")[2].removesuffix(".ics")


def entries(register: Reminding, token: str) -> dict[str, Any]:
    """The entries under a secret, by uid, as another library reads them."""
    content = feeds.calendar_of(register.opened.session, make_calendars(register.opened), token)
    found = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert len({str(one["UID"]) for one in found}) == len(found)
    return {str(one["UID"]): one for one in found}


def told(register: Reminding, token: str) -> list[tuple[str, str, str]]:
    """Day or hour, state and summary of each entry, in order."""
    return sorted(
        (str(one.decoded("DTSTART")), str(one["STATUS"]), str(one["SUMMARY"]))
        for one in entries(register, token).values()
    )


def test_a_person_follows_their_points_and_deadlines(register: Reminding) -> None:
    """Each point on its day, and until when the papers may arrive, to the hour."""
    _, token = made(register, "persoon", NOOR.upper())
    lines = told(register, token)

    assert [day for day, _, what in lines if "aanleveren" not in what] == [
        "2024-06-27",
        "2024-07-11",
    ]
    assert ("2024-06-20 11:45:00+02:00", "CONFIRMED") in [line[:2] for line in lines]
    assert all("Voortgangsrapportage" in what for _, _, what in lines)
    _, other = made(register, "persoon", "iemand.anders@regio.example")
    assert told(register, other) == []


def test_a_point_that_moves_keeps_its_entry_and_its_sequence_rises(register: Reminding) -> None:
    """A calendar program moves it, instead of showing it twice."""
    _, token = made(register, "persoon", NOOR)
    before = entries(register, token)
    register.act(REPORT, "agendeer", datum="2024-06-27")
    register.act(REPORT, "schuif_door", datum="2024-07-04")

    after = entries(register, token)

    assert after.keys() == before.keys()
    moved = {
        uid for uid in after if after[uid].decoded("DTSTART") != before[uid].decoded("DTSTART")
    }
    assert {str(after[uid]["SUMMARY"])[:2] for uid in moved} == {"Di", "St"}
    assert all(after[uid]["SEQUENCE"] > before[uid]["SEQUENCE"] for uid in moved)


def test_a_point_that_is_off_stays_as_cancelled(register: Reminding) -> None:
    """Withdrawn: every open point says so; nothing disappears."""
    _, token = made(register, "persoon", NOOR)
    register.act(REPORT, "trek_in", reden="Niet meer nodig.")
    lines = told(register, token)
    assert [line[:2] for line in lines] == [
        ("2024-06-27", "CANCELLED"),
        ("2024-07-11", "CANCELLED"),
    ]
    assert all(what.startswith("Vervallen: ") for _, _, what in lines)


def test_an_overleg_has_its_meetings_with_their_points(register: Reminding) -> None:
    """From the calendar and from the register; a cancelled meeting stays as such."""
    register.act(REPORT, "agendeer", datum="2024-06-27")
    _, token = made(register, "overleg", "do_sd")
    found = entries(register, token)
    (meeting,) = [one for uid, one in found.items() if "vergadering/do_sd-2024-06-27" in uid]
    assert REPORT in str(meeting["DESCRIPTION"])
    assert str(meeting["STATUS"]) == "CONFIRMED"


def test_a_raad_sees_when_what_comes(register: Reminding) -> None:
    """First the regional day, then the college's, then the sending: one entry that moves along."""
    _, token = made(register, "gemeente", "laren")
    assert told(register, token)[0][:2] == ("2024-07-11", "TENTATIVE")
    (uid,) = entries(register, token)
    sequence = entries(register, token)[uid]["SEQUENCE"]

    day = register.at("2024-07-12")
    for overleg, conclusie in (("2024-06-27", "akkoord"), ("2024-07-11", "vastgesteld")):
        day.act(REPORT, "agendeer", datum=overleg)
        held = dt.date.fromisoformat(overleg)
        day.act(REPORT, "leg_conclusie_vast", conclusie=conclusie, happened=held)
    day.act(REPORT, "start_raadsinformatie")
    day.act(REPORT, "bied_aan", gemeente="laren")
    day.act(REPORT, "leg_collegebesluit_vast", gemeente="laren", datum="2024-07-12", zaaknummer="1")
    day.act(REPORT, "meld_verzonden", gemeente="laren", datum="2024-07-12")

    (line,) = told(day, token)
    assert line[:2] == ("2024-07-12", "CONFIRMED")
    assert line[2].startswith("Naar de raad gestuurd: ")
    assert entries(day, token)[uid]["SEQUENCE"] > sequence


def test_what_does_not_go_to_a_raad_stays_as_cancelled(register: Reminding) -> None:
    """The raad was told once that it would come."""
    _, token = made(register, "gemeente", "laren")
    register.act(REPORT, "trek_in", reden="Niet meer nodig.")
    assert [line[1] for line in told(register, token)] == ["CANCELLED"]


def test_a_route_without_the_raden_brings_nothing_to_a_raad(register: Reminding) -> None:
    """The pilot has no step for the raden, so no raad waits for it."""
    register.read(PILOT)
    _, token = made(register, "gemeente", "laren")
    assert len(told(register, token)) == 1


# --- the address -------------------------------------------------------------------------


def test_the_secret_is_shown_once_and_ends_when_it_is_revoked(register: Reminding) -> None:
    """Only its hash is kept; making and revoking are events, a person in them a commitment."""
    session, calendars = register.opened.session, make_calendars(register.opened)
    number, token = made(register, "persoon", NOOR)
    made(register, "overleg", "do_sd")
    listed = feeds.feeds(session, calendars)
    assert {one["onderwerp"] for one in listed} == {NOOR, "do_sd"}
    assert token not in str(listed)
    assert token not in str(calendars.store.all())

    assert feeds.revoke_feed(session, calendars, number)["ingetrokken_op"] == "2024-06-12"

    for wrong in (token, "x", "", "x" * 100_000):
        with pytest.raises(NotFound):
            feeds.calendar_of(session, calendars, wrong)
    with pytest.raises(NotFound):
        feeds.revoke_feed(session, calendars, number)
    kinds = [
        one.body["type"]
        for one in session.reader.all_events()
        if one.body["type"].startswith("agenda_")
    ]
    assert kinds == ["agenda_gemaakt", "agenda_gemaakt", "agenda_ingetrokken"]
    bodies = str([one.body for one in session.reader.all_events()])
    assert token not in bodies
    assert "verhaegh" not in bodies


@pytest.mark.parametrize(
    ("kind", "subject", "why"),
    [
        ("persoon", "geen adres", "geen bruikbaar e-mailadres"),
        ("overleg", "bestaat_niet", "is niet bekend"),
        ("gemeente", "elders", "is niet bekend"),
        ("dorp", "laren", "geen soort agenda"),
    ],
)
def test_a_calendar_of_nothing_is_refused(
    register: Reminding, kind: str, subject: str, why: str
) -> None:
    """Nobody follows a calendar that can never have an entry."""
    with pytest.raises(InvalidField, match=why):
        made(register, kind, subject)


def test_the_mail_about_an_agenda_brings_its_entry(register: Reminding) -> None:
    """The same uid as in the calendar to follow, so it never stands there twice."""
    _, token = made(register, "persoon", NOOR)
    uids = set(entries(register, token))
    register.act(REPORT, "agendeer", datum="2024-06-27")
    day = register.at("2024-06-24")
    day.tick()

    (mail,) = [one for one in day.mails() if "agenda" in str(one["Subject"])]
    (part,) = list(mail.iter_attachments())
    assert part.get_content_type() == "text/calendar"
    assert part.get_param("method") == "PUBLISH"
    (event,) = icalendar.Calendar.from_ical(part.get_content()).walk("VEVENT")
    assert str(event["UID"]) in uids
    assert event.decoded("DTSTART") == dt.date(2024, 6, 27)


def test_a_besloten_subject_stands_in_a_calendar_without_its_content(register: Reminding) -> None:
    """The day and that there is something; the link is for who may open the dossier."""
    tokens = [
        made(register, kind, subject)[1]
        for kind, subject in (("persoon", NOOR), ("overleg", "do_sd"), ("gemeente", "laren"))
    ]
    register.act(REPORT, "agendeer", datum="2024-06-27")
    register.act(REPORT, "leg_feiten_vast", vertrouwelijk="ja")

    for token in tokens:
        shown = str([dict(one) for one in entries(register, token).values()])
        assert "Besloten onderwerp" in shown
        assert "Voortgangsrapportage" not in shown
        assert f"Voorstel {REPORT}" not in shown
