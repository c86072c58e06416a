"""Where a very long word in a heading may break, for browsers without Dutch hyphenation.

The stylesheet asks the browser to hyphenate; not every browser has the Dutch
patterns. A heading may not run off a small screen, so its longest words get
soft hyphens. Elsewhere text stays as it is, so that it can be copied and found.
"""

import re

LONG = 18  # letters; shorter words fit a screen of 390 pixels
EDGE = 4  # letters before the first and after the last break
APART = 2  # letters between two breaks
SOFT = "\u00ad"

_WORD = re.compile(rf"[^\W\d_]{{{LONG},}}")
_VOWELS = "aeiouyáéíóúàèäëïöü"
_ONSETS = ("sch", "ch", "bl", "br", "dr", "fl", "fr", "gl", "gr", "kl", "kr", "pl", "pr", "tr",
           "vl", "vr", "wr", "kn", "zw")  # fmt: skip
_SEAMS = re.compile(
    r"(?:ings|heids|gangs|raads|houders|schaps|leids|beheers|arbeids|over(?=\w{3}))", re.I
)
_BETWEEN = re.compile(rf"(?<=[{_VOWELS}])[^{_VOWELS}\W]+(?=[{_VOWELS}])", re.I)


def soft_hyphens(text: str) -> str:
    """The same text with soft hyphens in its words of LONG letters or more."""
    return _WORD.sub(lambda found: _broken(found[0]), text)


def _broken(word: str) -> str:
    """Breaks after a compound's binding s, and before the consonant that opens a syllable."""
    seams = {match.end() for match in _SEAMS.finditer(word)}
    places = seams | {
        place
        for match in _BETWEEN.finditer(word)
        if not any(match.start() < seam <= match.end() for seam in seams)
        for place in [match.end() - _opening(match[0].lower())]
    }
    kept: list[int] = []
    for place in sorted(places):
        near = kept and place - kept[-1] < APART
        if EDGE <= place <= len(word) - EDGE and not (near and place not in seams):
            kept.append(place)
    parts = [word[start:end] for start, end in zip([0, *kept], [*kept, len(word)], strict=True)]
    return SOFT.join(parts)


def _opening(consonants: str) -> int:
    """How many of these consonants belong to the next syllable."""
    return next((len(onset) for onset in _ONSETS if consonants.endswith(onset)), 1)
