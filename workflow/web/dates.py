"""A date as someone types it in a form: Dutch order, never guessed.

A text field and not `type=date`: that one follows the language of the browser,
and 07/02/2024 in an English one is read as 7 February.
"""

import re
from datetime import date

from workflow.domain.errors import InvalidField
from workflow.web.words import MONTHS

_DUTCH = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_WORDS = re.compile(r"(?:[a-z]+ )?(\d{1,2}) ([a-z]+)\.? (\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def read_date(text: str, field: str) -> date:
    """The date in '11-7-2024', '11 juli 2024', 'do 11 juli 2024' or '2024-07-11'.

    Raises InvalidField for `field` when it is none of these, or no day of the calendar.
    """
    plain = " ".join(text.casefold().split())
    try:
        if found := _ISO.fullmatch(plain):
            return date(*(int(part) for part in found.groups()))
        if found := _DUTCH.fullmatch(plain):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := _WORDS.fullmatch(plain):
            return date(int(found[3]), _month(found[2]), int(found[1]))
    except ValueError:
        pass
    raise InvalidField(field, f"‘{text}’ is geen datum. Schrijf bijvoorbeeld 11-7-2024.")


def _month(word: str) -> int:
    """1 to 12 for 'juli' or 'jul'; ValueError for any other word."""
    matches = [i for i, name in enumerate(MONTHS, 1) if len(word) >= 3 and name.startswith(word)]
    if len(matches) != 1:
        raise ValueError(word)
    return matches[0]
