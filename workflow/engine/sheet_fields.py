"""Fields of the voorblad as a person types them: kenmerk, contact persons, ja or nee."""

import re
from dataclasses import dataclass

from workflow.domain.errors import InvalidField
from workflow.engine.inputs import clean

MAX_SUBJECT = 500  # characters
_KENMERK = re.compile(r"[A-Za-z0-9][A-Za-z0-9./_-]{0,39}")
_PERSON = re.compile(
    r"\s*(?P<name>[^<>,;]+?)\s*(?:,\s*(?P<org>[^<>,;]+?)\s*)?(?:<(?P<mail>[^<>]+)>)?\s*"
)
_MAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedPerson:
    """A contact person as typed."""

    name: str
    organisation: str | None = None
    email: str | None = None


def read_kenmerk(text: str) -> str:
    """A kenmerk; InvalidField when it holds other signs or is too long."""
    if not _KENMERK.fullmatch(text):
        raise InvalidField(
            "kenmerk", "gebruik letters, cijfers, punt, streepje; hooguit 40 tekens."
        )
    return text


def read_subject(text: str) -> str:
    """A subject of at most 500 characters; InvalidField when it is empty or longer."""
    if not text:
        raise InvalidField("onderwerp", "dit mag niet leeg zijn.")
    if len(text) > MAX_SUBJECT:
        raise InvalidField(
            "onderwerp", f"het onderwerp is langer dan {MAX_SUBJECT} tekens. Kort het in."
        )
    return text


def read_people(text: str) -> tuple[TypedPerson, ...]:
    """Contact persons as 'Naam, organisatie <e-mail>', separated by ';' or a new line."""
    found: list[TypedPerson] = []
    for part in re.split(r"[;\n]", clean("contactpersoon", text)):
        if not part.strip():
            continue
        match = _PERSON.fullmatch(part)
        mail = match["mail"].strip() if match and match["mail"] else None
        if match is None or (mail and not _MAIL.fullmatch(mail)):
            raise InvalidField(
                "contactpersoon", "schrijf ‘Naam, organisatie <e-mail>’; meer personen met ‘;’."
            )
        found.append(TypedPerson(name=match["name"], organisation=match["org"], email=mail))
    return tuple(found)


def read_distribute(text: str | None) -> bool | None:
    """Ja or nee; anything else is kept as written only."""
    return {"ja": True, "nee": False}.get((text or "").casefold())
