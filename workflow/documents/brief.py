"""A letter to the gemeenteraden, or a mededeling of a college to its own raad."""

import re
from collections.abc import Sequence
from datetime import date

from workflow.documents.days import day_warnings
from workflow.documents.gemeenten import Addressees, Gemeenten, addresses_raad
from workflow.documents.hits import heading_of, label_hits
from workflow.documents.lexicon import Lexicon, lexicon_of
from workflow.documents.line import Cell, Line
from workflow.documents.model import Bijlage, Brief
from workflow.documents.promises import read_promises
from workflow.documents.references import read_references
from workflow.documents.sentences import paragraphs
from workflow.documents.sheet import Entry, Sheet, split_sheets
from workflow.documents.signers import read_signature
from workflow.documents.voorblad import (
    line_of,
    read_bijlagen,
    read_document_date,
    read_kenmerk,
    scalar,
)
from workflow.documents.warning import Warning, WarningCode
from workflow.domain.dates import DateDoubt, ReadDate, anchor_of, read_date
from workflow.domain.paper import Kind, Sectie, Veld
from workflow.domain.vocabulary import Vocabulary
from workflow.domain.words import excerpt, key

SALUTATION = re.compile(
    r"^(?:geachte|beste|zeer geachte|edelachtbare|l\.?s\.?[,.]?$|aan de leden van de raad)",
    re.IGNORECASE,
)
_ORGAN = re.compile(
    r"^(?:de |het )?(?:gemeenteraad|gemeenteraden|raad|raden|raadsleden|leden van)\b", re.I
)
_DATE_LINE = re.compile(r"(?:[A-Z][\w' -]{2,30}, ?)?(?:d\.d\. ?)?(?:\w{2,9} )?\d{1,4}[ ./-]")
_PLACE = re.compile(r"[A-Z][\w' -]{2,30}, ?(?:d\.d\. ?)?\d")
_LONGEST_HEAD = 400  # lines
_LONG = 120  # characters; a longer line without a label is no part of the head
_SENTENCE = re.compile(r"\w{3,}[.!?]$")  # nor is a sentence
_ONE_CELL = frozenset({Veld.DATUM, Veld.KENMERK, Veld.TELEFOON, Veld.ZAAKNUMMER})
_WITH_EXTRA = frozenset(
    {
        Veld.DATUM,
        Veld.KENMERK,
        Veld.INLICHTINGEN,
        Veld.TELEFOON,
        Veld.ONDERWERP,
        Veld.CONTACTPERSOON,
        Veld.ZAAKNUMMER,
        Veld.EMAIL,
        Veld.ANDERS,
        Veld.BIJLAGEN,
    }
)


def head_length(lines: Sequence[Line], lexicon: Lexicon) -> int:
    """How many lines come before the salutation or the first paragraph."""
    labels = 0
    for index, line in enumerate(lines[:_LONGEST_HEAD]):
        if line.blank:
            continue
        text = line.filled[0].text
        if SALUTATION.match(text):
            return index
        hits = label_hits(lexicon, line, head=True)
        labels += len(hits)
        if hits or line.table or not labels:
            continue
        if len(text) > _LONG or line.level or re.match(r"\d{1,2}\.\s", text):
            return index
        if labels >= 2 and (heading_of(lexicon, line, fuzzy=False) or _SENTENCE.search(text)):
            return index
    return min(len(lines), _LONGEST_HEAD)


def read_brief(
    lines: Sequence[Line], kind: Kind, vocabulary: Vocabulary
) -> tuple[Brief, list[Warning]]:
    """Everything in a letter, and the doubts."""
    lexicon = lexicon_of(vocabulary.words)
    head, body = lines[: (length := head_length(lines, lexicon))], lines[length:]
    sheet = split_sheets(head, lexicon)[0]
    gemeenten = Gemeenten(vocabulary)
    cells = _take_addresses(sheet, gemeenten)
    warnings = list(sheet.warnings)
    datum = read_document_date(sheet, Veld.DATUM, warnings)
    if not sheet.all(Veld.DATUM):
        used = {cell.line for entry in sheet.entries for cell in entry.values}
        datum, doubts = _loose_date([line for line in head if line.number not in used])
        warnings.extend(doubts)
    warnings = _without_place(warnings)
    signature = read_signature(body)
    afzender = scalar(sheet, Veld.VAN, warnings) or next(iter(signature.bodies), None)
    gemeente = _gemeente(gemeenten, (afzender or "", *signature.bodies), cells, kind)
    addressees = _addressees(gemeenten, cells, body, gemeente, kind)
    warnings.extend(addressees.warnings)
    kenmerk = read_kenmerk(sheet, warnings)
    zaaknummer = scalar(sheet, Veld.ZAAKNUMMER, warnings)
    onderwerp = scalar(sheet, Veld.ONDERWERP, warnings)
    college = _college(sheet, anchor_of(datum), warnings)
    anchor = anchor_of(datum) or college
    texts = list(paragraphs(body, lexicon))
    brief = Brief(
        datum=datum.day,
        datum_periode=datum.period,
        kenmerk=kenmerk,
        zaaknummer=zaaknummer,
        onderwerp=onderwerp,
        geadresseerden=addressees.names,
        geadresseerden_ruw=addressees.written,
        gemeente=gemeente,
        afzender=afzender,
        portefeuillehouder=scalar(sheet, Veld.PORTEFEUILLEHOUDER, warnings),
        ondertekenaars=signature.ondertekenaars,
        inlichtingen=scalar(sheet, Veld.INLICHTINGEN, warnings)
        or scalar(sheet, Veld.CONTACTPERSOON, warnings),
        telefoon=scalar(sheet, Veld.TELEFOON, warnings),
        datum_college=college,
        verwijst_naar=read_references(
            (onderwerp or "", *(text for _, text in texts)), (kenmerk, zaaknummer)
        ),
        bijlagen=_bijlagen(sheet, body, lexicon, warnings),
        toezeggingen=read_promises(texts, anchor),
    )
    warnings.extend(_missing(brief))
    if kind is Kind.RAADSMEDEDELING and gemeente is None:
        warnings.append(_unknown_sender())
    return brief, warnings


def _take_addresses(sheet: Sheet, gemeenten: Gemeenten) -> list[Cell]:
    """The cells with addressees, taken out of the fields beside which they stand."""
    taken: list[Cell] = []
    addressed = any(entry.veld is Veld.AAN for entry in sheet.entries)
    for line in sheet.opening:
        taken.extend(
            cell
            for cell in line.filled
            if gemeenten.is_address(cell.text)
            and (addresses_raad(cell.text) or (not addressed and "," in cell.text))
        )
    column = _has_address_column(sheet, gemeenten)
    for entry in sheet.entries:
        if entry.veld is Veld.AAN:
            taken.extend(_named_addressees(entry))
        elif entry.veld in _WITH_EXTRA:
            taken.extend(_beside(sheet, entry, gemeenten, column=column))
    for line in sheet.part(Sectie.KOP):
        taken.extend(cell for cell in line.filled if gemeenten.is_address(cell.text))
    return sorted(taken, key=lambda cell: (cell.line, cell.start > 0))


def _named_addressees(entry: Entry) -> list[Cell]:
    """What stands behind 'Aan'; 'Gemeenteraden' alone is label and value at once."""
    if entry.values or key(entry.match.printed) == "aan":
        return entry.values
    return [Cell(text=entry.match.printed, line=entry.line)]


def _has_address_column(sheet: Sheet, gemeenten: Gemeenten) -> bool:
    """Whether addressees stand in a column of their own, beside the fields of the head."""
    return any(
        gemeenten.is_address(cell.text)
        for entry in sheet.entries
        if entry.veld in _WITH_EXTRA
        for cell in entry.values[1:]
    )


def _beside(sheet: Sheet, entry: Entry, gemeenten: Gemeenten, *, column: bool) -> list[Cell]:
    """The addressees beside a value. In their column every name counts, known or not."""
    subject = entry.veld is Veld.ONDERWERP
    if entry.loose and len(entry.values) == 1 and not subject:
        entry.values = gemeenten.cut_address(entry.values[0])
    extra = [
        cell
        for cell in entry.values[1:]
        if gemeenten.is_address(cell.text) or (column and not subject)
    ]
    entry.values = [cell for cell in entry.values if cell not in extra]
    if entry.veld in _ONE_CELL:
        strange = [cell for cell in entry.values[1:] if not re.search(r"\d", cell.text)]
        sheet.warnings.extend(_not_taken(entry, cell) for cell in strange)
        entry.values = [cell for cell in entry.values if cell not in strange]
    return extra


def _not_taken(entry: Entry, cell: Cell) -> Warning:
    """Words beside a value that are neither part of it nor known as an address."""
    shown = excerpt(cell.text, 60)
    return Warning(
        code=WarningCode.NIET_BEGREPEN,
        field=entry.veld.value,
        message=f"Naast {entry.veld.value} staat ‘{shown}’; dat is niet overgenomen.",
        line=cell.line,
        details={"gelezen": excerpt(cell.text, 200)},
    )


def _loose_date(head: Sequence[Line]) -> tuple[ReadDate, list[Warning]]:
    """A date on a line of its own above the salutation, with or without a place before it."""
    for line in head:
        text = line.single
        if text is None or not 6 <= len(text) <= 60 or not _DATE_LINE.match(text):
            continue
        read = read_date(text)
        if read.day is not None:
            return read, day_warnings(read, text, Veld.DATUM.value, line.number)
    return ReadDate(), []


def _without_place(warnings: list[Warning]) -> list[Warning]:
    """'Plaatsnaam, 28 mei 2026' is how letters are dated: the place is no doubt."""
    return [
        warning
        for warning in warnings
        if not (
            warning.code is WarningCode.TEKST_VERDACHT
            and warning.field == Veld.DATUM.value
            and _PLACE.match(str(warning.details.get("ruw", "")))
        )
    ]


def _gemeente(
    gemeenten: Gemeenten, senders: Sequence[str], cells: Sequence[Cell], kind: Kind
) -> str | None:
    """The gemeente whose college sends it; for a mededeling also the one that it addresses."""
    for text in senders:
        name = gemeenten.inside(text)
        if name:
            return name
    if kind is Kind.RAADSMEDEDELING:
        names = gemeenten.read(cells).names
        return names[0] if len(names) == 1 else None
    return None


def _addressees(
    gemeenten: Gemeenten,
    cells: Sequence[Cell],
    body: Sequence[Line],
    gemeente: str | None,
    kind: Kind,
) -> Addressees:
    """From the address; else from the salutation; a mededeling goes to the own raad."""
    read = gemeenten.read(cells)
    if not read.names and body and SALUTATION.match(body[0].text):
        name = gemeenten.inside(body[0].text)
        if name:
            return Addressees(names=(name,), written=read.written or (name,))
    own = kind is Kind.RAADSMEDEDELING or any(
        addresses_raad(text) and "raden" not in text.lower() for text in read.written
    )
    if not read.names and gemeente and own:
        doubts = () if all(_ORGAN.match(text) for text in read.written) else read.warnings
        return Addressees(names=(gemeente,), written=read.written, warnings=doubts)
    return read


def _college(sheet: Sheet, anchor: date | None, warnings: list[Warning]) -> date | None:
    """The day on which the college decided to send it."""
    value = scalar(sheet, Veld.DATUM_COLLEGE, warnings)
    if value is None:
        return None
    read = read_date(value, anchor)
    line = line_of(sheet, Veld.DATUM_COLLEGE)
    silent = frozenset({DateDoubt.ONTBREEKT})
    warnings.extend(day_warnings(read, value, Veld.DATUM_COLLEGE.value, line, silent=silent))
    return read.day


def _bijlagen(
    sheet: Sheet, body: Sequence[Line], lexicon: Lexicon, warnings: list[Warning]
) -> tuple[Bijlage, ...]:
    """Attachments from the head, or under a heading at the end of the letter."""
    head = [
        Line(number=cell.line, cells=(Cell(text=text.strip(), line=cell.line),))
        for entry in sheet.all(Veld.BIJLAGEN)
        for cell in entry.values
        for text in re.split(r"\s*[;\n]\s*", cell.text)
        if text.strip() and not text.strip().isdecimal()
    ]
    if head:
        return read_bijlagen(head, lexicon, warnings)
    section: list[Line] = []
    inside = False
    for line in body:
        if not inside and "bijlage" not in line.text[:60].lower():
            continue
        hits = [hit for hit in label_hits(lexicon, line, head=False) if hit.veld is Veld.BIJLAGEN]
        heading = heading_of(lexicon, line, fuzzy=False)
        if hits or (heading and heading.sectie is Sectie.BIJLAGEN):
            inside = True
            cells = hits[0].values if hits else ()
            if cells:
                section.append(Line(number=line.number, cells=cells[:1]))
        elif inside and (heading or len(line.text) > 300):
            inside = False
        elif inside:
            section.append(line)
    return read_bijlagen(section, lexicon, warnings)


def _missing(brief: Brief) -> list[Warning]:
    """What a letter needs before it can be kept: a subject, and a day of its own or the "
    "college's."""
    missing = []
    if not brief.onderwerp:
        missing.append(("onderwerp", "Het onderwerp van de brief is niet gevonden."))
    if not (brief.datum or brief.datum_periode or brief.datum_college):
        missing.append(("datum", "De datum van de brief is niet gevonden."))
    return [
        Warning(code=WarningCode.VELD_ONTBREEKT, field=field, message=message)
        for field, message in missing
    ]


def _unknown_sender() -> Warning:
    """A mededeling of a college that the definitions do not know."""
    return Warning(
        code=WarningCode.NIET_BEGREPEN,
        field="gemeente",
        message="Van welke gemeente de mededeling komt, is niet herkend; kies haar zelf.",
    )
