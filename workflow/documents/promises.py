"""Promises in running text: what will be done, and the period that the sentence names."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from workflow.documents.model import Toezegging
from workflow.documents.sentences import sentences
from workflow.domain.dates import find_days
from workflow.domain.paper_periods import find_periods
from workflow.domain.periods import days_of
from workflow.domain.words import key, plain

_FUTURE = re.compile(
    r"\b(?:wordt|worden|word|zal|zullen|volgt|volgen|ontvangt|ontvangen|ontvang|leggen"
    r"|legt|komt|komen"
    r"|verschijnt|verschijnen|sturen|stuurt|zenden|bieden|biedt|presenteren|presenteert|rapporteren"
    r"|rapporteert|evalueren|evalueert|informeren|informeert|streven|streeft|verwachten|verwacht"
    r"|leveren|levert|gaan|gaat|starten|start|moet|moeten|dient|dienen|zeggen|zegt|delen"
    r"|voorzien|is gepland"
    r"|staat gepland|geven|geeft|stellen|stelt|nemen|neemt|agenderen|kunt u|actualiseren"
    r"|brengen|brengt)\b"
)
_LEADS = re.compile(
    r"(?:\b(?:in|in de|in het|uiterlijk|uiterlijk in|voor|voor de|per|rond|tegen|na"
    r"|omstreeks|gedurende"
    r"|loop van|ergens in|eind|einde|begin|medio|half|halverwege|aan het begin van|aan het eind van"
    r"|aan het einde van|voor het eind van|voor het einde van|voor eind|tijdens|volgt"
    r"|volgen|verwacht"
    r"|uiterlijk eind|uiterlijk begin|het|de|van het|van de|van)\s|[:,(]\s?|^)$"
)
_MOMENT = re.compile(
    r"^(?:de |het )?(?:begin|start|eind|einde|medio|midden|half|voorjaar|najaar|zomer"
    r"|herfst|winter|lente)"
)
_NOT = re.compile(
    r"(?:\b(?:sinds|vanaf|periode|kalenderjaar|jaarrekening|begroting|jaarverslag|over"
    r"|t/m|tot en met"
    r"|d\.d\.|beleidsplan|programma|rapportage|van|jaar|raadsperiode"
    r"|in de periode)\s(?:de |het )?)$"
)
_RELATIVE = re.compile(
    r"\b(?:over|binnen) (een|twee|drie|vier|vijf|zes|acht|negen|tien|twaalf|\d{1,2})?\s?"
    r"(half jaar|halfjaar|jaar|kwartaal|kwartalen|maand|maanden|week|weken)\b"
)
_NAMED = re.compile(
    r"\b(?:(?:in het |eind |begin |medio |loop van )?(volgend|volgende|komend|komende|dit|deze)"
    r" (jaar|kalenderjaar|kwartaal|maand|half jaar|halfjaar|voorjaar|najaar|zomer|herfst"
    r"|winter|lente)|(in) (?:het |de )(voorjaar|najaar|zomer|herfst|winter|lente))\b"
)
_EXPLICIT = re.compile(
    r"\b(?:toegezegd|toezegging|zeggen (?:wij|we)(?: \S+){0,8} toe|(?:wij"
    r"|we) zeggen(?: \S+){0,8} toe"
    r"|zegt(?: \S+){0,8} toe|houden (?:wij|we) u(?: \S+){0,8} op de hoogte"
    r"|(?:wij|we) houden u(?: \S+){0,8} op de hoogte|komen (?:wij|we)(?: \S+){0,8} terug"
    r"|(?:wij|we) komen(?: \S+){0,8} terug"
    r"|informeren (?:wij|we) u (?:\S+ ){0,3}(?:zodra|nader|verder|tijdig|wanneer|opnieuw)"
    r"|(?:wij|we) informeren u (?:\S+ ){0,3}(?:zodra|nader|verder|tijdig|wanneer|opnieuw)"
    r"|(?:de )?volgende (?:\S+ ){0,4}(?:volgt|ontvangt u|verschijnt)"
    r"|(?:zienswijze\w*|inspraak\w*) (?:\S+ ){0,3}(?:opgestart|gestart)"
    r"|wordt er een zienswijzeprocedure opgestart)\b"
)
_NOW = re.compile(r"\b(?:hierbij|bijgaand|hiermee|met deze|bij deze|nu voor)\b")
_NUMBERS = {
    "een": 1,
    "twee": 2,
    "drie": 3,
    "vier": 4,
    "vijf": 5,
    "zes": 6,
    "acht": 8,
    "negen": 9,
    "tien": 10,
    "twaalf": 12,
}
_LONGEST = 1500  # characters; longer is no sentence


def read_promises(texts: Iterable[tuple[int, str]], anchor: date | None) -> tuple[Toezegging, ...]:
    """The sentences that promise something after `anchor` (the paper's date), each once.

    A sentence counts when it names a time to come ("in Q1 2025", "over een half jaar") with
    a verb that looks ahead, or promises in so many words; then `periode` may be None.
    """
    found: dict[str, Toezegging] = {}
    for _, paragraph in texts:
        for sentence in sentences(paragraph):
            if len(sentence) > _LONGEST or len(sentence) < 12:
                continue
            promise = _promise(sentence, anchor)
            if promise is not None:
                found.setdefault(key(sentence), promise)
    return tuple(found.values())


def _promise(sentence: str, anchor: date | None) -> Toezegging | None:
    """The promise that a sentence makes, if it does."""
    low = " ".join(plain(sentence).split())
    explicit = bool(_EXPLICIT.search(low)) and not _NOW.search(low)
    if not explicit and not _FUTURE.search(low):
        return None
    period = _period(low, anchor)
    if period is None:
        relative, period = _relative(low, anchor)
        if not relative and not explicit:
            return None
    return Toezegging(tekst=sentence, periode=period)


def _period(low: str, anchor: date | None) -> str | None:
    """The first period or last day in the sentence that lies ahead and is not a mere name."""
    for found in sorted(find_periods(low), key=lambda one: one.start):
        days = days_of(found.value or "")
        if days is None or (anchor is not None and days[1] < anchor):
            continue
        before, itself = low[: found.start], low[found.start : found.end]
        if _MOMENT.match(itself) or (_LEADS.search(before) and not _mere_name(before, itself)):
            return found.value
    for day, start in find_days(low):
        lead = re.search(r"\b(?:uiterlijk|voor|uiterlijk op|per|tegen)(?: \w+dag)?\s$", low[:start])
        if lead and (anchor is None or day >= anchor):
            return f"{day.year:04d}-{day.month:02d}"
    return None


def _mere_name(before: str, itself: str) -> bool:
    """'het beleidsplan 2025', 'sinds 2023', 'over de eerste helft van 2026': no time to act in."""
    return bool(_NOT.search(before)) and not re.search(r"\bin (?:de |het )?$", before)


def _relative(low: str, anchor: date | None) -> tuple[bool, str | None]:
    """A time counted from the paper's date, as coarse as the word that names it."""
    match = _RELATIVE.search(low)
    if match and not re.search(
        r"\b(?:keer|maal) per\b", low[max(0, match.start() - 20) : match.start()]
    ):
        number = match[1] or "een"
        count = _NUMBERS.get(number) or int(number) if number.isdigit() or number in _NUMBERS else 1
        return True, _counted(match[2], count, anchor)
    named = _NAMED.search(low)
    if named:
        return True, _named(named[1] or named[3], named[2] or named[4], anchor)
    return False, None


def _counted(unit: str, count: int, anchor: date | None) -> str | None:
    """'over drie maanden' as the month, 'over een half jaar' as the half-year it falls in."""
    if anchor is None:
        return None
    if unit.startswith("week") or unit == "weken":
        calendar = (anchor + timedelta(weeks=count)).isocalendar()
        return f"{calendar.year:04d}-W{calendar.week:02d}"
    months = {"half jaar": 6, "halfjaar": 6, "jaar": 12}.get(unit, 3 if unit[0] == "k" else 1)
    total = anchor.year * 12 + anchor.month - 1 + months * count
    year, month = divmod(total, 12)
    if unit == "jaar":
        return f"{year:04d}"
    if months == 6:
        return f"{year:04d}-H{month // 6 + 1}"
    return f"{year:04d}-Q{month // 3 + 1}" if months == 3 else f"{year:04d}-{month + 1:02d}"


def _named(which: str, unit: str, anchor: date | None) -> str | None:
    """'volgend jaar', 'komend najaar', 'dit kwartaal'."""
    if anchor is None:
        return None
    ahead = which.startswith("volgend") or (which.startswith("komend") and unit == "jaar")
    if unit in {"jaar", "kalenderjaar"}:
        return f"{anchor.year + ahead:04d}"
    if unit in {"kwartaal", "maand", "half jaar", "halfjaar"}:
        step = ahead or which.startswith("komend")
        return _counted("maand" if unit == "maand" else unit, int(step), anchor)
    season_ends = {"voorjaar": 6, "lente": 6, "zomer": 9, "herfst": 12, "najaar": 12, "winter": 2}
    return f"{anchor.year + (which.startswith('volgend') or season_ends[unit] < anchor.month):04d}"
