"""From import to the last reminder: who is written to, when, and never twice."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, time
from pathlib import Path

import pytest

from tests.services.reminding import PILOT, REPORT, Reminding, reminding
from workflow.domain.errors import Conflict, InvalidField, NotFound, NotPermitted
from workflow.domain.permissions import Actor, Role

NOOR, SAM, ILSE = "Noor Verhaegh", "Sam Doornbos", "Ilse van Tongeren"
DESK = "Secretariaat Sociaal Domein"
OFFICES = ("Blaricum", "Eemnes", "Gooise Meren", "Hilversum", "Huizen", "Laren", "Wijdemeren")
PAPERS = (
    "Derde rapportage Bescherming en Opvang, 2022 t/m eerste helft 2024",
    "Brief aan de gemeenteraden",
)


def _day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.fixture
def register(database_url: str, tmp_path: Path) -> Iterator[Reminding]:
    """An empty register on either database, in use since 1 January 2024."""
    with reminding(database_url, tmp_path / "post", since="2024-01-01") as made:
        yield made


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Reminding]:
    """The same on SQLite, for what does not depend on the database."""
    url = f"sqlite:///{tmp_path / 'besluitroute.db'}"
    with reminding(url, tmp_path / "post", since="2024-01-01") as made:
        yield made


# --- the whole road ------------------------------------------------------------------


def test_a_dossier_from_import_to_the_gemeenteraden(register: Reminding) -> None:
    """The exact list of mails of 24005969, with a tick each day of four months."""
    register = register.since("2024-06-12").at("2024-06-12").read(REPORT)
    register.ticks("2024-06-14")
    register.at("2024-06-14").with_papers(REPORT, PAPERS)
    register.at("2024-06-17").act(REPORT, "agendeer", datum="2024-06-27")
    register.at("2024-06-17").ticks("2024-06-28")
    recorded = {"conclusie": "akkoord", "tekst": "Akkoord"}
    register.at("2024-06-28", time(9, 0)).act(REPORT, "leg_conclusie_vast", **recorded)
    register.at("2024-06-28", time(9, 5)).tick()
    register.at("2024-07-01").act(REPORT, "agendeer", datum="2024-07-11")
    register.at("2024-07-01").ticks("2024-07-16")
    register.at("2024-07-16", time(9, 0)).act(REPORT, "leg_conclusie_vast", conclusie="vastgesteld")
    register.at("2024-07-16", time(9, 5)).tick()
    register.at("2024-07-17").act(REPORT, "start_raadsinformatie")
    for gemeente in OFFICES:
        register.at("2024-07-17").act(REPORT, "bied_aan", gemeente=gemeente)
    register.at("2024-07-17").ticks("2024-09-05")
    hilversum = {"gemeente": "Hilversum", "datum": "2024-09-03"}
    register.at("2024-09-04").act(REPORT, "leg_collegebesluit_vast", **hilversum, zaaknummer="77")
    register.at("2024-09-05").act(REPORT, "meld_verzonden", **hilversum)
    register.at("2024-09-06").ticks("2024-09-30")

    assert register.lines("sent") == [
        ("2024-06-13", "stukken_onvolledig", NOOR),
        ("2024-06-24", "op_agenda", NOOR),
        ("2024-06-28", "conclusie_vastgelegd", NOOR),
        ("2024-07-08", "op_agenda", NOOR),
        ("2024-07-15", "aan_te_bieden", DESK),
        ("2024-07-15", "conclusie_ontbreekt", DESK),
        ("2024-07-16", "conclusie_vastgelegd", NOOR),
        ("2024-09-11", "verzending_ontbreekt", "Bestuurssecretariaat BEL"),
        ("2024-09-11", "verzending_ontbreekt", "Bestuurssecretariaat Gooise Meren"),
        ("2024-09-11", "verzending_ontbreekt", "Bestuurssecretariaat Huizen"),
        ("2024-09-11", "verzending_ontbreekt", "Bestuurssecretariaat Wijdemeren"),
    ]
    assert len(register.mails()) == len(register.lines("sent"))
    assert {SAM} == {name for _, _, name in register.lines("skipped")}


def test_the_evaluation_stands_in_the_preview_once_it_was_decided(register: Reminding) -> None:
    """24004592: nothing before the DO decides; then the first quarter of 2025, and what follows."""
    register = register.at("2024-03-08").read(PILOT)
    evaluation = {"evaluatie_laatste_overleg", "evaluatie_nadert", "evaluatie_verlopen"}

    def previewed() -> list[tuple[str, str]]:
        rows = register.preview("2025-01-01", "2025-04-30")
        planned = [one for one in rows if one["status"] == "planned" and one["rule"] in evaluation]
        return sorted(
            (one["due"], one["rule"]) for one in planned if "ilse" not in str(one).lower()
        )

    assert previewed() == []
    register = register.at("2024-03-19")
    register.act(PILOT, "leg_conclusie_vast", conclusie="akkoord", happened=_day("2024-03-18"))
    register = register.at("2024-03-21")
    held = {"points": {"4": "aangehouden"}, "conclusie": "akkoord"}
    register.act(PILOT, "leg_conclusie_vast", **held)

    assert previewed() == [
        ("2025-01-06", "evaluatie_nadert"),
        ("2025-02-27", "evaluatie_laatste_overleg"),
        ("2025-04-01", "evaluatie_verlopen"),
        ("2025-04-01", "evaluatie_verlopen"),
    ]


# --- once, and only what is wanted ---------------------------------------------------


def test_the_same_day_asked_twice_sends_nothing_twice(register: Reminding) -> None:
    """A second tick finds the key in the outbox."""
    register = register.at("2024-06-12").read(REPORT).at("2024-06-13")

    first, second = register.tick(), register.tick()

    assert (first.new, first.as_json()["sent"]) == (2, 1)  # one contact has no address
    assert (second.new, second.as_json()["sent"]) == (0, 0)
    assert len(register.mails()) == 1


def test_a_moved_date_cancels_what_waits_and_reminds_anew(register: Reminding) -> None:
    """The mail stop held the first mail; the meeting moves; only the new day is written about."""
    register = register.at("2024-06-12").read(REPORT)
    register.act(REPORT, "agendeer", datum="2024-06-27")
    register.set(mail_stop="ja").at("2024-06-24").tick()
    register.at("2024-06-25").act(REPORT, "schuif_door", datum="2024-07-04")
    register.at("2024-06-25").act(REPORT, "agendeer", datum="2024-07-04")

    register.at("2024-06-25").ticks("2024-07-03")

    assert ("2024-06-24", "op_agenda", NOOR) in register.lines("cancelled")
    agenda = [one for one in register.lines("sent") if one[1] == "op_agenda"]
    assert agenda == [("2024-07-01", "op_agenda", NOOR)]


def test_a_date_that_moves_back_is_reminded_of_after_all(register: Reminding) -> None:
    """What was cancelled waits again when it is wanted again."""
    register = register.at("2024-06-12").read(REPORT)
    register.set(mail_stop="ja").at("2024-06-19").tick()
    register.at("2024-06-19").act(REPORT, "plan", overleg="do_sd", datum="2024-08-29")
    register.set(mail_stop="ja").at("2024-06-19").tick()
    assert ("2024-06-19", "stukken_onvolledig", NOOR) in register.lines("cancelled")

    register.at("2024-06-20").act(REPORT, "plan", overleg="do_sd", datum="2024-06-27")
    register.at("2024-06-20").tick()

    assert ("2024-06-19", "stukken_onvolledig", NOOR) in register.lines("sent")


def test_what_was_delivered_is_not_asked_for(register: Reminding) -> None:
    """The paper comes while the mail about it still waits: the mail is cancelled."""
    register = register.at("2024-06-12").read(REPORT)
    register.set(mail_stop="ja").at("2024-06-13").tick()
    register.at("2024-06-13").with_papers(REPORT, PAPERS)

    report = register.at("2024-06-13").tick()

    assert (report.cancelled, register.mails()) == (1, [])


def test_a_week_of_downtime_gives_one_mail(register: Reminding) -> None:
    """Both reminders about the papers were missed; the reader hears of it once."""
    register = register.at("2024-06-12").read(REPORT)

    register.at("2024-06-20").tick()

    assert register.lines("sent") == [("2024-06-19", "stukken_onvolledig", NOOR)]


def test_two_workers_at_once_send_each_mail_once(register: Reminding) -> None:
    """Whoever is first writes and sends; the other finds nothing."""
    register = register.at("2024-03-01").read(PILOT).at("2024-06-12").read(REPORT)
    register = register.at("2024-06-13")
    with ThreadPoolExecutor(4) as pool:
        reports = list(pool.map(lambda _: register.tick(), range(4)))

    assert sum(one.as_json()["sent"] for one in reports) == len(register.mails()) == 1
    assert sum(one.new for one in reports) == 2


def test_the_notice_of_a_conclusie_stands_in_the_outbox_with_the_act(register: Reminding) -> None:
    """Before any tick; and the tick does not make another."""
    register = register.at("2024-06-12").read(REPORT).with_papers(REPORT, PAPERS).at("2024-06-27")
    register.act(REPORT, "leg_conclusie_vast", conclusie="akkoord")
    assert register.lines("queued") == [("2024-06-27", "conclusie_vastgelegd", NOOR)]

    assert register.tick().new == 0
    (mail,) = register.mails()
    assert mail["To"] == f"{NOOR} <n.verhaegh@regio.example>"


def test_a_corrected_conclusie_replaces_the_notice_that_waits(register: Reminding) -> None:
    """Only the right conclusie is told of."""
    register = register.at("2024-06-12").read(REPORT).with_papers(REPORT, PAPERS).at("2024-06-27")
    wrong = register.act(REPORT, "leg_conclusie_vast", conclusie="akkoord")
    right = {"event": str(wrong.event), "conclusie": "niet_akkoord", "reden": "Verkeerd gehoord."}
    register.act(REPORT, "corrigeer", **right)

    register.tick()

    (mail,) = register.mails()
    assert "niet akkoord" in str(mail["Subject"])
    assert register.lines("cancelled") == [("2024-06-27", "conclusie_vastgelegd", NOOR)]


# --- when nothing may go out ---------------------------------------------------------


def test_old_papers_cause_no_storm(register: Reminding) -> None:
    """A register that is used since today sends nothing for the past of what is read in."""
    register = register.since("2024-11-04").at("2024-11-04").read(REPORT).read(PILOT)

    register.at("2024-11-04").ticks("2024-11-29")

    assert [one for one in register.log() if one["subject"]["kenmerk"]] == []


@pytest.mark.parametrize(
    ("day", "hour", "why"),
    [
        ("2024-06-15", time(9, 0), "weekend"),
        ("2024-06-14", time(12, 0), "vrijdag na 12.00"),
        ("2024-07-24", time(9, 0), "reces"),
        ("2024-05-09", time(9, 0), "vrije dag"),
        ("2024-06-13", time(7, 29), "vanaf 07.30"),
    ],
)
def test_mail_waits_for_a_decent_hour(small: Reminding, day: str, hour: time, why: str) -> None:
    """The clock sends nothing in the weekend, on Friday afternoon, in recess, or at night."""
    small.at("2024-05-02").read(REPORT)

    report = small.at(day, hour).tick(by_clock=True)

    assert why in report.waits
    assert small.mails() == []


def test_a_person_may_send_before_the_morning(small: Reminding) -> None:
    """Who gives the command is awake."""
    small.at("2024-06-12").read(REPORT)
    assert small.at("2024-06-13", time(6, 0)).tick().as_json()["sent"] == 1


def test_the_mail_stop_holds_everything(small: Reminding) -> None:
    """What is due waits, and says so."""
    small.at("2024-06-12").read(REPORT)

    report = small.set(mail_stop="ja").at("2024-06-13").tick()

    assert "mailstop" in str(report.as_json()["waits"])
    assert small.lines("queued") == [("2024-06-13", "stukken_onvolledig", NOOR)]
    assert small.mails() == []


def test_without_mail_every_reminder_is_kept_as_skipped(small: Reminding) -> None:
    """An organisation without mail sees in the log what it would have sent."""
    small.at("2024-06-12").read(REPORT)

    small.set(mail="geen").at("2024-06-13").tick()

    kept = [one for one in small.log() if one["recipient"]["naam"] == NOOR]
    assert [one["status"] for one in kept] == ["skipped"]
    assert "Mail staat uit" in kept[0]["reason"]


def test_a_rehearsed_day_is_said_in_every_mail(tmp_path: Path) -> None:
    """Nobody takes an exercise for the real thing; and the hour of the exercise does not count."""
    url = f"sqlite:///{tmp_path / 'besluitroute.db'}"
    with reminding(url, tmp_path / "post", since="2024-06-12") as made:
        made = made.rehearsing("2024-06-12").read(REPORT)
        made.rehearsing("2024-06-13").tick()

        (mail,) = made.mails()
        text = mail.get_body(("plain",))
        assert text is not None
        assert "OEFENING" in text.get_content()
        assert "13 juni 2024" in text.get_content()


def test_a_fixed_day_sends_nothing_from_a_real_register(small: Reminding) -> None:
    """It would be refused after the mail had left; so it is refused before."""
    small.at("2024-06-12").read(REPORT)
    with pytest.raises(Conflict, match="echte geschiedenis"):
        small.rehearsing("2024-06-13").tick()
    assert small.mails() == []


# --- what is shown -------------------------------------------------------------------


def test_the_preview_writes_nothing_and_follows_the_outbox(small: Reminding) -> None:
    """Planned, then sent; what is long past is not promised."""
    small.at("2024-06-12").read(REPORT)

    def statuses(day: str) -> list[str]:
        rows = small.at(day).preview("2024-06-13", "2024-06-13")
        return sorted(one["status"] for one in rows)

    assert statuses("2024-06-12") == ["planned", "skipped"]
    assert small.log() == []
    small.at("2024-06-13").tick()
    assert statuses("2024-06-13") == ["sent", "skipped"]
    rows = small.at("2024-09-12").preview("2024-06-19", "2024-06-19")
    (past,) = [one for one in rows if one["recipient"]["naam"] == NOOR]
    assert past["status"] == "skipped"
    assert past["reason"].endswith("Deze dag is voorbij.")


def test_the_log_has_the_shape_of_the_contract(small: Reminding) -> None:
    """Of one dossier or of all; every row with its reason, the skipped ones too."""
    small.at("2024-06-12").read(REPORT).at("2024-06-13").tick()
    rows = small.log(REPORT)

    assert rows == small.log()
    names = {"key", "due", "rule", "subject", "recipient", "title", "reason", "status"}
    assert all(names <= one.keys() and one["reason"] for one in rows)
    skipped = next(one for one in rows if one["status"] == "skipped")
    assert skipped["reason"].endswith(f"Van {SAM} is geen e-mailadres bekend.")


def test_an_unknown_kenmerk_or_period_is_refused(small: Reminding) -> None:
    """An empty list would look like an answer."""
    with pytest.raises(NotFound):
        small.log("99999999")
    with pytest.raises(InvalidField, match="Draai ze om"):
        small.preview("2024-02-01", "2024-01-01")
    with pytest.raises(InvalidField, match="elf jaar"):
        small.preview("2024-02-01", "2044-01-01")


def test_only_who_may_sends(small: Reminding) -> None:
    """A reader sees the preview, and cannot run it."""
    reader = small.acting(Actor(name="Lezer", roles=frozenset({Role.LEZER})))
    assert reader.preview("2024-06-01", "2024-06-30") == []
    with pytest.raises(NotPermitted, match="Verstuur herinneringen"):
        reader.tick()
