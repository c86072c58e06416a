"""Text about persons: in events only as a commitment, so that it can be erased."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ErasableText:
    """Names, addresses, remarks and words on paper.

    `commitment` (base64) stands in events and state; `text` is kept in a table
    of its own and is None when it was not fetched or has been erased. Two are
    equal when their commitments are.
    """

    commitment: str
    text: str | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ErasableText) and other.commitment == self.commitment

    def __hash__(self) -> int:
        return hash(self.commitment)
