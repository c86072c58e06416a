"""Dutch words for what the register answers in codes, dates and moments."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from workflow.domain.dutch import join_words, number_in_words

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)

LABELS = {
    # raadsinformatie
    "aan_te_bieden": "nog aan te bieden",
    "aangeboden": "aangeboden",
    "collegebesluit": "collegebesluit",
    "verzonden": "verzonden",
    "ter_kennisname": "ter kennisname",
    "geagendeerd": "geagendeerd",
    "niet_verzonden": "niet verzonden",
    "niet_van_toepassing": "niet van toepassing",
    "gemeente_opgeheven": "gemeente opgeheven",
    # behandeling
    "van_de_agenda": "van de agenda gehaald",
    "pfho": "PFHO",
    # kinds of papers and what reading them led to
    "onbekend": "niet herkend",
    "created": "dossier aangemaakt",
    "updated": "dossier bijgewerkt",
    "linked": "bij een dossier gevoegd",
    "kept": "bewaard, nog zonder dossier",
    "unchanged": "was al ingelezen",
    "skipped": "overgeslagen",
    "dry-run": "nog niet opgeslagen",
    # reminders
    "planned": "gepland",
    "queued": "klaar om te verzenden",
    "sent": "verzonden",
    "failed": "mislukt",
    "unsure": "onzeker",
    "lever_op": "levert op",
    "niet_ik": "niet voor deze persoon",
    "cancelled": "vervallen",
}

TONES = {
    "ok": {
        "akkoord",
        "vastgesteld",
        "gewijzigd_vastgesteld",
        "kennisgenomen",
        "besproken",
        "verzonden",
        "ter_kennisname",
        "geagendeerd_raad",
        "afgerond",
        "afgedaan",
        "gehouden",
        "besluitenlijst_vastgesteld",
        "created",
        "updated",
        "linked",
        "sent",
    },
    "warn": {
        "akkoord_mits",
        "deels_akkoord",
        "onder_voorbehoud",
        "aangehouden",
        "verwezen",
        "terug_naar_opsteller",
        "teruggestuurd",
        "teruggenomen",
        "doorgeschoven",
        "van_de_agenda",
        "kept",
        "unsure",
        "skipped",
    },
    "err": {"niet_akkoord", "afgewezen", "failed", "niet_verzonden"},
    "none": {
        "aan_te_bieden",
        "gepland",
        "openstaand",
        "vervallen",
        "niet_van_toepassing",
        "gemeente_opgeheven",
        "ingetrokken",
        "unchanged",
        "cancelled",
        "afgelast",
        "concept",
        "onbekend",
    },
}

CHECKS = {
    "leaves": "elke gebeurtenis",
    "tree": "de boom",
    "dossiers": "elk dossier",
    "replay": "de stand die eruit volgt",
    "checkpoints": "de bewaarde bewijzen",
}

_PERIOD = re.compile(r"(\d{4})(?:-(?:Q([1-4])|H([12])|W(\d{2})|(\d{2})))?")


def as_date(value: date | str) -> date:
    """A date, or the ISO text of one; raises ValueError for anything else."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def day(value: date | str) -> str:
    """'11 juli 2024'."""
    d = as_date(value)
    return f"{d.day} {MONTHS[d.month - 1]} {d.year}"


def weekday(value: date | str) -> str:
    """'donderdag 11 juli 2024'."""
    return f"{DAYS[as_date(value).weekday()]} {day(value)}"


def short_day(value: date | str) -> str:
    """'do 11 juli': where the year goes without saying."""
    d = as_date(value)
    return f"{DAYS[d.weekday()][:2]} {d.day} {MONTHS[d.month - 1]}"


def short_date(value: date | str) -> str:
    """'11 juli': on a picture."""
    d = as_date(value)
    return f"{d.day} {MONTHS[d.month - 1]}"


def week(value: date | str) -> str:
    """'week 28'."""
    return f"week {as_date(value).isocalendar().week}"


def check_names(checks: list[str]) -> list[str]:
    """The checks of `audit verify` in words."""
    return [CHECKS.get(check, label(check)) for check in checks]


def moment(value: str) -> str:
    """'27 juni 2024, 15.20 uur' in Europe/Amsterdam, from an RFC 3339 moment."""
    at = datetime.fromisoformat(value).astimezone(AMSTERDAM)
    return f"{day(at.date())}, {at:%H.%M} uur"


def local_day(value: str) -> str:
    """The ISO day of a moment in Europe/Amsterdam."""
    return datetime.fromisoformat(value).astimezone(AMSTERDAM).date().isoformat()


def moment_day(value: str) -> str:
    """The day of a moment in Europe/Amsterdam: '27 juni 2024'."""
    return day(local_day(value))


def period(value: str) -> str:
    """'eerste kwartaal van 2025' for '2025-Q1'; what is not a period stays as it is."""
    found = _PERIOD.fullmatch(value)
    if not found:
        return value
    year, quarter, half, week_number, month = found.groups()
    if quarter:
        return f"{('eerste', 'tweede', 'derde', 'vierde')[int(quarter) - 1]} kwartaal van {year}"
    if half:
        return f"{('eerste', 'tweede')[int(half) - 1]} helft van {year}"
    if week_number:
        return f"week {int(week_number)} van {year}"
    if month and 1 <= int(month) <= 12:
        return f"{MONTHS[int(month) - 1]} {year}"
    return value


def label(code: str | None) -> str:
    """The Dutch words for a code: 'niet van toepassing'; '' for None."""
    if code is None:
        return ""
    return LABELS.get(code, code.replace("_", " "))


def first_upper(text: str) -> str:
    """The same words with a capital at the start, as on the paper."""
    return text[:1].upper() + text[1:]


def tone(code: str | None) -> str:
    """Which of ok, warn, err, none or info a code looks like; never the only sign of it."""
    return next((name for name, codes in TONES.items() if code in codes), "info")


def number(value: int) -> str:
    """'zeven' up to ten, digits above it."""
    return number_in_words(value)


def count(value: int, one: str, many: str) -> str:
    """'1 voorstel', '2 voorstellen'."""
    return f"{value} {one if value == 1 else many}"


def names(values: list[str], last: str = "en") -> str:
    """'Sanne Bakker, Lieke Kuiper en Mats Hoving'."""
    return join_words(values, last)
