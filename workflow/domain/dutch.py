"""Dutch for people: days, lists, labels of codes."""

import datetime as dt
from collections.abc import Sequence

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
NUMBERS = ("geen", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien")
WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")

CONCLUSIE_WORDS = {
    "akkoord": "akkoord",
    "akkoord_mits": "akkoord, mits",
    "deels_akkoord": "deels akkoord",
    "vastgesteld": "vastgesteld",
    "gewijzigd_vastgesteld": "gewijzigd vastgesteld",
    "onder_voorbehoud": "onder voorbehoud",
    "aangehouden": "aangehouden",
    "verwezen": "verwezen",
    "terug_naar_opsteller": "terug naar opsteller",
    "niet_akkoord": "niet akkoord",
    "kennisgenomen": "kennisgenomen",
    "besproken": "besproken",
    "teruggenomen": "teruggenomen",
}


def day_in_words(day: dt.date) -> str:
    """'donderdag 11 juli 2024'."""
    return f"{WEEKDAYS[day.weekday()]} {date_in_words(day)}"


def date_in_words(day: dt.date) -> str:
    """'11 juli 2024'."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def number_in_words(value: int) -> str:
    """'zeven' up to ten, digits above it."""
    return NUMBERS[value] if 0 <= value < len(NUMBERS) else str(value)


def join_words(words: Sequence[str], last: str = "en") -> str:
    """'a, b en c'."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def conclusie_in_words(code: str | None) -> str:
    """The words of a conclusion code; 'nog open' for none."""
    return CONCLUSIE_WORDS.get(code or "", code or "nog open")
