"""Someone, or a mailbox, that this program may write to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Someone, or a functional mailbox, that may get a reminder.

    `id` is the same whatever the name or address becomes. `bestuurder`: a wethouder or
    burgemeester in person; such a person gets no mail from this program.
    """

    id: str
    role: str
    name: str
    email: str | None = None
    bestuurder: bool = False

    @property
    def reachable(self) -> bool:
        """Whether this program may write to them."""
        return bool(self.email) and not self.bestuurder
