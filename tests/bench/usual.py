"""The usual way: a Machine for each object that is loaded, and an ORM session for each step.

As tutorials do it: the machine moves the row itself, a guard is a method, a log line is
one more object in the session. No permission, no version check, no proof.
"""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from transitions import Machine

from tests.bench.floor import CASES
from workflow.storage.database import open_engine

STATES = ["concept", "ingediend", "do", "pfho", "raden", "afgerond", "afgewezen", "ingetrokken"]
ROUTE = {"concept": "do", "do": "pfho", "pfho": "raden", "raden": "do"}  # round, for ever
TRANSITIONS = [
    {"trigger": "verder", "source": here, "dest": there, "conditions": "may_go_on"}
    for here, there in ROUTE.items()
]
TRANSITIONS += [
    {"trigger": "trek_in", "source": here, "dest": "ingetrokken", "conditions": "may_go_on"}
    for here in ROUTE
]


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
            case.verder()  # type: ignore[attr-defined]
            case.version += 1
            moment = dt.datetime.now(dt.UTC).replace(tzinfo=None)
            session.add(
                Log(
                    case_id=case.id,
                    action="verder",
                    actor="secretariaat",
                    at=moment,
                    before=before,
                    after=case.state,
                )
            )
            session.commit()
