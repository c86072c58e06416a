"""Contact persons and their addresses: one cell often holds two people and one address."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from workflow.documents.line import Cell
from workflow.documents.model import Contactpersoon
from workflow.documents.warning import Warning, WarningCode
from workflow.domain.vocabulary import Vocabulary
from workflow.domain.words import excerpt, key, plain

_VALID = re.compile(
    r"[A-Za-z0-9](?:[A-Za-z0-9._%+'-]{0,62}[A-Za-z0-9_-])?"
    r"@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?){1,6"
    r"}"
)
_TAG = re.compile(r"<[^<>]{0,400}>")
_HREF = re.compile(r"mailto:([^\"'<>?\s]{3,200})", re.IGNORECASE)
_LINK = re.compile(r"\[([^\[\]]{0,200})\]\((?:mailto:)?([^()\s]{0,200})\)")
_AT = re.compile(r"@|\(at\)|\[at\]|©|®|\(a\)", re.IGNORECASE)
_BROKEN = re.compile(r"(?<=\S) @ ?(?=\S)|(?<=\S)@ (?=\S)")
_SEPARATORS = re.compile(r"[\s;/|]+|,(?=\s|$|[^\s,@]+@)|\s&\s")
_WORDS = frozenset(
    {"en", "of", "e-mail", "email", "mail", "en/of", "via", "and", "cc", "&", "-", "–"}
)
_PARENS = re.compile(r"\(([^()]{0,200})\)")
_CONJUNCTION = re.compile(r"^(?:en|of)\s+")
_NAME_SPLIT = re.compile(r"\s*[/;|\n+]\s*|\s+(?:en|of)\s+|\s*&\s*|\s{2,}|\s*\t\s*")
_INITIALS = re.compile(
    r"(?:[A-Z]\.?){1,5}|(?:[Mm]r|[Dd]rs|[Dd]r|[Ii]r|[Ii]ng|[Pp]rof|MSc|msc|BSc|MA|BA|LLM|MBA|MPA|RC|RA)\.?"
)
_ORGANISATION = re.compile(
    r"^(?:de )?(?:gemeente|regio|provincie|ggd|veilig thuis|zorg- en veiligheidshuis"
    r"|politie|stichting"
    r"|omgevingsdienst|veiligheidsregio|waterschap|ministerie|afdeling|team)\b",
    re.IGNORECASE,
)
_TITLES = re.compile(
    r"^(?:mevrouw|mevr\.?|mw\.?|de heer|dhr\.?|hr\.?|mr\.?|drs\.?|dr\.?|ir\.?|ing\.?|prof\.?) ",
    re.I,
)
_ENDS_IN_INITIAL = re.compile(r"(?:^|[\s.])(?:[A-Z]|jr|sr|drs|mr)\.$")
_INFIXES = frozenset(
    ["van", "de", "der", "den", "het", "ten", "ter", "te", "von", "vd", "v", "d", "'t", "op", "in"]
)
_PHONE = re.compile(r"\(?\+?\d[\d ()-]{7,16}\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A name with what stands in brackets behind it."""

    naam: str
    organisatie: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """The valid addresses in the order of the paper, and the words that are none."""

    valid: tuple[str, ...] = ()
    spoilt: tuple[str, ...] = ()


def read_addresses(text: str) -> Addresses:
    """The e-mail addresses in a cell: links, plain, with any separator."""
    hrefs = [unquote(address) for address in _HREF.findall(text)]
    shown = _LINK.sub(r" \1 \2 ", text)
    shown = _TAG.sub(lambda m: f" {m.group()[1:-1]} " if _bare_address(m.group()) else " ", shown)
    shown = re.sub(r"mailto:", " ", shown, flags=re.IGNORECASE)
    valid: list[str] = []
    spoilt: list[str] = []
    for token in _tokens(shown):
        if _VALID.fullmatch(token):
            valid.append(token)
        elif _AT.search(token) or (re.fullmatch(r"[\w-]+(?:\.[\w-]+){2,}", token)):
            spoilt.append(token)
    valid.extend(href for href in hrefs if _VALID.fullmatch(href))
    return Addresses(valid=_once(valid), spoilt=_once(spoilt))


def _bare_address(tag: str) -> bool:
    """'<name@host>' is an address in brackets, not a tag."""
    return bool(_VALID.fullmatch(tag[1:-1].strip()))


def _tokens(text: str) -> list[str]:
    """Words that may be addresses; an address broken by spaces around its @ is one word."""
    whole = _BROKEN.sub(lambda match: match.group().replace(" ", "␠"), text)
    tokens = (token.strip("()[]<>\"'.:") for token in _SEPARATORS.split(whole))
    return [token.replace("␠", " ") for token in tokens if token and token.lower() not in _WORDS]


def _once(items: Sequence[str]) -> tuple[str, ...]:
    """Each item once, the first spelling kept."""
    seen: dict[str, str] = {}
    for item in items:
        seen.setdefault(item.lower(), item)
    return tuple(seen.values())


def read_contacts(
    names: Sequence[Cell],
    addresses: Sequence[Cell],
    vocabulary: Vocabulary,
    labels: int = 1,
) -> tuple[tuple[Contactpersoon, ...], tuple[str, ...], list[Warning]]:
    """Persons with their organisation and address, all valid addresses, and the doubts.

    `labels` is how many times the paper has the label above `names`: more persons than
    that means that one cell held several.
    """
    warnings: list[Warning] = []
    found = [(cell, read_addresses(cell.text)) for cell in addresses]
    inside = [(cell, read_addresses(cell.text)) for cell in names if _AT.search(cell.text)]
    persons = split_persons("\n".join(cell.text for cell in names), vocabulary)
    emails = _once([email for _, read in (*found, *inside) for email in read.valid])
    persons = _split_by_addresses(persons, emails)
    for cell, read in (*found, *inside):
        warnings.extend(_spoilt(cell, token) for token in read.spoilt)
        if cell.text.strip() and not read.valid and not read.spoilt and (cell, read) in found:
            warnings.append(_spoilt(cell, excerpt(cell.text, 80)))
    if names and len(persons) > max(labels, 1):
        warnings.append(_split_warning(names[0], persons))
    contacts, unassigned = assign(persons, emails)
    if unassigned and persons:
        line = addresses[0].line if addresses else (names[0].line if names else None)
        warnings.extend(_unassigned(email, contacts, line) for email in unassigned)
    return contacts, emails, warnings


def _spoilt(cell: Cell, token: str) -> Warning:
    """An address that cannot be used as it is written."""
    return Warning(
        code=WarningCode.EMAIL_ONGELDIG,
        field="emails",
        message=f"‘{excerpt(token, 80)}’ is geen geldig e-mailadres en is niet overgenomen.",
        line=cell.line,
        details={"gelezen": token[:200]},
    )


def _split_warning(cell: Cell, persons: Sequence[Person]) -> Warning:
    """More people than cells."""
    names = [person.naam for person in persons]
    return Warning(
        code=WarningCode.NAMEN_GESPLITST,
        field="contactpersonen",
        message=f"In één cel staan {len(names)} namen: {excerpt('; '.join(names), 120)}.",
        line=cell.line,
        details={"cel": excerpt(cell.text, 200), "namen": names[:50]},
    )


def _unassigned(email: str, contacts: Sequence[Contactpersoon], line: int | None) -> Warning:
    """An address that fits no one name."""
    return Warning(
        code=WarningCode.EMAIL_NIET_TOEGEWEZEN,
        field="contactpersonen",
        message=f"Van wie van de contactpersonen {excerpt(email, 80)} is, is niet zeker.",
        line=line,
        details={"email": email, "contactpersonen": [person.naam for person in contacts][:50]},
    )


# --- names


def split_persons(text: str, vocabulary: Vocabulary) -> list[Person]:
    """The people named in a cell, each with the organisation in brackets behind the name."""
    cleaned = _PHONE.sub(" ", text) if len(text) < 2000 else text[:2000]
    cleaned = _TAG.sub(" ", cleaned)
    persons: list[Person] = []
    position = 0
    for match in _PARENS.finditer(cleaned):
        persons.extend(_named(cleaned[position : match.start()], vocabulary))
        _describe(persons, match[1].strip())
        position = match.end()
    persons.extend(_named(cleaned[position:], vocabulary))
    merged: list[Person] = []
    for person in persons:
        if _is_organisation(person.naam, vocabulary) and merged and not merged[-1].organisatie:
            merged[-1] = Person(
                naam=merged[-1].naam, organisatie=person.naam, email=merged[-1].email
            )
        else:
            merged.append(person)
    return merged


def _describe(persons: list[Person], inner: str) -> None:
    """Give what stands in brackets to the name before it."""
    if not persons or not inner:
        return
    last = persons[-1]
    email = next(iter(read_addresses(inner).valid), None)
    if email:
        persons[-1] = Person(naam=last.naam, organisatie=last.organisatie, email=email)
    elif last.organisatie is None:
        persons[-1] = Person(naam=last.naam, organisatie=inner, email=last.email)


def _named(text: str, vocabulary: Vocabulary) -> list[Person]:
    """The names in a text without brackets."""
    persons: list[Person] = []
    for piece in _comma_pieces(text, vocabulary):
        words = [word for word in piece.split(" ") if word and not _AT.search(word)]
        emails = read_addresses(piece).valid if _AT.search(piece) else ()
        naam = " ".join(words).strip(" ,;:/&-–")
        if not _ENDS_IN_INITIAL.search(naam):
            naam = naam.rstrip(".")
        if naam and any(char.isalpha() for char in naam):
            persons.append(Person(naam=naam, email=emails[0] if emails else None))
        elif emails and persons and persons[-1].email is None:
            last = persons[-1]
            persons[-1] = Person(naam=last.naam, organisatie=last.organisatie, email=emails[0])
    return persons


def _comma_pieces(text: str, vocabulary: Vocabulary) -> list[str]:
    """Pieces between separators; an organisation's own 'en' and 'Jansen, A.' stay whole."""
    pieces: list[str] = []
    for chunk in re.split(r"\s*[;|\n\t]\s*|\s+[-–]\s+|,\s*", text):
        if _is_organisation(chunk, vocabulary):
            pieces.append(chunk)
        else:
            names = _CONJUNCTION.sub("", chunk.strip())
            pieces.extend(part for part in _NAME_SPLIT.split(names) if part.strip())
    return _rejoin(pieces, text)


def _rejoin(pieces: list[str], text: str) -> list[str]:
    """Put 'Jansen, A.' and 'Jansen, Anna' together again: a surname before its first name."""
    commas = text.count(",")
    joined: list[str] = []
    for piece in pieces:
        words = piece.split()
        if joined and commas and words and _goes_on(words):
            joined[-1] = f"{joined[-1]}, {piece}"
        else:
            joined.append(piece)
    single = len(joined) == 2 and all(len(_own_words(piece)) == 1 for piece in joined)
    if single and commas == 1 and re.search(r"\w,\s*\w", text):
        return [", ".join(joined)]
    return joined


def _own_words(name: str) -> list[str]:
    """The words of a name without its infixes: 'Anna de' is one."""
    return [word for word in name.split() if word.lower() not in _INFIXES]


def _goes_on(words: list[str]) -> bool:
    """Behind a comma: initials and titles, or a function, which begins with a small letter."""
    if all(_INITIALS.fullmatch(word) for word in words):
        return True
    return words[0][0].islower() and words[0].strip("'’`") not in _INFIXES


def _is_organisation(text: str, vocabulary: Vocabulary) -> bool:
    """The words name an organisation, not a person."""
    name = key(text)
    if not name:
        return False
    if _ORGANISATION.match(text.strip()):
        return True
    known = {key(vocabulary.organisation)} | {
        key(word) for term in vocabulary.gemeenten for word in (term.name, *term.aliases)
    }
    return name in known


def _split_by_addresses(persons: list[Person], emails: Sequence[str]) -> list[Person]:
    """Names side by side without any separator, told apart by the surnames in the addresses."""
    if len(persons) != 1 or len(emails) < 2 or persons[0].organisatie:
        return persons
    words = persons[0].naam.split()
    if len(words) < 4:
        return persons
    parts: list[list[str]] = [[]]
    waiting = [plain(email.partition("@")[0]) for email in emails]
    for word in words:
        parts[-1].append(word)
        if waiting and len(parts[-1]) > 1 and _surname_in(plain(word), waiting[0]):
            waiting.pop(0)
            parts.append([])
    if waiting or parts[-1]:
        return persons
    return [Person(naam=" ".join(part)) for part in parts if part]


# --- which address is whose


def assign(
    persons: Sequence[Person], emails: Sequence[str]
) -> tuple[tuple[Contactpersoon, ...], list[str]]:
    """Each address to the one person whose name it fits; the others are returned apart."""
    given: dict[int, str] = {
        index: person.email for index, person in enumerate(persons) if person.email
    }
    left = [email for email in emails if email not in given.values()]
    unassigned: list[str] = []
    for email in left:
        scores = [
            (fit(person.naam, email) if index not in given else 0)
            for index, person in enumerate(persons)
        ]
        best = max(scores, default=0)
        if best and scores.count(best) == 1:
            given[scores.index(best)] = email
        else:
            unassigned.append(email)
    if len(persons) == 1 and not given and len(unassigned) == 1:
        given[0] = unassigned.pop()
    contacts = tuple(
        Contactpersoon(naam=person.naam, organisatie=person.organisatie, email=given.get(index))
        for index, person in enumerate(persons)
    )
    return contacts, unassigned


def fit(naam: str, email: str) -> int:
    """How well an address fits a name: 0 not, 1 first name only, 2 surname, 3 initial as well."""
    local = plain(email.partition("@")[0])
    words = [word for word in re.split(r"[\s.,-]+", plain(_TITLES.sub("", naam))) if word]
    own = [word for word in words if word not in _INFIXES]
    if not own:
        return 0
    surnames = own[1:] if len(own) > 1 else own
    if any(
        len(word) > 1 and (_surname_in(word, local) or own[0][0] + word in local.split("."))
        for word in surnames
    ):
        rest = re.sub(r"[^a-z]", "", local)
        initial = rest.startswith(own[0][0]) or rest.endswith(own[0][0])
        return 3 if initial and len(own) > 1 else 2
    first = own[0]
    return 1 if len(first) > 2 and first in re.split(r"[._-]", local) else 0


def _surname_in(surname: str, local: str) -> bool:
    """A surname as a part of an address, with or without its infix glued on."""
    parts = [part for part in re.split(r"[._-]+", local) if part]
    if surname in parts or any(_glued(part, surname) for part in parts):
        return True
    tight = "".join(parts)
    return len(surname) >= 4 and (tight.endswith(surname) or tight.startswith(surname))


def _glued(part: str, surname: str) -> bool:
    """'dewit' and 'vdberg' are 'de Wit' and 'van der Berg' with the infix glued on."""
    if not part.endswith(surname) or len(surname) < 2:
        return False
    left = part[: -len(surname)]
    return re.fullmatch(r"(?:van|de|der|den|het|ten|ter|te|von|v|d){1,3}", left) is not None
