"""A register to try the program with: the examples of an organisation, played day by day."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby

from workflow.domain.errors import Conflict
from workflow.engine.examples import Examples, Gebeurtenis
from workflow.services.act import Act, perform
from workflow.services.dossier import overview
from workflow.services.importing import import_files
from workflow.services.papers import attach
from workflow.services.session import Session


def play(session: Session, examples: Examples, evening: Callable[[Session], object]) -> Session:
    """Everything that the examples tell, in order of their days; the session of the last day.

    `evening` ends each day: it sends the reminders. All of it is marked as a
    rehearsal. Raises the refusal of the first act that cannot be: then the
    examples do not fit the definitions.
    """
    told = sorted(examples.verloop.verloop, key=lambda one: one.dag)
    for day, happenings in groupby(told, key=lambda one: one.dag):
        that_day = replace(session, fixed_day=day)
        for happening in happenings:
            _happen(that_day, examples, happening)
        evening(that_day)
    last = replace(session, fixed_day=examples.verloop.vandaag)
    evening(last)
    return last


def _happen(session: Session, examples: Examples, one: Gebeurtenis) -> None:
    """One thing on its day."""
    if one.lees:
        list(import_files(session, [(one.lees, (examples.folder / one.lees).read_bytes())]))
    elif one.stuk and one.kenmerk:
        attach(session, one.kenmerk, one.stuk, one.tekst.encode(), title=one.titel)
    elif one.doe and one.kenmerk:
        for gemeente in _gemeenten(session, one):
            perform(
                session,
                Act(
                    kenmerk=one.kenmerk,
                    action=one.doe,
                    behandeling=one.rij,
                    gemeente=gemeente,
                    points=one.punten,
                    fields=one.velden,
                ),
            )


def _gemeenten(session: Session, one: Gebeurtenis) -> Iterator[str | None]:
    """Each gemeente that the act is done for; None once for an act that is about none."""
    if one.gemeenten == "alle":
        yield from (row["gemeente"] for row in session.reader.raden(one.kenmerk))
    elif one.gemeenten:
        yield from (one.gemeenten,) if isinstance(one.gemeenten, str) else one.gemeenten
    else:
        yield None


def kenmerken_of(examples: Examples) -> frozenset[str]:
    """The dossiers that the examples make."""
    return frozenset(one.kenmerk for one in examples.verloop.verloop if one.kenmerk)


def require_only_examples(session: Session, examples: Examples, *, made_by_demo: bool) -> None:
    """Raise Conflict when the register holds a dossier that a demo did not make.

    The examples bear the kenmerken of real papers, so a kenmerk alone proves
    nothing: in a register that no demo made, no dossier is an example.
    """
    own = kenmerken_of(examples) if made_by_demo else frozenset[str]()
    other = [row["kenmerk"] for row in overview(session) if row["kenmerk"] not in own]
    if other:
        raise Conflict(
            f"In deze database staan dossiers die niet van de demo zijn ({', '.join(other[:3])}). "
            "De demo begint altijd opnieuw en zou ze wissen. Gebruik een andere database, "
            "of ga verder met: besluitroute serve --database …"
        )
