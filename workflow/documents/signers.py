"""Who signed a letter: names and functions in the order of the paper, placeholders kept."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workflow.documents.line import Line, gap_cells
from workflow.documents.model import Ondertekenaar
from workflow.domain.words import key

_CLOSING = re.compile(
    r"^(?:met (?:vriendelijke|hartelijke|beleefde) groet(?:en)?|hoogachtend"
    r"|vriendelijke groet(?:en)?"
    r"|met de meeste hoogachting|groetend|namens\b.{0,80})",
    re.IGNORECASE,
)
_FUNCTION = re.compile(
    r"\b(?:gemeentesecretaris|secretaris|burgemeester|wethouder|voorzitter|directeur"
    r"|griffier|manager"
    r"|portefeuillehouder|teamleider|afdelingshoofd|algemeen directeur|bestuurder|loco\w*)\b",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"^(?:namens\s+)?(?:het\s+)?(?:college van\s+)?(?:burgemeester en wethouders"
    r"|b\s?&\s?w|college\b)"
    r"|^(?:het )?(?:dagelijks|algemeen) bestuur\b"
    r"|^namens\b|^het college\b|^(?:gemeente|regio)\s+[A-Z]|^de raad\b",
    re.IGNORECASE,
)
_SIGNING_BODY = re.compile(
    r"^(?:namens )?(?:het )?(?:college van )?(?:burgemeester en wethouders|b\s?&\s?w)\b",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(r"[<\[{«].{1,80}[>\]}»]|\.{4,}|…{2,}|_{4,}")
_NAME = re.compile(
    r"[A-Z]\.|^(?:mevr|mw|dhr|de heer|mevrouw|drs|mr|dr|ir)\b"
    r"|^[A-ZÀ-Þ][\w'’-]+(?:\s+[\w'’-]+){1,5}$"
)
_LAST = re.compile(
    r"^(?:deze tekst|bijlagen?\b|dit bericht|disclaimer|deze brief|kopie aan|cc\b|p\.?s\.?\b)", re.I
)
_LONGEST = 100  # characters of a line in a signature
_MOST = 24  # lines of a signature


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """The signers, and the bodies named above them ('Burgemeester en wethouders van …')."""

    ondertekenaars: tuple[Ondertekenaar, ...] = ()
    bodies: tuple[str, ...] = ()


def read_signature(lines: Sequence[Line]) -> Signature:
    """The block after the last closing formula; nothing when there is none."""
    start = next(
        (i for i in range(len(lines) - 1, -1, -1) if _closes(lines[i])),
        None,
    )
    if start is None:
        return _unclosed(lines)
    bodies: list[str] = []
    closing = lines[start].filled[0].text
    behind = re.sub(r"^[^,]*,\s*", "", closing) if "," in closing else ""
    rows = [[behind]] if behind and not _CLOSING.match(behind) else []
    if closing.lower().startswith("namens") and not behind:
        bodies.append(_bare(closing))
    return _block(lines[start + 1 :], rows, bodies)


def _block(lines: Sequence[Line], rows: list[list[str]], bodies: list[str]) -> Signature:
    """The lines of a signature, until something else begins."""
    for line in lines:
        if line.blank:
            continue
        cells = [cell.text for cell in (line.filled if line.table else gap_cells(line))]
        cells = [row for cell in cells for row in cell.split("\n") if row.strip()]
        if _LAST.match(cells[0]) or max(len(cell) for cell in cells) > _LONGEST or line.level:
            break
        rows.append(cells)
        if len(rows) > _MOST:
            break
    return _pair(_reading_order(rows), bodies)


def _unclosed(lines: Sequence[Line]) -> Signature:
    """A signature without a greeting begins with the body that signs, near the end."""
    for index in range(len(lines) - 1, max(-1, len(lines) - 40), -1):
        text = lines[index].single
        if text and len(text) <= _LONGEST and _SIGNING_BODY.match(text) and text[-1] in ",s":
            return _block(lines[index:], [], [])
    return Signature()


def _closes(line: Line) -> bool:
    """A closing formula on a line of its own."""
    return (
        bool(line.filled)
        and bool(_CLOSING.match(line.filled[0].text))
        and (len(line.filled[0].text) <= _LONGEST)
    )


def _reading_order(rows: list[list[str]]) -> list[str]:
    """Signers side by side: down the first column, then down the next."""
    order: list[str] = []
    block: list[list[str]] = []
    for row in [*rows, []]:
        if len(row) > 1 and (not block or len(block[0]) == len(row)):
            block.append(row)
            continue
        for column in range(len(block[0]) if block else 0):
            order.extend(cells[column] for cells in block)
        block = [row] if len(row) > 1 else []
        if len(row) == 1:
            order.extend(row)
    return order


def _bare(text: str) -> str:
    """Without the comma that ends a line of a signature."""
    bare = text.strip().strip(",;").strip()
    return bare[7:] if bare.lower().startswith("namens ") else bare


def _pair(texts: Sequence[str], bodies: list[str]) -> Signature:
    """Names with their functions, whichever of the two comes first."""
    parts: list[tuple[str, str]] = []
    for text in texts:
        parts.extend(_parts(text))
    bodies.extend(text for kind, text in parts if kind == "body")
    people = [(kind, text) for kind, text in parts if kind in {"name", "function", "both"}]
    function_first = bool(people) and people[0][0] == "function"
    signers: list[Ondertekenaar] = []
    waiting: str | None = None
    for kind, text in people:
        if kind == "both":
            naam, _, functie = text.partition("\x00")
            signers.append(Ondertekenaar(naam=naam, functie=functie))
        elif kind == "name":
            signers.append(Ondertekenaar(naam=text, functie=waiting))
            waiting = None
        elif function_first:
            waiting = text
        else:
            _give_function(signers, text)
    return Signature(ondertekenaars=tuple(signers), bodies=tuple(bodies))


def _give_function(signers: list[Ondertekenaar], functie: str) -> None:
    """A function belongs to the first signer above it that has none."""
    for index, signer in enumerate(signers):
        if signer.functie is None and not _PLACEHOLDER.search(signer.naam):
            signers[index] = Ondertekenaar(naam=signer.naam, functie=functie)
            return
    if signers and signers[-1].functie is None:
        signers[-1] = Ondertekenaar(naam=signers[-1].naam, functie=functie)


def _parts(text: str) -> list[tuple[str, str]]:
    """What one line of the signature is: a body, a name, a function, or name and function."""
    bare = _bare(text)
    if not bare:
        return []
    if _PLACEHOLDER.search(bare):
        comma = re.match(r"([<\[{«].{1,80}?[>\]}»])\s*[,–-]\s*(.+)$", bare)
        if comma and _FUNCTION.search(comma[2]):
            return [("both", f"{comma[1]}\x00{comma[2].strip()}")]
        return [("name", bare)]
    if _BODY.match(bare) and not re.search(r"[A-Z]\.\s?[A-Z]?", bare):
        return [("body", bare)]
    named = re.match(r"(.{3,60}?)(?:,\s+|\s+[-–]\s+|\s+\()((?:de\s+)?[\w\s&-]{4,60})\)?$", bare)
    if named and _FUNCTION.search(named[2]) and not _FUNCTION.search(named[1]):
        return [("both", f"{named[1].strip()}\x00{named[2].strip()}")]
    function = _FUNCTION.search(bare)
    if function:
        before = bare[: function.start()].strip()
        words = key(bare).split()
        if re.search(r"[A-Z]\.", before):
            return [("both", f"{before.strip(' ,')}\x00{bare[function.start() :]}")]
        return [("function", bare)] if len(words) <= 8 else []
    return [("name", bare)] if _NAME.search(bare) and not bare.endswith(":") else []
