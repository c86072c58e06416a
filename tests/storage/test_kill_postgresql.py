"""An immediate stop of PostgreSQL in the middle of acts and of mail: no goodbye, no checkpoint."""

import random
from threading import Timer

import pytest

from tests.notifications.servers import Server
from tests.soak.killing import Ledger, Nursery, assert_no_mail_twice, assert_promises_kept
from tests.soak.nursery import Errand
from tests.soak.walks import opened, plan, read_in, settings
from tests.tools.postgres import Postgres

LONGEST = 0.5  # seconds that the server lives at most after a first answer


def test_nothing_answered_is_lost_by_an_immediate_stop(durable_postgres: Postgres) -> None:
    """Five times the server dies under a worker, which goes on where it was."""
    campaign(durable_postgres, stops=5, seed=3)


@pytest.mark.soak
def test_nothing_answered_is_lost_by_an_immediate_stop_for_long(
    durable_postgres: Postgres,
) -> None:
    """The same, fifty times."""
    campaign(durable_postgres, stops=50, seed=4)


def campaign(server: Postgres, *, stops: int, seed: int) -> None:
    """One worker; each time it finds the server gone, it is started again and looked at."""
    chance = random.Random(seed)  # noqa: S311
    url = server.create_database()
    register = opened(settings(url))
    kenmerken = read_in(register, count=max(8, 2 * stops))
    ledger = Ledger(plan(kenmerken))
    with Nursery() as nursery, Server() as post_office:
        nursery.start(
            Errand(url=url, kenmerken=kenmerken, first=0, turn=0, smtp_port=post_office.port)
        )
        for _ in range(stops):
            stopping: Timer | None = None
            for words in nursery.lines():
                assert words[0] != "gone", "the worker ended by itself"
                if words[0] == "away":
                    break
                ledger.note(words)
                assert not ledger.over, "the plan is too short to be stopped this often"
                if stopping is None and words[0] == "act":  # it is under way, however busy we are
                    stopping = Timer(chance.uniform(0.02, LONGEST), server.kill)
                    stopping.start()
            assert stopping is not None, "the server was gone before it was stopped"
            stopping.join()
            server.start()
            register.engine.dispose()
            assert_promises_kept(register.engine, ledger)
            assert_no_mail_twice(register.engine, post_office.received)
            nursery.say("again")
        assert len(ledger.promised) >= stops
        assert post_office.received
    register.engine.dispose()
