"""The small parts of which all JSON here is made: dates, hashes, words of persons."""

import datetime as dt
from base64 import b64encode
from typing import Any

from workflow.domain.text import ErasableText

Json = dict[str, Any]


def words(text: ErasableText | None) -> str | None:
    """The words of a person; null when erased or not given."""
    return text.text if text else None


def hash_of(sha256: str) -> str:
    """A hash as all JSON here writes it: standard base64; it is kept as hex digits."""
    return b64encode(bytes.fromhex(sha256)).decode()


def iso(day: dt.date | None) -> str | None:
    """A date as ISO 8601."""
    return day.isoformat() if day else None
