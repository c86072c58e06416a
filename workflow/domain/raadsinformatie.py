"""The information of one gemeenteraad about one voorstel."""

import datetime as dt
from dataclasses import dataclass

from workflow.domain.text import ErasableText


@dataclass(frozen=True, slots=True, kw_only=True)
class Raadsinformatie:
    """One row of the council grid."""

    voorstel_id: str
    gemeente: str  # code
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
