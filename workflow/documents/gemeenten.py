"""Names of gemeenten in an address: as written, and by the name of the definitions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workflow.documents.line import Cell
from workflow.documents.warning import Warning, WarningCode
from workflow.domain.vocabulary import Vocabulary
from workflow.domain.words import close, excerpt, key

_LEAD = re.compile(
    r"^(?:aan:?\s+)?(?:de\s+)?(?:leden van\s+)?(?:de\s+)?(?:gemeenteraden|gemeenteraad"
    r"|raadsleden|raden|raad)\b"
    r"(?:\s+van)?(?:\s+(?:alle\s+)?(?:de\s+)?(?:deelnemende\s+)?(?:regio)?gemeenten?\b)?"
    r"(?:\s+(?:van|in|binnen) (?:de )?regio [\w ]{3,40})?\s*[:,]?\s*",
    re.IGNORECASE,
)
_GEMEENTE = re.compile(
    r"^(?:en\s+)?(?:de\s+)?(?:gemeenteraad van\s+|raad van\s+)?(?:de\s+)?(?:gemeente\s+)?", re.I
)
_SPLIT = re.compile(r"\s*[,;/\n•]\s*|\s+en\s+|\s*&\s*|^\s*[-–]\s+|\s+[-–]\s+")
_SMALL_WORDS = frozenset({"aan", "de", "den", "het", "en", "op", "van", "bij", "’s", "'s"})
_RAAD = re.compile(r"\b(?:gemeenteraad|gemeenteraden|raad|raden|raadsleden)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressees:
    """Gemeenten by their own name, the same as written, and the doubts."""

    names: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    warnings: tuple[Warning, ...] = ()


class Gemeenten:
    """The names of an organisation's gemeenten."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._names = {
            key(name): term.name
            for term in vocabulary.gemeenten
            for name in (*term.aliases, term.name)
            if key(name)
        }

    def exact(self, text: str) -> str | None:
        """The gemeente that a name is, whatever its case."""
        return self._names.get(key(_GEMEENTE.sub("", text.strip(), count=1)))

    def near(self, text: str) -> str | None:
        """The one gemeente that a misspelt name may be."""
        bare = _GEMEENTE.sub("", text.strip(), count=1)
        if len(bare) > 40:
            return None
        near = {name for known, name in self._names.items() if close(known, key(bare))}
        return near.pop() if len(near) == 1 else None

    def inside(self, text: str) -> str | None:
        """The gemeente named somewhere in a text, the longest name first."""
        words = f" {key(text[:500])} "
        for known in sorted(self._names, key=len, reverse=True):
            if f" {known} " in words:
                return self._names[known]
        return None

    def is_address(self, text: str) -> bool:
        """Whether a cell holds addressees: raden, or names of gemeenten and nothing else."""
        if len(text) > 400:
            return False
        lead = _LEAD.match(text)
        rest = text[lead.end() :] if lead else text
        pieces = _pieces(rest)
        known = sum(bool(self.exact(piece) or self.near(piece)) for piece in pieces)
        if lead:
            return not pieces or known * 2 >= len(pieces) or all(map(_like_a_name, pieces))
        return bool(pieces) and known * 2 > len(pieces)

    def cut_address(self, cell: Cell) -> list[Cell]:
        """A value and the addressees that stand one space behind it, apart."""
        words = cell.text.split(" ")
        for position in range(1, min(len(words), 12)):
            rest = " ".join(words[position:])
            lead = _LEAD.match(rest)
            pieces = _pieces(rest[lead.end() :] if lead else rest)
            if all(self.exact(piece) or self.near(piece) for piece in pieces) and (lead or pieces):
                value = Cell(text=" ".join(words[:position]), line=cell.line, start=cell.start)
                return [value, Cell(text=rest, line=cell.line, start=cell.start)]
        return [cell]

    def read(self, cells: Sequence[Cell]) -> Addressees:
        """The addressees in cells that belong together, in the order of the paper."""
        names: list[str] = []
        written: list[str] = []
        warnings: list[Warning] = []
        heads: list[str] = []
        for cell in cells:
            lead = _LEAD.match(cell.text)
            if lead:
                heads.append(cell.text[: lead.end()].strip(" :,"))
            for piece in _pieces(cell.text[lead.end() :] if lead else cell.text):
                written.append(piece)
                name, doubt = self._one(piece, cell.line)
                if name and name not in names:
                    names.append(name)
                if doubt:
                    warnings.append(doubt)
        return Addressees(
            names=tuple(names),
            written=tuple(written or heads[:1]),
            warnings=tuple(warnings),
        )

    def _one(self, piece: str, line: int) -> tuple[str | None, Warning | None]:
        """The gemeente of one name, with a warning when it is spelt otherwise or unknown."""
        name = self.exact(piece)
        bare = _GEMEENTE.sub("", piece.strip(), count=1)
        if name is not None and key(bare) == key(name):
            return name, None
        name = name or self.near(piece)
        shown = excerpt(piece, 60)
        if name is None:
            return None, Warning(
                code=WarningCode.NIET_BEGREPEN,
                field="geadresseerden",
                message=f"‘{shown}’ is geen gemeente uit de definities; kies haar zelf.",
                line=line,
                details={"gelezen": shown},
            )
        return name, Warning(
            code=WarningCode.NAAM_GENORMALISEERD,
            field="geadresseerden",
            message=f"Er staat ‘{shown}’; dat is gelezen als {name}.",
            line=line,
            details={"gelezen": shown, "als": name},
        )


def _like_a_name(piece: str) -> bool:
    """A short text of words with a capital: a gemeente that the definitions do not know."""
    return len(piece) <= 40 and all(
        word[:1].isupper() or word in _SMALL_WORDS for word in _GEMEENTE.sub("", piece).split()
    )


def addresses_raad(text: str) -> bool:
    """Whether a text names a gemeenteraad."""
    return bool(_RAAD.search(text[:400]))


def _pieces(text: str) -> list[str]:
    """The names between separators."""
    pieces = (piece.strip(" .:-–\t") for piece in _SPLIT.split(text.strip()))
    return [piece for piece in pieces if piece]
