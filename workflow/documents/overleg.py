"""Which overleg a name on paper means, by the names that the organisation's definitions give.

An alias means one overleg. A bare name is shared by several: it is resolved by the
theme of the paper and the day of the meeting, and always said to be derived. What is
not certain has no code; a short name such as an abbreviation is never guessed.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from workflow.documents.warning import WarningCode
from workflow.domain.behandeling import Soort
from workflow.domain.vocabulary import OverlegTerm, Vocabulary
from workflow.domain.words import close, distance, excerpt, key, scanned

_TOKENS = {
    "ao": Soort.AO,
    "bo": Soort.BO,
    "do": Soort.DO,
    "pfho": Soort.PFHO,
    "dvc": Soort.DVC,
    "db": Soort.DB,
    "ab": Soort.AB,
    "college": Soort.COLLEGE,
    "colleges": Soort.COLLEGES,
    "raad": Soort.RAAD,
    "gemeenteraad": Soort.RAAD,
    "raden": Soort.RADEN,
    "gemeenteraden": Soort.RADEN,
}
_PHRASES = (
    (re.compile(r"\bambtelijke?(?: \w+){0,1} overleg\b"), Soort.AO),
    (re.compile(r"\bbestuurlijke?(?: \w+){0,1} overleg\b"), Soort.BO),
    (re.compile(r"\bdirectie ?(?:uren)?overleg\b|\bdirecteuren ?overleg\b"), Soort.DO),
    (re.compile(r"\bportefeuillehouders? ?overleg\b"), Soort.PFHO),
    (re.compile(r"\bdistrictelijk veiligheids ?college\b"), Soort.DVC),
    (re.compile(r"\bdagelijks bestuur\b"), Soort.DB),
    (re.compile(r"\balgemeen bestuur\b"), Soort.AB),
    (re.compile(r"\bcolleges van b(?:urgemeesters?)? en w(?:ethouders)?\b"), Soort.COLLEGES),
    (re.compile(r"\bcollege van b(?:urgemeester)? en w(?:ethouders)?\b|\bb en w\b"), Soort.COLLEGE),
)
_JOINERS = re.compile(r"\s+en\s+|\s*[/+,;]\s*|\s+&\s+", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:(?:in|aan|naar) )?(?:het|de) (?=\S)", re.IGNORECASE)
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]{0,100}[)\]]\s*")
_MOST_TRIES = 500  # names that are looked up for a scanning fault
_LONGEST = 200  # characters; a longer cell is a text


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """How strongly a paper points at each theme, by code."""

    themes: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOverleg:
    """The overleggen that a name means (a joint meeting has several); none when unsure."""

    soort: Soort
    codes: tuple[str, ...] = ()
    warning: WarningCode | None = None
    reason: str = ""
    details: dict[str, object] = field(default_factory=dict)


def soort_of(name: str) -> Soort | None:
    """The kind of overleg that a name says outright, by its first word that is one."""
    words = key(name[:_LONGEST])
    tokens = words.split()
    hits = [(tokens.index(token), soort) for token, soort in _TOKENS.items() if token in tokens]
    for pattern, soort in _PHRASES:
        match = pattern.search(words)
        if match:
            hits.append((words[: match.start()].count(" "), soort))
    return min(hits, key=lambda hit: hit[0])[1] if hits else None


def weigh_themes(
    vocabulary: Vocabulary,
    *,
    subject: str,
    texts: Iterable[str],
    unit: str | None,
    emails: Sequence[str],
) -> Evidence:
    """Count what points at each theme: subject most, then unit, text and mail domains."""
    subject_key, text_key = f" {key(subject)} ", f" {key(' '.join(texts))[:200_000]} "
    unit_key = key(unit or "")
    domains = {email.rpartition("@")[2].lower() for email in emails}
    weights: dict[str, int] = {}
    for theme in vocabulary.themes:
        words = [f" {key(word)} " for word in theme.words if key(word)]
        weight = 8 * sum(word in subject_key for word in words)
        weight += sum(min(3, text_key.count(word)) for word in words)
        weight += 2 * any(key(name) == unit_key for name in theme.units if unit_key)
        weight += len(domains & {domain.lower() for domain in theme.mail_domains})
        if weight:
            weights[theme.code] = weight
    return Evidence(themes=weights)


class OverlegNames:
    """The names of one organisation's overleggen, ready for use."""

    def __init__(self, vocabulary: Vocabulary, evidence: Evidence) -> None:
        self._evidence = evidence
        self._terms = {term.code: term for term in vocabulary.overleggen}
        self._aliases: dict[str, list[OverlegTerm]] = {}
        self._bare: dict[str, list[OverlegTerm]] = {}
        for term in vocabulary.overleggen:
            bare = {key(name) for name in term.bare_names}
            for name in (term.name, *term.aliases):
                if key(name) and key(name) not in bare:
                    self._put(self._aliases, name, term)
            for name in term.bare_names:
                self._put(self._bare, name, term)
        self._joint = {_tight(name): codes for name, codes in vocabulary.joint}
        self._words = {
            _tight(name): (scanned(name), key(name).split())
            for term in vocabulary.overleggen
            for name in (term.name, *term.aliases, *term.bare_names)
        }
        self._tries = _MOST_TRIES
        self._seen: dict[tuple[str, date | None], ReadOverleg] = {}

    @staticmethod
    def _put(table: dict[str, list[OverlegTerm]], name: str, term: OverlegTerm) -> None:
        """Add a name once."""
        terms = table.setdefault(_tight(name), [])
        if term not in terms:
            terms.append(term)

    def learn(self, names: Iterable[str]) -> None:
        """Let the overleggen that a table names outright count as a hint for its bare names."""
        themes = dict(self._evidence.themes)
        for name in set(names):
            codes = self._joint.get(_tight(name), ())
            terms = [self._terms[code] for code in codes if code in self._terms]
            for term in (*terms, *self._aliases.get(_tight(name), ())):
                for theme in term.themes:
                    themes[theme] = themes.get(theme, 0) + 1
        self._evidence = Evidence(themes=themes)
        self._seen.clear()

    def resolve(self, name: str, day: date | None) -> ReadOverleg:
        """What a name means on a day (None: the day is not known)."""
        asked = (name[: _LONGEST + 1], day)
        if asked not in self._seen:
            self._seen[asked] = self._resolve(name, day)
        return self._seen[asked]

    def is_named(self, name: str) -> bool:
        """Whether a cell is a name from the definitions."""
        tight = _tight(name) if len(name) <= _LONGEST else ""
        return bool(tight) and any(
            tight in table for table in (self._joint, self._aliases, self._bare)
        )

    def soort_of(self, name: str) -> Soort | None:
        """The kind that a name of the definitions has, or that any name says outright."""
        if self.is_named(name) or self.is_named(_ARTICLE.sub("", name.strip())):
            return self.resolve(name, None).soort
        return soort_of(name)

    def knows(self, name: str) -> bool:
        """Whether a cell is the name of an overleg, or begins with the word for its kind."""
        if self.is_named(name):
            return True
        first = key(name[:80]).split(" ", 1)[0]
        return len(name) <= 80 and (first in _TOKENS or _only_soort(name) is not None)

    def _resolve(self, name: str, day: date | None) -> ReadOverleg:
        """Try the certain meanings first, the derived ones after."""
        if len(name) > _LONGEST:
            return self._unknown(name)
        exact = self._exact(name, day)
        if exact is not None:
            return exact
        bare = self._bare_name(name, day)
        if bare is not None:
            return bare
        without_aside = _ASIDE.sub(" ", name).strip()
        if without_aside and without_aside != name.strip():
            inner = self._resolve(without_aside, day)
            if inner.codes:
                return self._derived(inner.soort, inner.codes, name, "zonder de woorden erbij")
        without_article = _ARTICLE.sub("", name.strip())
        if without_article != name.strip():
            return self._resolve(without_article, day)
        parts = self._parts(name, day)
        if parts is not None:
            return parts
        return self._misspelt(name, day) or self._unknown(name)

    def _exact(self, name: str, day: date | None) -> ReadOverleg | None:
        """A joint name or an alias."""
        tight = _tight(name)
        codes = tuple(code for code in self._joint.get(tight, ()) if code in self._terms)
        if codes:
            return ReadOverleg(soort=self._terms[codes[0]].soort, codes=codes)
        terms = self._aliases.get(tight, [])
        if not terms:
            return None
        existing = [term for term in terms if _exists(term, day)]
        if len(existing) == 1 or (len(terms) == 1 and existing):
            return ReadOverleg(soort=existing[0].soort, codes=(existing[0].code,))
        if len(terms) == 1:
            term = terms[0]
            reason = f"‘{excerpt(name, 60)}’ is {term.name}, maar dat overleg bestond toen niet."
            return ReadOverleg(
                soort=term.soort,
                codes=(term.code,),
                warning=WarningCode.OVERLEG_AFGELEID,
                reason=reason,
                details={"begin": term.begin, "eind": term.end},
            )
        return self._choose(name, existing or terms)

    def _bare_name(self, name: str, day: date | None) -> ReadOverleg | None:
        """A name that several overleggen share, given or in general words."""
        terms = self._bare.get(_tight(name), [])
        if not terms:
            soort = _only_soort(name)
            if soort is None:
                return None
            terms = [term for term in self._terms.values() if term.soort is soort]
        existing = [term for term in terms if _exists(term, day)]
        return self._choose(name, existing or terms) if terms else None

    def _choose(self, name: str, terms: Sequence[OverlegTerm]) -> ReadOverleg:
        """The overleg whose themes the paper points at most; a tie stays open."""
        weights = self._evidence.themes
        scored = sorted(
            (
                (max((weights.get(theme, 0) for theme in term.themes), default=0), term.code, term)
                for term in terms
            ),
            key=lambda item: (-item[0], item[1]),
        )
        best = [item for item in scored if item[0] == scored[0][0]]
        candidates = [term.code for _, _, term in scored]
        shown = excerpt(name, 60)
        soorten = {term.soort for term in terms}
        soort = soorten.pop() if len(soorten) == 1 else Soort.ANDERS
        if len(best) > 1:
            return ReadOverleg(
                soort=soort,
                warning=WarningCode.OVERLEG_ONBEKEND,
                reason=f"‘{shown}’ kan meer dan één overleg zijn; kies zelf welk.",
                details={"kandidaten": candidates},
            )
        term = scored[0][2]
        themes = [theme for theme in term.themes if weights.get(theme)]
        ground = f"op grond van het thema ({', '.join(themes)})" if themes else "het enige dat past"
        return ReadOverleg(
            soort=term.soort,
            codes=(term.code,),
            warning=WarningCode.OVERLEG_AFGELEID,
            reason=f"‘{shown}’ is gelezen als {term.name}, {ground}.",
            details={"kandidaten": candidates, "themas": themes},
        )

    def _parts(self, name: str, day: date | None) -> ReadOverleg | None:
        """'DO en PFHO': a joint meeting when each part is an alias of its own."""
        pieces = [piece for piece in _JOINERS.split(name) if piece.strip()]
        if not 2 <= len(pieces) <= 4:
            return None
        lead = next(iter(pieces[0].split()), "")
        codes: list[str] = []
        for piece in pieces:
            read = self._exact(piece, day)
            if read is None and lead.lower() in _TOKENS and piece is not pieces[0]:
                read = self._exact(f"{lead} {piece}", day)
            read = read or self._bare_name(piece, day)
            if read is None or not read.codes:
                return None
            codes.extend(code for code in read.codes if code not in codes)
        soort = self._terms[codes[0]].soort
        return self._derived(soort, tuple(codes), name, "een gezamenlijk overleg")

    def _misspelt(self, name: str, day: date | None) -> ReadOverleg | None:
        """A long name with a scanning fault; abbreviations must be right."""
        if self._tries <= 0:
            return None  # a table of thousands of unknown names is no table of overleggen
        self._tries -= 1
        folded, words = scanned(name), key(name).split()
        said = _only_soort(name)  # 'College' is no misspelt 'Colleges'
        terms: dict[str, OverlegTerm] = {}
        bare: list[OverlegTerm] = []
        for table, out in ((self._aliases, None), (self._bare, bare)):
            for tight, known in table.items():
                spoilt, own = self._words[tight]
                if spoilt == folded or _nearly(words, own):
                    for term in known:
                        if said not in {None, term.soort}:
                            continue
                        if out is None:
                            terms[term.code] = term
                        elif term not in out:
                            out.append(term)
        if len(terms) == 1:
            term = next(iter(terms.values()))
            return self._derived(term.soort, (term.code,), name, "met een schrijffout")
        if not terms and bare:
            existing = [term for term in bare if _exists(term, day)]
            return self._choose(name, existing or bare)
        return None

    def _derived(self, soort: Soort, codes: tuple[str, ...], name: str, how: str) -> ReadOverleg:
        """A meaning that is not written out on paper."""
        names = " en ".join(self._terms[code].name for code in codes)
        return ReadOverleg(
            soort=soort,
            codes=codes,
            warning=WarningCode.OVERLEG_AFGELEID,
            reason=f"‘{excerpt(name, 60)}’ is gelezen als {names}, {how}.",
            details={"kandidaten": list(codes)},
        )

    def _unknown(self, name: str) -> ReadOverleg:
        """A name that no definition has."""
        return ReadOverleg(
            soort=soort_of(name) or Soort.ANDERS,
            warning=WarningCode.OVERLEG_ONBEKEND,
            reason=f"‘{excerpt(name, 60)}’ is geen overleg uit de definities; kies het zelf.",
        )


def _tight(name: str) -> str:
    """The key of a name without its spaces: 'Directie-overleg' is 'Directieoverleg'."""
    return key(name).replace(" ", "")


def _only_soort(name: str) -> Soort | None:
    """The kind when the name says nothing else ('het DO', 'Portefeuillehouderoverleg')."""
    words = re.sub(r"^(?:het|de|in het|in de) ", "", key(name))
    if words in _TOKENS:
        return _TOKENS[words]
    for pattern, soort in _PHRASES:
        match = pattern.fullmatch(words)
        if match:
            return soort
    return None


def _exists(term: OverlegTerm, day: date | None) -> bool:
    """Whether the overleg exists on that day; an unknown day rules nothing out."""
    if day is None:
        return True
    iso = day.isoformat()
    return (term.begin or "") <= iso and iso <= (term.end or "9999")


def _nearly(words: list[str], known: list[str]) -> bool:
    """Word by word the same, save a fault in a word of six letters or more."""
    if len(known) == len(words):
        return all(
            a == b or (min(len(a), len(b)) >= 6 and close(a, b))
            for a, b in zip(words, known, strict=True)
        )
    joined, tight = "".join(words), "".join(known)
    longest = max((len(word) for word in known), default=0)
    return len(known) <= 2 and longest >= 10 and distance(joined, tight, 1) <= 1
