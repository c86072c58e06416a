"""What a letter refers to: kenmerken, and reports and plans by their names."""

import re
from collections.abc import Iterable

from workflow.domain.words import key

_KENMERK = re.compile(
    r"\b(?:kenmerk|voorstel|zaaknummer|nummer|nr\.?|registratienummer"
    r"|documentnummer)\s{0,2}[:#]?\s{0,2}"
    r"\(?([A-Z]{0,5}[-.]?\d[\d.\-/]{4,14}\d)",
    re.IGNORECASE,
)
_OUTRIGHT = re.compile(r"\b(DOC-\d{6,10}|\d{2}\.\d{7}|2\d{7})\b")
_LINK = re.compile(r"\[((?:[^\[\]\\]|\\.){3,200})\]\([^()\s]{0,300}\)")
_WORK = re.compile(
    r"\b((?:[Bb]eleidsplan|[Uu]itvoeringsprogramma|[Vv]oortgangsrapportage|[Rr]aadsinformatiebrief)"
    r"(?: (?:beleidsplan|programma|regionaal|regionale))?"
    r" [A-Z][\w&'’-]{0,30}(?:,? (?:en|&|van|de|het|in|[A-Z][\w&'’-]{0,30})){0,10}"
    r"(?:,? ['‘\"][^'’\"]{3,60}['’\"])?,? \(?\d{4} ?[-–] ?\d{4}\)?)"
)
_NAMED = re.compile(
    r"rapport|plan|programma|brief|visie|nota|voorstel|besluit|evaluatie|convenant", re.I
)


def read_references(texts: Iterable[str], own: Iterable[str | None]) -> tuple[str, ...]:
    """Each reference once, in the order of the text; the letter's own numbers left out."""
    skip = {key(text) for text in own if text}
    found: dict[str, str] = {}
    for text in texts:
        hits: list[tuple[int, str]] = []
        for pattern in (_KENMERK, _OUTRIGHT):
            hits.extend((match.start(1), match[1]) for match in pattern.finditer(text))
        for match in _LINK.finditer(text):
            shown = re.sub(r"\\(.)", r"\1", match[1])
            before = text[max(0, match.start() - 25) : match.start()]
            if _NAMED.search(shown) or _NAMED.search(before):
                hits.append((match.start(), shown))
        hits.extend((match.start(), match[1]) for match in _WORK.finditer(text))
        for _, reference in sorted(hits, key=lambda hit: hit[0]):
            if key(reference) not in skip:
                found.setdefault(key(reference), " ".join(reference.split()))
    return tuple(found.values())
