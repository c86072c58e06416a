"""A register to try the program with: the examples of an organisation, played day by day."""

from collections.abc import Iterator
from dataclasses import replace

from workflow.domain.errors import Conflict
from workflow.engine.examples import Examples, Gebeurtenis
from workflow.services.act import Act, perform
from workflow.services.dossier import overview
from workflow.services.importing import import_files
from workflow.services.papers import attach
from workflow.services.session import Session


def play(session: Session, examples: Examples) -> Session:
    """Everything that the examples tell, in order of their days; the session of the last day.

    All of it is marked as a rehearsal. Raises the refusal of the first act that
    cannot be: then the examples do not fit the definitions.
    """
    for happening in sorted(examples.verloop.verloop, key=lambda one: one.dag):
        _happen(replace(session, fixed_day=happening.dag), examples, happening)
    return replace(session, fixed_day=examples.verloop.vandaag)


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


def require_only_examples(session: Session, examples: Examples) -> None:
    """Raise Conflict when the register holds a dossier that is not one of the examples."""
    own = kenmerken_of(examples)
    other = [row["kenmerk"] for row in overview(session) if row["kenmerk"] not in own]
    if other:
        raise Conflict(
            f"In deze database staan dossiers die niet van de demo zijn ({', '.join(other[:3])}). "
            "De demo begint altijd opnieuw en zou ze wissen. Gebruik een andere database, "
            "of ga verder met: besluitroute serve --database …"
        )
