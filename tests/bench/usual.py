"""The usual way: a Machine for each object that is loaded, and an ORM session for each step.

As tutorials do it: the machine moves the row itself, a guard is a method, a log line is
one more object in the session. No permission, no version check, no proof.
"""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from transitions import Machine

from tests.bench.floor import CASES
from tests.soak.walks import rules
from workflow.engine.machine import compile_machine
from workflow.storage.database import open_engine

ROUND = ("verder", "verder", "opnieuw")  # do, pfho, raden, and again


def machine_of(route: tuple[str, ...]) -> tuple[list[str], list[dict[str, str]]]:
    """The states and transitions of our own machine of a voorstel, each with one guard."""
    definition = rules().machines["voorstel"]
    compiled = compile_machine(definition, route)
    states = [*(one.toestand for one in definition.toestanden), *route]
    triggers = [one.handeling for one in definition.handelingen]
    triggers += [one.gevolg for one in definition.gevolgen]
    moves = [
        {"trigger": trigger, "source": here, "dest": there, "conditions": "may_go_on"}
        for here in states
        for trigger in triggers
        if (there := compiled.next_state(here, trigger))
    ]
    return states, moves


STATES, TRANSITIONS = machine_of(("do", "pfho", "raden"))


class Base(DeclarativeBase):
    """The tables of the usual way."""


class Case(Base):
    """A voorstel."""

    __tablename__ = "usual_case"

    id: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    subject: Mapped[str]
    version: Mapped[int]

    def may_go_on(self) -> bool:
        return bool(self.subject)


class Log(Base):
    """What happened."""

    __tablename__ = "usual_log"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(sa.ForeignKey("usual_case.id"))
    action: Mapped[str]
    actor: Mapped[str]
    at: Mapped[dt.datetime]
    before: Mapped[str]
    after: Mapped[str]


class Usual:
    """Steps in the usual way, on a database of its own."""

    def __init__(self, url: str) -> None:
        self._done = 0
        self._engine = open_engine(url)
        Base.metadata.create_all(self._engine)
        with Session(self._engine) as session:
            for number in range(CASES):
                session.add(Case(id=f"v{number}", state="do", subject="Rapportage", version=1))
            session.commit()

    def step(self) -> None:
        """One step of one case."""
        self._done += 1
        with Session(self._engine) as session:
            case = session.get_one(Case, f"v{self._done % CASES}")
            Machine(
                model=case,
                states=STATES,
                transitions=TRANSITIONS,
                initial=case.state,
                auto_transitions=False,
            )
            before = case.state
            trigger = ROUND[case.version % len(ROUND) - 1]
            getattr(case, trigger)()
            case.version += 1
            moment = dt.datetime.now(dt.UTC).replace(tzinfo=None)
            session.add(
                Log(
                    case_id=case.id,
                    action=trigger,
                    actor="secretariaat",
                    at=moment,
                    before=before,
                    after=case.state,
                )
            )
            session.commit()
