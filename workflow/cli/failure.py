"""Which exit code and Dutch sentence an error gets: one table for all commands."""

import errno
from collections.abc import Mapping
from dataclasses import dataclass, field

from workflow.domain.errors import Surroundings, WorkflowError
from workflow.storage.database import failure_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """How a command ended that could not do its work."""

    exit_code: int
    code: str
    message: str
    details: Mapping[str, object] = field(default_factory=dict)


_REASONS = {
    errno.ENOENT: "het bestaat niet",
    errno.EACCES: "u mag er niet bij",
    errno.EPERM: "u mag er niet bij",
    errno.EISDIR: "het is een map",
    errno.ENOTDIR: "een deel van het pad is geen map",
    errno.EEXIST: "het bestaat al",
    errno.ENOSPC: "de schijf is vol",
    errno.EROFS: "hier kan niet worden geschreven",
    errno.ENAMETOOLONG: "de naam is te lang",
}


def failure_of(error: Exception) -> Failure:
    """The failure of an error; anything unforeseen counts as the surroundings."""
    if isinstance(error, WorkflowError):
        return Failure(
            exit_code=_code_of(error),
            code=error.code,
            message=str(error),
            details=error.details,
        )
    if said := failure_text(error):
        return Failure(exit_code=4, code="omgeving", message=f"{said} Er is niets opgeslagen.")
    if isinstance(error, OSError):
        name = f" ‘{error.filename}’" if error.filename else ""
        why = _REASONS.get(error.errno or 0, error.strerror or str(error))
        message = f"Het bestand of de map{name} kan niet worden gebruikt: {why}."
        return Failure(exit_code=4, code="omgeving", message=message)
    message = (
        f"Er ging iets mis dat niet was voorzien ({type(error).__name__}: {error}). "
        "Er is niets opgeslagen. Meld dit de beheerder; met BESLUITROUTE_DEBUG=1 ziet u meer."
    )
    return Failure(exit_code=4, code="onvoorzien", message=message)


def _code_of(error: WorkflowError) -> int:
    """Refused is 1, surroundings 4."""
    return 4 if isinstance(error, Surroundings) else 1
