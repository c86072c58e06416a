"""Permissions, and which role holds which. Services ask; pages only show."""

from dataclasses import dataclass
from enum import StrEnum

from workflow.domain.errors import NotPermitted


class Permission(StrEnum):
    """What a person may do; the values are the words that definitions use (`recht`)."""

    LEZEN = "lezen"
    VOORSTEL_BEHEREN = "voorstel_beheren"
    STUKKEN_BEHEREN = "stukken_beheren"
    AGENDA_BEHEREN = "agenda_beheren"
    CONCLUSIE_VASTLEGGEN = "conclusie_vastleggen"
    RADEN_INFORMEREN = "raden_informeren"
    AFSPRAKEN_BEHEREN = "afspraken_beheren"
    CORRIGEREN = "corrigeren"
    HERINNERINGEN_BEHEREN = "herinneringen_beheren"
    ANTWOORDEN = "antwoorden"
    GESCHIEDENIS_CONTROLEREN = "geschiedenis_controleren"
    DEFINITIES_BEHEREN = "definities_beheren"
    BEHEREN = "beheren"


class Role(StrEnum):
    """Who someone is to the register."""

    SECRETARIAAT = "secretariaat"
    BEHEERDER = "beheerder"
    AUDITOR = "auditor"
    CONTACTPERSOON = "contactpersoon"  # by the link in a mail, without an account
    LEZER = "lezer"


_READ = frozenset({Permission.LEZEN, Permission.GESCHIEDENIS_CONTROLEREN})

PERMISSIONS_OF: dict[Role, frozenset[Permission]] = {
    Role.LEZER: frozenset({Permission.LEZEN}),
    Role.AUDITOR: _READ,
    Role.CONTACTPERSOON: frozenset({Permission.ANTWOORDEN}),
    Role.SECRETARIAAT: _READ
    | {
        Permission.VOORSTEL_BEHEREN,
        Permission.STUKKEN_BEHEREN,
        Permission.AGENDA_BEHEREN,
        Permission.CONCLUSIE_VASTLEGGEN,
        Permission.RADEN_INFORMEREN,
        Permission.AFSPRAKEN_BEHEREN,
        Permission.CORRIGEREN,
        Permission.HERINNERINGEN_BEHEREN,
        Permission.ANTWOORDEN,
    },
    Role.BEHEERDER: _READ
    | {
        Permission.DEFINITIES_BEHEREN,
        Permission.BEHEREN,
        Permission.HERINNERINGEN_BEHEREN,
        Permission.ANTWOORDEN,
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts. `unverified` until people and login exist: each event then says so."""

    name: str
    roles: frozenset[Role]
    unverified: bool = True

    def may(self, permission: Permission) -> bool:
        return any(permission in PERMISSIONS_OF[role] for role in self.roles)

    def require(self, permission: Permission, act: str) -> None:
        """Raise NotPermitted, naming `act` as the user saw it, unless a role holds it."""
        if not self.may(permission):
            raise NotPermitted(act, permission.value.replace("_", " "))
