"""The versions of routes that a register has in use: kept at first use, refused when changed."""

import datetime as dt
from dataclasses import replace

from workflow.domain.definitions import KeptRoute
from workflow.domain.errors import Conflict
from workflow.domain.ports import Reader, UnitOfWork, Units
from workflow.domain.voorstel import Voorstel
from workflow.engine.kept import in_use, to_keep
from workflow.engine.problems import Problem
from workflow.engine.rules import Rules
from workflow.services.session import Session


def keep_used(uow: UnitOfWork, rules: Rules, route_id: str, version: int, today: dt.date) -> None:
    """Keep a version in the transaction of its first case; one that is kept stays as it is.

    Raises Conflict when the register has this version in use with another content.
    """
    if (route_id, version) in rules.kept:
        return
    route = rules.versions.get((route_id, version))
    if route is None:  # a case of before the register kept them: there is nothing to keep
        return
    fresh = to_keep(route, rules.definities.conclusies, today)
    if uow.keep_route(fresh) != fresh.digest:
        raise Conflict(
            f"Versie {version} van route ‘{route_id}’ is in dit register al in gebruik, met een "
            f"andere inhoud. Zet haar terug, of maak versie {version + 1} in een nieuw bestand."
        )


def with_kept(rules: Rules, reader: Reader, units: Units, today: dt.date) -> Rules:
    """The rules with what the register has in use.

    A register of before versions were kept gets those that its cases were made with, as
    far as the definitions still hold them. Raises Conflict when what is kept is unreadable.
    """
    kept = reader.kept_routes() or _adopted(rules, reader, units, today)
    return replace(rules, kept={(one.route, one.version): in_use(one) for one in kept})


def knowing(session: Session, voorstel: Voorstel) -> Session:
    """The session, which knows the version that a voorstel runs on.

    It was migrated by another process, to a version that this one had not seen yet.
    """
    if (voorstel.route_id, voorstel.route_version) in session.rules.versions:
        return session
    kept = {(one.route, one.version): in_use(one) for one in session.reader.kept_routes()}
    return replace(session, rules=replace(session.rules, kept=kept))


def digests_in_use(reader: Reader) -> dict[str, str]:
    """'route@version' and the digest that the register relies on.

    Of what is kept; in a register of before versions were kept, of what its cases are
    pinned to.
    """
    kept = [(one.route, one.version, one.digest) for one in reader.kept_routes()]
    if not kept:
        kept = [(one.route, one.version, one.digest) for one in reader.route_use(ended=())]
    return {f"{route}@{version}": digest for route, version, digest in kept}


def changed_versions(rules: Rules, reader: Reader) -> dict[str, str]:
    """Of `digests_in_use`, the versions that now have another content in the folder."""
    return {
        name: digest
        for name, digest in digests_in_use(reader).items()
        if rules.route_digests.get(name, digest) != digest
    }


def lost_states(rules: Rules, reader: Reader) -> tuple[Problem, ...]:
    """What is wrong with machines that no longer have a state in which something stands."""
    known: dict[str, set[str]] = {}
    for machine in rules.definities.machines:
        states = {state.toestand for state in machine.toestanden}
        known.setdefault(machine.machine, set()).update(states)
    return tuple(
        Problem(
            file=f"machines/{one.machine}.yaml",
            line=1,
            code="toestand_in_gebruik",
            message=f"De toestand ‘{one.state}’ is weg, maar in dit register staat daar nog iets "
            f"in ({one.rows}). Zet haar terug; u mag haar wel anders noemen (naam).",
        )
        for one in reader.states_in_use()
        if one.state not in known[one.machine]
    )


def _adopted(rules: Rules, reader: Reader, units: Units, today: dt.date) -> list[KeptRoute]:
    """Keep what the cases of an older register were made with."""
    found = [
        to_keep(route, rules.definities.conclusies, today)
        for one in reader.route_use(ended=())
        if (route := rules.versions.get((one.route, one.version)))
        and one.digest == rules.route_digests.get(f"{one.route}@{one.version}")
    ]
    if found:
        with units() as uow:
            for one in found:
                uow.keep_route(one)
            uow.commit()
    return found
