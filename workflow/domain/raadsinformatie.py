"""One gemeente in one round of a voorstel: informed, or asked for its decision or opinion."""

import datetime as dt
from dataclasses import dataclass

from workflow.domain.text import ErasableText

INFORM = "informeren"  # the sub-route of a round that names no other


@dataclass(frozen=True, slots=True, kw_only=True)
class Raadsinformatie:
    """One row of the council grid.

    `gemeente` is its key within the voorstel: the code, and from the second round
    on with the number of the round behind it (`code/2`). Rows of before there were
    more rounds have no `step`, `deelroute` or `round`: they are the first one.
    """

    voorstel_id: str
    gemeente: str
    name: str  # as it was called then
    state: str = "aan_te_bieden"
    offered_on: dt.date | None = None
    college_date: dt.date | None = None
    zaaknummer: str | None = None
    sent_on: dt.date | None = None
    closed_on: dt.date | None = None
    paper_version: int | None = None  # which version of the letter was offered
    own_text: bool = False  # the gemeente's own raadsmededeling instead of the regional letter
    reason: ErasableText | None = None
    step: str | None = None  # None: the first fan-out of the route
    deelroute: str | None = None  # None: informeren
    round: int | None = None  # None: 1
    deadline: dt.date | None = None  # the last day to answer
    answer: str | None = None  # the code of what its college or raad said
    answered_on: dt.date | None = None
    answer_text: ErasableText | None = None  # the zienswijze, or what was amended
    reaction_on: dt.date | None = None  # the answer of the region to the raad
    reaction: ErasableText | None = None
    consequence: str | None = None  # what the overleg chose after an amendment or a refusal
    taken_over: tuple[str, ...] | None = None  # codes of gemeenten that went up in this one

    @property
    def code(self) -> str:
        """The code of the gemeente, without the round."""
        return self.gemeente.partition("/")[0]

    @property
    def number(self) -> int:
        """The round it belongs to, from 1."""
        return self.round or 1


def row_key(code: str, number: int) -> str:
    """The key of a gemeente in a round: its code in the first, 'code/2' in the second."""
    return code if number == 1 else f"{code}/{number}"
