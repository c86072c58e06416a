"""Several people on the same voorstellen at the same moment, each in a process of their own."""

import json
import subprocess
import sys
from collections import Counter, defaultdict

from tests.rules import source
from tests.soak.crowd import ACTS, DONE, Gathering, Tried
from tests.soak.walks import opened, read_in, settings
from workflow.history.verify import verify
from workflow.storage.stored_history import stored_history

PROCESSES, VOORSTELLEN = 8, 50
REASONS = {"verouderd", "kan_niet"}  # stale: another was first; refused: it has been done


def test_of_eight_who_do_the_same_one_succeeds_and_seven_hear_why(database_url: str) -> None:
    """Each act happens once, nobody meets an error or a lock, and the history stays whole."""
    register = opened(settings(database_url))
    kenmerken = read_in(register, VOORSTELLEN)

    results: dict[tuple[str, int], list[str]] = defaultdict(list)
    events = []
    for tried in crowd(Gathering(url=database_url, kenmerken=kenmerken, processes=PROCESSES)):
        results[tried.kenmerk, tried.number].append(tried.result)
        events += [tried.event] if tried.event is not None else []

    assert set(results) == {(one, number) for one in kenmerken for number in range(ACTS)}
    for tries in results.values():
        counted = Counter(tries)
        assert counted.pop(DONE) == 1
        assert set(counted) <= REASONS
        assert sum(counted.values()) == PROCESSES - 1
    assert sorted(events) == list(range(VOORSTELLEN + 1, VOORSTELLEN * (ACTS + 1) + 1))
    with stored_history(register.engine) as history:
        report = verify(history)
    assert (report.problems, report.events) == ((), VOORSTELLEN * (ACTS + 1))
    register.engine.dispose()


def crowd(gathering: Gathering) -> list[Tried]:
    """What all processes met."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.soak.crowd"],
        input=gathering.as_line() + "\n",
        capture_output=True,
        text=True,
        cwd=source.ROOT,
        timeout=300,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return [Tried(**json.loads(line)) for line in done.stdout.splitlines()]
