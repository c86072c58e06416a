"""A stream of lines becomes sheets: labelled values, and the lines of each section."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from workflow.documents.doel import is_doel
from workflow.documents.hits import (
    Heading,
    Hit,
    heading_of,
    is_item_header,
    label_hits,
    may_be_known,
    table_columns,
)
from workflow.documents.labels import Match
from workflow.documents.lexicon import Lexicon
from workflow.documents.line import Cell, Line
from workflow.documents.warning import Warning, WarningCode
from workflow.domain.paper import Sectie, Veld
from workflow.domain.words import excerpt

_WRAPS = frozenset(
    {
        Veld.ONDERWERP,
        Veld.CONTACTPERSOON,
        Veld.EMAIL,
        Veld.EENHEID,
        Veld.AAN,
        Veld.PORTEFEUILLEHOUDER,
    }
)
_LATE = frozenset(  # found outside the head they count as well
    {
        Veld.ONDERWERP,
        Veld.KENMERK,
        Veld.CONTACTPERSOON,
        Veld.EMAIL,
        Veld.EENHEID,
        Veld.VERSPREIDEN,
        Veld.DATUM,
    }
)
_STARTS = frozenset({Veld.ONDERWERP, Veld.KENMERK})
_MAIN = frozenset(
    {Sectie.VOORSTEL, Sectie.BEHANDELING, Sectie.TOELICHTING, Sectie.BIJLAGEN, Sectie.KOP}
)


@dataclass(slots=True, kw_only=True)
class Entry:
    """A label on paper with its values; `extra` are cells beyond the value's column."""

    veld: Veld
    line: int
    values: list[Cell] = field(default_factory=list)
    table: bool = False
    loose: bool = False  # label and value one space apart
    match: Match


@dataclass(slots=True, kw_only=True)
class Sheet:
    """One voorblad, oplegnotitie or head of a letter, in parts."""

    entries: list[Entry] = field(default_factory=list)
    sections: dict[Sectie, list[Line]] = field(default_factory=dict)
    opening: list[Line] = field(default_factory=list)  # before the first label
    addressed: str | None = None  # 'het DO' from 'Voorstel aan het DO'
    addressed_line: int | None = None
    warnings: list[Warning] = field(default_factory=list)

    def first(self, *velden: Veld) -> Entry | None:
        """The first entry of these fields that has a value, else the first at all."""
        found = [entry for entry in self.entries if entry.veld in velden]
        return next((entry for entry in found if entry.values), found[0] if found else None)

    def all(self, veld: Veld) -> list[Entry]:
        """All entries of a field that have a value."""
        return [entry for entry in self.entries if entry.veld is veld and entry.values]

    def part(self, sectie: Sectie) -> list[Line]:
        """The lines of a section, in order."""
        return self.sections.get(sectie, [])


def split_sheets(lines: Sequence[Line], lexicon: Lexicon) -> list[Sheet]:
    """The sheets of a paper in order; always at least one."""
    splitter = _Splitter(lines, lexicon)
    for index in range(len(lines)):
        splitter.feed(index)
    return splitter.sheets


_READ_CLOSELY = 3000  # lines; after that a spoilt label is text, so that size costs no time


class _Splitter:
    """Walks over the lines once; looks at most a few lines ahead."""

    def __init__(self, lines: Sequence[Line], lexicon: Lexicon) -> None:
        self.lines, self.lexicon = lines, lexicon
        self.sheets = [Sheet()]
        self.sectie = Sectie.KOP
        self.entry: Entry | None = None
        self.leads: dict[int, bool | None] = {}  # by line: each is looked at once
        self.blank_since = False
        self.after_blank = True
        self.stacked = False  # a value stood below its label
        self.awaits_text = False  # the line before was 'Bijlage 2.' and nothing else

    @property
    def sheet(self) -> Sheet:
        """The sheet being filled."""
        return self.sheets[-1]

    def feed(self, index: int) -> None:
        """Take one line to the field or section it belongs to."""
        line = self.lines[index]
        if line.blank:
            self.blank_since = self.after_blank = True
            self._append(line)
            return
        known = (index < _READ_CLOSELY or may_be_known(self.lexicon, line)) and (
            self._behandel_header(index, line)
            or self._heading(index, line)
            or self._labels(index, line)
            or self._item(line)
        )
        if not (known or self._continues(line)):
            self._append(line)
        self.after_blank = False
        only = line.single
        self.awaits_text = only is not None and self.lexicon.is_numbered_item(only)

    # --- sections

    def _start(self, sectie: Sectie) -> None:
        """Go on in another section."""
        self.sectie = sectie
        self.entry = None
        self.sheet.sections.setdefault(sectie, [])

    def _append(self, line: Line) -> None:
        """Keep a line with its section; before the first label it is the opening."""
        if self.sectie is Sectie.KOP:
            if self.sheet.entries:
                if not line.blank:
                    self.sheet.sections.setdefault(Sectie.KOP, []).append(line)
            else:
                self.sheet.opening.append(line)
            return
        self.sheet.sections.setdefault(self.sectie, []).append(line)

    def _behandel_header(self, index: int, line: Line) -> bool:
        """The header row of the table 'Behandeling' opens that section, heading or not."""
        if self.sectie is Sectie.BEHANDELING:
            return False
        if table_columns(self.lexicon, line) is None and not self._stacked_header(index):
            return False
        if self.sectie in {Sectie.TEKST, Sectie.TOELICHTING} and self._has(Sectie.BEHANDELING):
            return False
        self._start(Sectie.BEHANDELING)
        self._append(line)
        return True

    def _stacked_header(self, index: int) -> bool:
        """Header cells each on a line of their own, at least three of them."""
        found = set()
        first = self.lines[index].single
        if first is None or len(first) > 40 or self.lexicon.columns.find(first) is None:
            return False
        for line in self._ahead(index, 4):
            text = line.single
            match = self.lexicon.columns.find(text) if text else None
            if match is None:
                break
            found.add(match.meaning)
        return len(found) >= 3

    def _ahead(self, index: int, count: int) -> list[Line]:
        """This line and the next ones that are not blank."""
        found = []
        for line in self.lines[index : index + count * 3]:
            if not line.blank:
                found.append(line)
            if len(found) == count:
                break
        return found

    def _has(self, sectie: Sectie) -> bool:
        """The sheet holds lines of this section."""
        return any(not line.blank for line in self.sheet.part(sectie))

    def _heading(self, index: int, line: Line) -> bool:
        """A heading opens its section, or a second sheet."""
        close = index < _READ_CLOSELY and (self.after_blank or line.level > 0)
        heading = heading_of(self.lexicon, line, fuzzy=close)
        if heading is None or not self._counts(heading, line):
            return self._unknown_heading(line)
        sectie = heading.sectie
        if sectie is Sectie.KOP:
            if any(entry.veld in _STARTS for entry in self.sheet.entries):
                self.sheets.append(Sheet())
        elif sectie is Sectie.VOORSTEL and self._has(sectie):
            self.sheets.append(Sheet())
        if sectie is Sectie.BEKNOPT:
            sectie = Sectie.TOELICHTING
        self._start(sectie)
        self._note_heading(heading, line)
        if heading.rest:
            self._append(Line(number=line.number, cells=heading.rest, table=len(heading.rest) > 1))
        return True

    def _counts(self, heading: Heading, line: Line) -> bool:
        """Whether a word that may be a heading is one here."""
        sectie, word = heading.sectie, heading.match.word
        if self.sectie in {Sectie.VOORSTEL, Sectie.BIJLAGEN} and not line.level:
            if heading.rest and sectie is self.sectie:
                return False  # 'Voorstel | tekst': an item without its number
            part = sectie in _MAIN and heading.match.exact and self.after_blank
            if self.awaits_text or (line.filled[0].text[:1].isdigit() and not part):
                return False  # the text of 'Bijlage 2.', or of '3. Planning'
            listed = self.sectie is Sectie.BIJLAGEN and not self.after_blank
            if sectie is Sectie.TEKST and listed:
                return False  # 'Planning' in a list of attachments
        if self.sectie is Sectie.BEHANDELING and not line.level:
            cell = line.filled[0].text  # 'Besluitvorming' is a purpose in a table
            return self.lexicon.columns.exact(word) is None and not is_doel(cell, self.lexicon)
        if sectie is Sectie.TEKST and self.sectie is Sectie.TOELICHTING:
            return False  # its own sub-headings stay in the text
        if sectie is Sectie.TEKST and self.sectie is Sectie.KOP and not line.level:
            return bool(self.sheet.entries) and (self.entry is None or bool(self.entry.values))
        return not (self.sectie in {Sectie.TEKST, Sectie.TOELICHTING} and word == "besluit")

    def _unknown_heading(self, line: Line) -> bool:
        """A heading marked as such that we do not know ends the lists, not the text."""
        if not line.level or self.sectie in {Sectie.KOP, Sectie.TOELICHTING, Sectie.TEKST}:
            return False
        if self.lexicon.is_numbered_item(line.cells[0].text) or label_hits(
            self.lexicon, line, head=False
        ):
            return False
        self._start(Sectie.TEKST)
        self._append(line)
        return True

    def _note_heading(self, heading: Heading, line: Line) -> None:
        """Remember whom a heading addresses, and that it was spelt otherwise."""
        if heading.addressed and self.sheet.addressed is None:
            self.sheet.addressed = heading.addressed
            self.sheet.addressed_line = line.number
        if heading.sectie is Sectie.TEKST:
            self._append(line)
        if not heading.match.exact:
            self.sheet.warnings.append(_corrected(heading.match, line.number, None))

    # --- labels

    def _labels(self, index: int, line: Line) -> bool:
        """Values with their labels."""
        head = self.sectie is Sectie.KOP
        if self.sectie is Sectie.BEHANDELING and (
            table_columns(self.lexicon, line) is not None or self._label_run(index) < 2
        ):
            return False
        hits = label_hits(self.lexicon, line, head=head and index < _READ_CLOSELY)
        if self.stacked and self.entry and not self.entry.values:
            hits = [hit for hit in hits if not hit.loose]  # 'Team Zorg' below 'Contactpersoon'
        if head:
            hits = [hit for hit in hits if self._fits_head(hit)]
        elif hits and not self._late(index, hits):
            return False
        if not hits:
            return False
        if not head and self._label_run(index) >= 2:
            if any(hit.veld in _STARTS and self.sheet.first(hit.veld) for hit in hits):
                self.sheets.append(Sheet())
            self._start(Sectie.KOP)
        for hit in hits:
            self._add(hit)
        return True

    def _fits_head(self, hit: Hit) -> bool:
        """A label alone that continues a wrapped value is rare; an empty second one is that."""
        return not (hit.veld is Veld.BIJLAGEN and not hit.values)

    def _late(self, index: int, hits: list[Hit]) -> bool:
        """Labels outside the head: a run of them, or a field that is still missing."""
        if all(hit.veld not in _LATE for hit in hits):
            return False
        if self._label_run(index) >= 2:
            return True
        return (
            all(
                hit.veld in _LATE and hit.values and self.sheet.first(hit.veld) is None
                for hit in hits
            )
            and self.sectie is not Sectie.VOORSTEL
        )

    def _label_run(self, index: int) -> int:
        """How many of the next lines start with a label."""
        run = 0
        for line in self._ahead(index, 4):
            if id(line) not in self.leads:
                self.leads[id(line)] = self._lead(line)
            lead = self.leads[id(line)]
            if lead is None:
                break
            run += lead
        return run

    def _lead(self, line: Line) -> bool | None:
        """Whether a line starts with a label; None when it opens a table or section."""
        if table_columns(self.lexicon, line) is not None:
            return None
        if heading_of(self.lexicon, line, fuzzy=False) is not None:
            return None
        return any(hit.veld in _LATE for hit in label_hits(self.lexicon, line, head=False))

    def _add(self, hit: Hit) -> None:
        """Keep a label and its values; a spoilt label is named."""
        self.entry = Entry(
            veld=hit.veld,
            line=hit.line,
            values=list(hit.values),
            table=hit.table,
            loose=hit.loose,
            match=hit.match,
        )
        self.sheet.entries.append(self.entry)
        self.blank_since = False
        if not hit.match.exact:
            veld = None if hit.veld is Veld.ANDERS else hit.veld.value
            self.sheet.warnings.append(_corrected(hit.match, hit.line, veld))

    # --- what has no label

    def _item(self, line: Line) -> bool:
        """'Voorstel 1.' or 'Nummer | Omschrijving' without a heading above it."""
        if self.sectie is Sectie.TEKST or self.sectie is Sectie.TOELICHTING:
            return False
        first = line.cells[0].text if line.cells else ""
        opens = (
            self.sectie is Sectie.KOP
            and bool(self.sheet.entries)
            and self.lexicon.begins_item(first)
        )
        if not self.lexicon.is_numbered_item(first) and not opens:
            if (
                self.sectie is Sectie.KOP
                and is_item_header(self.lexicon, line)
                and self.sheet.entries
            ):
                self._start(Sectie.VOORSTEL)
                return True
            return False
        sectie = Sectie.BIJLAGEN if self.lexicon.names_attachment(first) else Sectie.VOORSTEL
        if sectie is self.sectie or (sectie is Sectie.VOORSTEL and self._has(sectie)):
            return False
        self._start(sectie)
        self._append(line)
        return True

    def _continues(self, line: Line) -> bool:
        """A value that goes on: below its label, wrapped, or in further rows of its cell."""
        entry = self.entry
        if self.sectie is not Sectie.KOP or entry is None:
            return False
        if line.table:
            if not line.cells[0].text:
                entry.values.extend(line.filled)
                return True
            if len(line.filled) > 1 and self.sheet.entries:
                self._not_understood(line)
                return False
        if not entry.values and not (entry.table and self.blank_since):
            entry.values.extend(line.filled)
            self.blank_since, self.stacked = False, not entry.table
            return True
        if entry.values and not self.blank_since and entry.veld in _WRAPS:
            entry.values.extend(line.filled)
            return True
        return False

    def _not_understood(self, line: Line) -> None:
        """A row of the head with a label that we do not know is said, not dropped."""
        label = excerpt(line.filled[0].text, 40)
        self.sheet.warnings.append(
            Warning(
                code=WarningCode.NIET_BEGREPEN,
                message=f"Het label ‘{label}’ is niet bekend; de waarde is niet overgenomen.",
                line=line.number,
                details={"label": label, "waarde": excerpt(line.text, 200)},
            )
        )


def _corrected(match: Match, line: int, veld: str | None) -> Warning:
    """A label or heading that was read as another word."""
    printed = excerpt(match.printed, 50)
    return Warning(
        code=WarningCode.LABEL_GECORRIGEERD,
        field=veld,
        message=f"Er staat ‘{printed}’; dat is gelezen als ‘{match.word}’.",
        line=line,
        details={"gelezen": printed, "als": match.word},
    )
