"""Who may act: the secretariaat, and nobody else. What may be done is in test_stateful.py."""

from dataclasses import replace

import pytest

from tests.walk.command_line import CommandLine
from workflow.bootstrap import Access, Register, open_register
from workflow.domain.errors import NotPermitted
from workflow.domain.permissions import Actor, Role
from workflow.services.act import Act, perform
from workflow.services.dossier import actions, show
from workflow.services.session import Session
from workflow.settings import read_settings

KENMERKEN = {"rapportage": "24005969", "proefperiode": "24004592"}


def opened(url: str, day: str) -> Register:
    """The register of a command line, for its services."""
    return open_register(read_settings({}, {"database": url, "today": day}), Access.EXISTING)


# --- permissions ---------------------------------------------------------------------


def as_role(line: CommandLine, *roles: Role) -> tuple[Register, Session]:
    """A session of somebody with these roles."""
    register = opened(line.url, "2024-06-27")
    actor = Actor(name="Fleur van Dam", roles=frozenset(roles), unverified=False)
    return register, replace(register.session, actor=actor)


@pytest.mark.parametrize("role", [Role.LEZER, Role.AUDITOR, Role.BEHEERDER])
def test_only_the_secretariaat_acts(report: CommandLine, role: Role) -> None:
    """Others may read; each act of theirs is refused with the right that it needs."""
    register, session = as_role(report, role)

    offered = actions(session, "24005969")["actions"]

    assert not any(one["permitted"] for one in offered)
    for one in offered:
        act = Act(kenmerk="24005969", action=one["action"])
        with pytest.raises(NotPermitted, match="recht"):
            perform(session, act)
    assert show(session, "24005969")["version"] == 1
    register.engine.dispose()


def test_the_secretariaat_alone_is_enough(report: CommandLine) -> None:
    """Every act of a dossier can be done without being a functional manager."""
    register, session = as_role(report, Role.SECRETARIAAT)

    done = perform(
        session,
        Act(kenmerk="24005969", action="leg_conclusie_vast", fields={"conclusie": "akkoord"}),
    )

    assert done.to_state == "pfho"
    register.engine.dispose()


def test_somebody_without_a_role_reads_nothing(report: CommandLine) -> None:
    """Not even that a dossier exists."""
    register, session = as_role(report)

    with pytest.raises(NotPermitted):
        show(session, "24005969")
    register.engine.dispose()
