"""A file to what it says: the one way in."""

import re
from collections.abc import Sequence
from hashlib import sha256

from workflow.documents.brief import read_brief
from workflow.documents.kinds import recognise
from workflow.documents.layout import Layout, read_layout
from workflow.documents.lexicon import lexicon_of
from workflow.documents.merge import merge_sheets
from workflow.documents.model import ReadDocument, Voorblad, missing_fields
from workflow.documents.sheet import Sheet, split_sheets
from workflow.documents.text import decode, empty
from workflow.documents.voorblad import read_sheet
from workflow.documents.warning import Warning, WarningCode
from workflow.domain.paper import Kind
from workflow.domain.vocabulary import Vocabulary

_ACTIVE = re.compile(
    r"<\s{0,3}(?:script|iframe|object|embed)\b|javascript:|\bon(?:error|load|click"
    r"|mouseover)\s{0,3}=",
    re.IGNORECASE,
)
_FORMULA = re.compile(r"(?:^|\t)[=@+](?:[A-Z]{2,20}\(|cmd\b|HYPERLINK)", re.IGNORECASE)
_MISSING = {
    "kenmerk": "Het kenmerk is niet gevonden.",
    "onderwerp": "Het onderwerp is niet gevonden.",
    "datum": "De datum van het document is niet gevonden.",
    "contactpersonen": "Er is geen contactpersoon gevonden.",
    "beslispunten": "Er is geen beslispunt gevonden.",
    "behandelingen": "Er is geen rij met een overleg gevonden in de behandeltabel.",
}
_MOST_LINES = 100_000  # a paper of more is none; what stands beyond is said not to be read
_MOST_SHEETS = 50  # voorstellen or versions in one file
_LETTERS = frozenset({Kind.RAADSINFORMATIEBRIEF, Kind.RAADSMEDEDELING})


def read_document(filename: str, data: bytes, vocabulary: Vocabulary) -> ReadDocument:
    """Read a voorblad, letter or mededeling from the bytes of a file.

    Never raises: what cannot be read is a document of kind `onbekend` with the warning
    that says why. The text is data; nothing in it is obeyed, opened or executed.
    """
    digest = sha256(data).hexdigest()
    decoded = decode(data)
    text = "\n".join(decoded.lines)
    if not decoded.readable:
        return ReadDocument(
            file=filename, kind=Kind.ONBEKEND, sha256=digest, text=text, warnings=decoded.warnings
        )
    lexicon = lexicon_of(vocabulary.words)
    lines = decoded.lines[:_MOST_LINES]
    layout = read_layout(lines, lexicon)
    warnings = [*decoded.warnings, *_notes(layout), *_hostile(lines, layout)]
    if len(decoded.lines) > _MOST_LINES:
        warnings.append(_too_long(len(decoded.lines)))
    sheets = split_sheets(layout.lines, lexicon)
    kind = recognise(layout.lines, sheets, lexicon)
    if kind in _LETTERS:
        brief, doubts = read_brief(layout.lines, kind, vocabulary)
        warnings.extend(doubts)
        return ReadDocument(
            file=filename,
            kind=kind,
            sha256=digest,
            text=text,
            brief=brief,
            warnings=_sorted(warnings),
        )
    voorblad = None
    if kind in {Kind.VOORBLAD, Kind.OPLEGNOTITIE}:
        voorblad, doubts = _read_voorblad(sheets, vocabulary)
        warnings.extend(doubts)
    elif all(line.blank for line in layout.lines):
        warnings.append(empty())
    else:
        warnings.append(_not_read(kind))
    return ReadDocument(
        file=filename,
        kind=kind,
        sha256=digest,
        text=text,
        voorblad=voorblad,
        warnings=_sorted(warnings),
    )


def _too_long(lines: int) -> Warning:
    """A paper with more lines than any has."""
    return Warning(
        code=WarningCode.NIET_BEGREPEN,
        message=f"Dit bestand heeft {lines} regels; alleen de eerste {_MOST_LINES} zijn gelezen.",
        line=_MOST_LINES + 1,
        details={"regels": lines, "gelezen": _MOST_LINES},
    )


def _read_voorblad(
    sheets: Sequence[Sheet], vocabulary: Vocabulary
) -> tuple[Voorblad, list[Warning]]:
    """The sheets as one voorblad, with what it lacks."""
    results = [read_sheet(sheet, vocabulary) for sheet in sheets[:_MOST_SHEETS]]
    voorblad, warnings = merge_sheets(results)
    if len(sheets) > _MOST_SHEETS:
        rest = len(sheets) - _MOST_SHEETS
        message = f"Dit bestand heeft meer dan {_MOST_SHEETS} bladen; {rest} zijn niet gelezen."
        warnings.append(Warning(code=WarningCode.NIET_BEGREPEN, message=message))
    warnings.extend(
        Warning(code=WarningCode.VELD_ONTBREEKT, field=field, message=_MISSING[field])
        for field in missing_fields(voorblad)
    )
    return voorblad, warnings


def _not_read(kind: Kind) -> Warning:
    """Why there is neither a voorblad nor a letter."""
    if kind is Kind.ONBEKEND:
        message = "Dit is geen voorblad, raadsinformatiebrief of raadsmededeling die wij herkennen."
    else:
        message = f"Dit is een {kind.value}; dat soort document wordt nog niet ingelezen."
    return Warning(code=WarningCode.NIET_BEGREPEN, message=message, details={"soort": kind.value})


def _notes(layout: Layout) -> list[Warning]:
    """What was left out of an HTML text because it is no text."""
    return [
        Warning(
            code=WarningCode.TEKST_VERDACHT,
            message=f"Het document bevat {what}; dat is niet gelezen en niet uitgevoerd.",
            line=line,
            details={"soort": "actief"},
        )
        for line, what in layout.notes[:20]
    ]


def _hostile(lines: Sequence[str], layout: Layout) -> list[Warning]:
    """Text that would do something in a browser or spreadsheet is kept as text, and named."""
    warnings: list[Warning] = []
    noted = {line for line, _ in layout.notes}
    for number, line in enumerate(lines, start=1):
        if len(warnings) >= 20:
            break
        active = number not in noted and ("<" in line or ":" in line or "=" in line)
        what = "code voor een browser" if active and _ACTIVE.search(line) else ""
        if not what and ("=" in line or "@" in line or "+" in line) and _FORMULA.search(line):
            what = "een formule voor een rekenblad"
        if what:
            warnings.append(
                Warning(
                    code=WarningCode.TEKST_VERDACHT,
                    message=f"Deze regel bevat {what}; er is niets van uitgevoerd.",
                    line=number,
                    details={"soort": "actief"},
                )
            )
    return warnings


def _sorted(warnings: Sequence[Warning]) -> tuple[Warning, ...]:
    """In the order of the paper; what has no line comes first. Each doubt once."""
    unique: dict[tuple[object, ...], Warning] = {}
    for warning in warnings:
        unique.setdefault((warning.code, warning.field, warning.line, warning.message), warning)
    return tuple(sorted(unique.values(), key=lambda warning: warning.line or 0))
