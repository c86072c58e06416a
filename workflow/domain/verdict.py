"""A yes, or a no with its reason."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """Falsy exactly when it carries a reason; the reason is a Dutch sentence."""

    reason: str = ""

    def __bool__(self) -> bool:
        return not self.reason


YES = Verdict()
