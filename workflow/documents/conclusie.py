"""The cell 'Conclusie': the words stay verbatim, the code drives the machine.

A code is given only for words that mean nothing else. A negation never becomes
`akkoord`; what is not understood stays without a code, with `conclusie_onbekend`.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from workflow.documents.lexicon import Lexicon
from workflow.domain.behandeling import ConclusieCode as Code
from workflow.domain.words import close, excerpt, key

_OPEN = re.compile(
    r"(?:n v t|nvt|volgt(?: nog)?|p m|pm|open|geen|geen conclusie|in behandeling|gepland"
    r"|geagendeerd"
    r"|concept|onbekend|t z t|n t b|ntb|x|nog .*|wordt .*|moet nog .*|te bespreken|te behandelen"
    r"|conclusie volgt|besluit volgt|datum volgt|zie .{0,40}|)"
)
_HARMLESS = re.compile(
    r"\b(?:zonder|geen)(?: (?:verdere|nadere|inhoudelijke|enkele|enig|enige|op of))?"
    r" (?:opmerking|aanmerking|wijziging|aanvulling|bijzonderhed|bezwar|bezwaar|discussie"
    r"|beraadslaging"
    r"|voorbehoud|kanttekening|stemming|aanpassing|toelichting|vragen|voorwaarde)\w*"
    r"|\bniet (?:besproken|behandeld)\b"
)
_PARTLY = re.compile(r"\b(?:deels|gedeeltelijk|ten dele|partieel|deel(?=s? akkoord))\b")
_NO = re.compile(
    r"\b(?:niet|geen|nooit|nee|noch|zonder|nog|tenzij|maar|behalve|uitgezonderd|behoudens"
    r"|echter|on|vooralsnog)\b"
)
_REFUSED = re.compile(
    r"\b(?:niet (?:mee )?(?:akkoord|accoord|eens|ingestemd|goedgekeurd|aangenomen|mee eens)"
    r"|stemt? niet in|stemmen niet in|geen (?:akkoord|accoord|instemming|goedkeuring|steun)"
    r"|afgewezen|verworpen|afgekeurd|negatief(?: geadviseerd| advies)?|negatief advies"
    r"|adviseert negatief|wijst af|afwijzend)\b"
)
_AGREED = re.compile(
    r"\b(?:akkoord|accoord|ingestemd|instemming|stemt in|stemmen in|goedgekeurd|goedkeuring"
    r"|positief(?: geadviseerd| advies)?|conform|mee eens|aangenomen|overgenomen)\b"
)
_WITHDRAWN = re.compile(r"\b(?:teruggenomen|ingetrokken|terug genomen|trekt (?:het )?.{0,30} in)\b")
_BACK = re.compile(
    r"\b(?:terug|retour|teruggestuurd|teruggezonden|teruggegeven|terugverwezen|terug gestuurd)"
    r"(?: \w+){0,3} (?:opsteller|opstellers|steller|indiener|auteur|contactpersoon"
    r"|schrijver|ambtelijk\w*"
    r"|voorbereiding|tekentafel|organisatie)\b"
    r"|^(?:retour|teruggestuurd|teruggezonden|terug gestuurd)$"
)
_HELD = re.compile(r"\b(?:aangehouden|aanhouden|houdt? .{0,30} aan|aan gehouden)\b")
_REFERRED = re.compile(
    r"\b(?:verwezen|doorverwezen|doorgestuurd|doorgezonden|doorgeleid|terugverwezen"
    r"|verwijst|verwijzen"
    r"|door naar|terug naar)\b"
)
_RESERVED = re.compile(r"\b(?:onder (?:\w+ )?voorbehoud|o v b|ovb|voorbehoud|voorbehouden)\b")
_PROVIDED = re.compile(
    r"\b(?:mits|met dien verstande|onder (?:de )?(?:\w+ )?voorwaarden?|op voorwaarde"
    r"|met inachtneming"
    r"|voorwaardelijk)\b"
)
_CHANGED = re.compile(
    r"\b(?:gewijzigd|geamendeerd|aangepast|met (?:\w+ ){0,2}(?:wijziging|aanpassing"
    r"|amendement)\w*)\b"
)
_ADOPTED = re.compile(r"\b(?:vastgesteld|vast gesteld|stelt? .{0,60}vast)\b")
_NOTED = re.compile(
    r"\b(?:kennis ?genomen|neemt kennis|nemen kennis|(?:voor|ter) kennisgeving(?: aangenomen)?"
    r"|ter kennisname(?: aangenomen)?|geinformeerd|kennisname)\b"
)
_DISCUSSED = re.compile(r"\b(?:besproken|bediscussieerd)\b")
_ADVERSE = re.compile(r"\b(?:opmerking|kanttekening|wijziging|aanpassing|aanvulling|amendement)\w*")
_POINTS = re.compile(r"\d")
_ELSEWHERE = re.compile("|".join(p.pattern for p in (_HELD, _WITHDRAWN, _BACK, _REFERRED)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadConclusie:
    """`code` is None when the words are no conclusion that we know; `reason` then says so.

    `treated` is false for a cell that holds no conclusion: empty, a dash, 'n.v.t.'.
    """

    code: Code | None
    treated: bool
    reason: str = ""


@lru_cache(maxsize=2048)
def read_conclusie(cell: str, lexicon: Lexicon) -> ReadConclusie:
    """The code for the words of a cell. An empty cell is simply not treated yet."""
    code, treated = meaning_of(cell, lexicon)
    if code is not None or not cell.strip():
        return ReadConclusie(code=code, treated=treated)
    shown = excerpt(cell, 80)
    if not treated:
        reason = f"‘{shown}’ is geen conclusie; de rij geldt als nog niet behandeld."
        return ReadConclusie(code=None, treated=False, reason=reason)
    near = _near(key(cell[:2000]))
    hint = f" Het lijkt op ‘{near}’." if near else ""
    reason = f"‘{shown}’ is geen conclusie die wij kennen; kies zelf de code.{hint}"
    return ReadConclusie(code=None, treated=True, reason=reason)


def meaning_of(cell: str, lexicon: Lexicon) -> tuple[Code | None, bool]:
    """The code for the words of a cell, and whether they are a conclusion at all."""
    words = key(cell[:2000])
    if words in lexicon.conclusies and "?" not in cell:
        return lexicon.conclusies[words], True
    if _OPEN.fullmatch(words):
        return None, False
    return (_code(words) if len(words) <= 600 and "?" not in cell else None), True


def _code(words: str) -> Code | None:
    """The one meaning of the words, or None."""
    words = " ".join(_HARMLESS.sub(" ", words).split())
    refused = bool(_REFUSED.search(words))
    without_refusal = " ".join(_REFUSED.sub(" ", words).split())
    negated = bool(_NO.search(without_refusal))
    agreed = bool(_AGREED.search(without_refusal) or _ADOPTED.search(without_refusal))
    if agreed and (refused or negated or _HELD.search(words)):
        return _mixed(words)
    if refused and _ELSEWHERE.search(words):
        return None  # 'niet akkoord, aangehouden': a refusal ends the case, the other does not
    if refused:
        return Code.DEELS_AKKOORD if _PARTLY.search(words) else Code.NIET_AKKOORD
    if negated:
        return _despite_negation(words)
    return _plain(words)


def _mixed(words: str) -> Code | None:
    """Agreement and its opposite in one cell: partly, when points are named; else unknown."""
    if re.search(r"\b(?:niet|nog niet|geen)\b(?: \w+){0,3} (?:akkoord|vastgesteld|conform)", words):
        split = _POINTS.search(words) or _PARTLY.search(words)
        positive = _REFUSED.sub(" ", words)
        positive = re.sub(
            r"\b(?:nog )?(?:niet|geen)(?: \w+){0,3} (?:akkoord|vastgesteld)", " ", positive
        )
        return Code.DEELS_AKKOORD if split and _AGREED.search(positive) else None
    if _PARTLY.search(words):
        return Code.DEELS_AKKOORD
    condition = _PROVIDED.search(words)
    if condition and not _NO.search(words[: condition.start()]):
        return Code.AKKOORD_MITS  # a negation in the condition is none of the conclusion
    if _POINTS.search(words) and (_HELD.search(words) or re.search(r"\bniet\b", words)):
        return Code.DEELS_AKKOORD
    return None


def _despite_negation(words: str) -> Code | None:
    """Words with a negation that is not about the conclusion itself."""
    head = re.split(
        r"\b(?:tot|totdat|omdat|want|wegens|vanwege|zolang|naar|ivm|in verband)\b", words
    )[0]
    if _NO.search(head):
        return None
    for pattern, code in ((_HELD, Code.AANGEHOUDEN), (_WITHDRAWN, Code.TERUGGENOMEN)):
        if pattern.search(head):
            return code
    return None


def _plain(words: str) -> Code | None:
    """The first meaning that fits words without a negation; the order is by strength."""
    if _PARTLY.search(words) and _AGREED.search(words):
        return Code.DEELS_AKKOORD
    for pattern, code in (
        (_WITHDRAWN, Code.TERUGGENOMEN),
        (_BACK, Code.TERUG_NAAR_OPSTELLER),
        (_HELD, Code.AANGEHOUDEN),
        (_RESERVED, Code.ONDER_VOORBEHOUD),
        (_PROVIDED, Code.AKKOORD_MITS),
        (_NOTED, Code.KENNISGENOMEN),
        (_REFERRED, Code.VERWEZEN),
    ):
        if not pattern.search(words):
            continue
        if code is Code.KENNISGENOMEN and _AGREED.search(_NOTED.sub(" ", words)):
            continue  # noted and agreed: the agreement counts
        if code is Code.AKKOORD_MITS and not (_AGREED.search(words) or _ADOPTED.search(words)):
            return None
        return code
    return _agreement(words)


def _agreement(words: str) -> Code | None:
    """Adopted, agreed or discussed; agreement with remarks is left to a person."""
    if _ADOPTED.search(words):
        if re.search(r"\bongewijzigd\b", words):
            return Code.VASTGESTELD
        return Code.GEWIJZIGD_VASTGESTELD if _CHANGED.search(words) else Code.VASTGESTELD
    if _AGREED.search(words):
        if _ADVERSE.search(words) or (_CHANGED.search(words) and "ongewijzigd" not in words):
            return None
        return None if _POINTS.search(words) and "punt" in words else Code.AKKOORD
    return Code.BESPROKEN if _DISCUSSED.search(words) else None


def _near(words: str) -> str | None:
    """A single spoilt word that resembles a conclusion: a hint, never a code."""
    if len(words) > 30:
        return None
    near = [
        code.value for code in Code if close(words.replace(" ", ""), code.value.replace("_", ""))
    ]
    return near[0] if len(near) == 1 else None
