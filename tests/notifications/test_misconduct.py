"""Every way in which a mail server misbehaves ends as the manual says (docs/operations.md)."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from notifications.delivery import SERVER_DOWN, DeliverySettings, deliver
from notifications.outbox import OutboxState
from notifications.smtp import Security, SmtpChannel, SmtpSettings
from tests.notifications.fakes import SENDER, Clock, MemoryOutbox, a_message
from tests.notifications.servers import (
    CLOSE,
    DRIP,
    ENDLESS,
    GOOD,
    HANG,
    Server,
    certificate,
    trust,
)

MANUAL = Path(__file__).parents[2] / "docs" / "operations.md"
CASE = re.compile(r"^\| `([^`]+)` \| [^|]+ \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
MISCONDUCT = {
    "zwijgt": HANG,
    "hangt op": CLOSE,
    "druppelt": DRIP,
    "houdt niet op": ENDLESS,
    "onzin": "onzin",
}
WORDS = {
    OutboxState.SENT: "verzonden",
    OutboxState.FAILED: "mislukt",
    OutboxState.UNSURE: "onzeker",
}
OFFERS_TLS = "250-hallo\r\n250 STARTTLS"
OFFERS_LOGIN = "250-hallo\r\n250 AUTH PLAIN"
PATIENT, QUICK = 10.0, 0.6  # seconds: for a server that answers, and for one that will not


def written() -> dict[str, tuple[str, ...]]:
    """The table of the manual: per case its three endings."""
    found = CASE.findall(MANUAL.read_text(encoding="utf-8"))
    return {case: tuple(word.strip() for word in endings) for case, *endings in found}


@dataclass(frozen=True, slots=True)
class Played:
    """What became of one mail: the endings, the last reason, and how often the server got it."""

    endings: tuple[str, ...]
    reasons: tuple[str, ...]
    received: int


def play(case: str) -> Played:
    """One mail to a server that misbehaves twice, and then works."""
    server, security = misbehaving(case)
    outbox, clock = MemoryOutbox(a_message()), Clock()
    with server:
        port = server.port if case != "weg" else 1
        endings: list[str] = []
        reasons: list[str] = []
        for turn in range(3):
            if outbox.row.state is not OutboxState.QUEUED:
                endings.append("–")
                continue
            if turn == 2:
                mend(server, security)
                port = server.port
            tried = outbox.row.attempts
            deliver(outbox, channel(port, case, security), settings=DeliverySettings(), clock=clock)
            endings.append(ending(outbox, tried))
            reasons.append(outbox.row.reason)
            clock.advance(timedelta(days=2))
    return Played(tuple(endings), tuple(reasons), len(server.received))


def misbehaving(case: str) -> tuple[Server, Security]:
    """The server of a case, and how its line is to be protected."""
    verb, _, answer = case.partition(" ")
    if verb == "weg":
        return Server(), Security.NONE
    if verb == "certificaat":
        return Server(certificate(answer), EHLO=OFFERS_TLS), Security.STARTTLS
    if verb == "STARTTLS":
        return Server(certificate("good")), Security.STARTTLS
    server, security = Server(), Security.NONE
    if verb == "STAR":
        server, security = Server(EHLO=OFFERS_TLS), Security.STARTTLS
    if verb == "AUTH":
        server = Server(certificate("good"), at_once=True, EHLO=OFFERS_LOGIN)
        security = Security.TLS
    server.script[verb] = MISCONDUCT.get(answer, f"{answer} antwoord van de server")
    return server, security


def mend(server: Server, security: Security) -> None:
    """From now on the server does what it must."""
    offer = {Security.STARTTLS: OFFERS_TLS, Security.TLS: OFFERS_LOGIN}.get(security, GOOD["EHLO"])
    server.script = {**GOOD, "EHLO": offer}
    if security is not Security.NONE:
        server.tls = certificate("good")


def channel(port: int, case: str, security: Security) -> SmtpChannel:
    """A channel with little patience for who will not answer."""
    silent = case.partition(" ")[2] in {"zwijgt", "druppelt", "houdt niet op"}
    wait = QUICK if silent else PATIENT
    login = {"username": "post", "password": "geheim"} if case.startswith("AUTH") else {}
    settings = SmtpSettings(
        host="127.0.0.1",
        port=port,
        security=security,
        connect=wait,
        answer=wait,
        final=wait,
        longest=3 * PATIENT,
        **login,
    )
    return SmtpChannel(settings=settings, sender=SENDER, tls=trust())


def ending(outbox: MemoryOutbox, tried: int) -> str:
    """The state of the mail in the words of the manual."""
    row = outbox.row
    if row.state is OutboxState.QUEUED:
        return "wacht" if row.attempts > tried else "wacht zonder telling"
    return WORDS[row.state]


@pytest.fixture(scope="module")
def played() -> Iterator[dict[str, Played]]:
    """All cases, side by side: most of them wait."""
    patch = pytest.MonkeyPatch()
    patch.setattr("notifications.smtp.GOODBYE", QUICK)
    cases = list(written())
    with ThreadPoolExecutor(len(cases)) as pool:
        yield dict(zip(cases, pool.map(play, cases), strict=True))
    patch.undo()


@pytest.mark.parametrize("case", written())
def test_each_misconduct_ends_as_the_manual_says(case: str, played: dict[str, Played]) -> None:
    """First try, the same fault again, and a server that works at last; with a reason each time."""
    assert played[case].endings == written()[case]
    assert all(played[case].reasons)


@pytest.mark.parametrize("case", written())
def test_no_misconduct_brings_a_mail_twice(case: str, played: dict[str, Played]) -> None:
    """A mail that the manual calls sent came once; one that goes again never came before."""
    taken = played[case].received
    if "verzonden" in played[case].endings:
        refused = 2 if case == "DOT 452" else 0  # taken in whole, and refused after it
        assert taken == 1 + refused
    else:
        assert taken <= 1


def test_the_password_stands_in_no_reason(played: dict[str, Played]) -> None:
    """Whatever goes wrong, the log gives nothing away."""
    shown = " ".join(reason for one in played.values() for reason in one.reasons)
    assert "geheim" not in shown
    assert "wachtwoord" in shown


def test_the_manual_knows_at_least_fifteen_cases() -> None:
    """The table is read from the manual; an unreadable one would test nothing."""
    assert len(written()) >= 40


# --- one mail, and the rest --------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "state"), [("550 onbekend", "failed"), ("450 later", "queued"), (HANG, "queued")]
)
def test_trouble_with_one_reader_never_stops_the_rest(answer: str, state: str) -> None:
    """Of three mails in one run one is refused, or waits; the other two are sent."""
    outbox = MemoryOutbox(a_message("a"), a_message("b"), a_message("c"))
    with Server(once={"RCPT": answer}) as server:
        deliver(
            outbox,
            channel(server.port, "RCPT zwijgt", Security.NONE),
            settings=DeliverySettings(),
            clock=Clock(),
        )

    assert outbox.states == [state, "sent", "sent"]


def test_a_server_that_is_silent_for_everybody_ends_the_run() -> None:
    """After two silences the rest waits: no mail becomes doubtful for nothing."""
    outbox = MemoryOutbox(*[a_message(key) for key in "abcd"])
    with Server(DOT=CLOSE) as server:
        report = deliver(
            outbox,
            channel(server.port, "DOT hangt op", Security.NONE),
            settings=DeliverySettings(),
            clock=Clock(),
        )

    assert outbox.states == ["unsure", "unsure", "queued", "queued"]
    assert report.stopped == SERVER_DOWN


def test_no_more_mails_a_minute_than_agreed() -> None:
    """The rest follows when the minute is over, and the report says why it waits."""
    outbox, clock = MemoryOutbox(*[a_message(key) for key in "abc"]), Clock()
    paced = DeliverySettings(per_minute=2)
    with Server() as server:
        way = channel(server.port, "", Security.NONE)
        first = deliver(outbox, way, settings=paced, clock=clock)
        assert outbox.states == ["sent", "sent", "queued"]
        assert "per minuut" in first.stopped
        clock.advance(timedelta(seconds=61))
        assert deliver(outbox, way, settings=paced, clock=clock).stopped == ""
    assert outbox.states == ["sent"] * 3


def test_silence_of_the_last_mail_alone_is_no_fault_of_the_server() -> None:
    """One doubtful mail is shown as such, and nobody is told that the server is down."""
    outbox = MemoryOutbox(a_message())
    with Server(DOT=CLOSE) as server:
        report = deliver(
            outbox,
            channel(server.port, "", Security.NONE),
            settings=DeliverySettings(),
            clock=Clock(),
        )
    assert (outbox.states, report.stopped) == (["unsure"], "")
