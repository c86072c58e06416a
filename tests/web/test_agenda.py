"""A calendar under a secret address, and those who guess one."""

from starlette.testclient import TestClient

from workflow.web.limits import MISSES, PERIOD, Guesses


def test_a_calendar_program_reads_the_calendar(client: TestClient) -> None:
    """As a calendar file, never kept by a machine in between."""
    answer = client.get("/agenda/geheim.ics")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content.startswith(b"BEGIN:VCALENDAR")


def test_an_unknown_address_is_not_there_and_guessing_is_slowed_down(client: TestClient) -> None:
    """After twenty misses nobody is answered for a minute, also not with the right address."""
    for number in range(MISSES):
        assert client.get(f"/agenda/{number}.ics").status_code == 404
    assert client.get("/agenda/geheim.ics").status_code == 429


def test_after_the_minute_the_right_address_works_again() -> None:
    """Who follows a calendar notices little of somebody else's guessing."""
    now = [0.0]
    guesses = Guesses(lambda: now[0])
    for _ in range(MISSES):
        guesses.missed()
    assert guesses.too_many()
    now[0] = PERIOD
    assert not guesses.too_many()
