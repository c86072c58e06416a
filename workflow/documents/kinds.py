"""What kind of document a text is, by its title, its labels and its tables."""

import re
from collections.abc import Sequence

from workflow.documents.brief import SALUTATION, head_length
from workflow.documents.gemeenten import addresses_raad
from workflow.documents.hits import table_columns
from workflow.documents.lexicon import Lexicon
from workflow.documents.line import Line, joined, unmarked
from workflow.documents.sheet import Sheet, split_sheets
from workflow.domain.paper import Kind, Sectie, Veld
from workflow.domain.words import key

_TITLES = (
    (re.compile(r"oplegnotitie\b|oplegger\b|opleg notitie\b"), Kind.OPLEGNOTITIE),
    (re.compile(r"voorblad\b"), Kind.VOORBLAD),
    (
        re.compile(r"raadsinformatiebrief\b|rib\b|raadsbrief\b|informatiebrief\b"),
        Kind.RAADSINFORMATIEBRIEF,
    ),
    (
        re.compile(r"raadsmededeling\b|raads mededeling\b|mededeling\b|rm\b|collegebericht\b"),
        Kind.RAADSMEDEDELING,
    ),
    (re.compile(r"(?:concept ?|ontwerp ?)?(?:vergader)?agenda\b"), Kind.AGENDA),
    (
        re.compile(
            r"(?:concept ?|ontwerp ?)?(?:besluitenlijst|besluitenlijsten|lijst van besluiten)\b"
        ),
        Kind.BESLUITENLIJST,
    ),
)
_TITLE_LINES = 8
_SHEET_POINTS = {
    Veld.VERSPREIDEN: 2,
    Veld.EENHEID: 2,
    Veld.CONTACTPERSOON: 1,
    Veld.KENMERK: 1,
    Veld.ONDERWERP: 1,
    Veld.EMAIL: 1,
}
_LETTER_POINTS = {
    Veld.DATUM_COLLEGE: 3,
    Veld.INLICHTINGEN: 1,
    Veld.TELEFOON: 1,
    Veld.PORTEFEUILLEHOUDER: 1,
    Veld.ZAAKNUMMER: 1,
    Veld.KENMERK: 1,
    Veld.ONDERWERP: 1,
}
_ENOUGH = 4


def recognise(lines: Sequence[Line], sheets: Sequence[Sheet], lexicon: Lexicon) -> Kind:
    """The kind of the text; ONBEKEND when neither its labels nor its title say enough."""
    title = _title(lines, lexicon)
    if title in {Kind.AGENDA, Kind.BESLUITENLIJST}:
        if _sheet_points(sheets, lexicon) < 8:
            return title
        title = None
    sheet_points = _sheet_points(sheets, lexicon) + (
        3 if title in {Kind.VOORBLAD, Kind.OPLEGNOTITIE} else 0
    )
    head = split_sheets(lines[: (length := head_length(lines, lexicon))], lexicon)[0]
    letter = title in {Kind.RAADSINFORMATIEBRIEF, Kind.RAADSMEDEDELING}
    letter_points = _letter_points(head, lines, length) + (4 if letter else 0)
    if max(sheet_points, letter_points) < _ENOUGH:
        return Kind.ONBEKEND
    if sheet_points >= letter_points and not (letter and sheet_points < 8):
        return Kind.OPLEGNOTITIE if title is Kind.OPLEGNOTITIE else Kind.VOORBLAD
    if letter and title:
        return title
    return _letter_kind(head)


def _title(lines: Sequence[Line], lexicon: Lexicon) -> Kind | None:
    """The kind that a title among the first lines names."""
    seen = 0
    for line in lines[:60]:
        if line.blank:
            continue
        seen += 1
        if seen > _TITLE_LINES:
            break
        text = line.single
        if not text or len(text) > 90:
            continue
        words = key(unmarked(text))
        for title, kind in lexicon.kinds.items():
            if f"{words} ".startswith(f"{title} "):
                return kind
        for pattern, kind in _TITLES:
            if pattern.match(words):
                return kind
    return None


def _sheet_points(sheets: Sequence[Sheet], lexicon: Lexicon) -> int:
    """How much a text looks like a voorblad."""
    points = 0
    found = {entry.veld for sheet in sheets for entry in sheet.entries}
    points += sum(value for veld, value in _SHEET_POINTS.items() if veld in found)
    first = sheets[0]
    rows = [line for sheet in sheets for line in sheet.part(Sectie.BEHANDELING)]
    if any(not line.blank for line in rows):
        points += 3 if any(table_columns(lexicon, line) for line in rows[:20]) else 2
    points += 2 * any(not line.blank for line in first.part(Sectie.VOORSTEL))
    return points


def _letter_points(head: Sheet, lines: Sequence[Line], length: int) -> int:
    """How much a text looks like a letter to a raad."""
    found = {entry.veld for entry in head.entries}
    points = sum(value for veld, value in _LETTER_POINTS.items() if veld in found)
    salutation = lines[length].text if length < len(lines) else ""
    if SALUTATION.match(salutation):
        points += 4 if addresses_raad(salutation) or "raadslid" in salutation else 1
    texts = [
        joined(e.values) for e in head.entries if e.veld in {Veld.AAN, Veld.DATUM, Veld.KENMERK}
    ]
    texts.extend(line.text for line in head.opening[:20])
    if any(addresses_raad(text) and len(text) < 400 for text in texts) or any(
        e.veld is Veld.AAN and "raden" in key(e.match.printed) for e in head.entries
    ):
        points += 3
    sender = head.first(Veld.VAN)
    if sender and re.search(r"college|burgemeester|b ?& ?w", joined(sender.values), re.IGNORECASE):
        points += 2
    return points


def _letter_kind(head: Sheet) -> Kind:
    """A mededeling comes from a college and goes to its own raad."""
    subject = head.first(Veld.ONDERWERP)
    words = key(joined(subject.values)) if subject else ""
    if words.startswith("rib "):
        return Kind.RAADSINFORMATIEBRIEF
    sender = head.first(Veld.VAN)
    college = sender and re.search(r"college|burgemeester|b ?& ?w", joined(sender.values), re.I)
    if words.startswith("rm ") or college or head.first(Veld.DATUM_COLLEGE):
        return Kind.RAADSMEDEDELING
    return Kind.RAADSINFORMATIEBRIEF
