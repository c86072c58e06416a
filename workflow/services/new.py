"""A voorstel without a document: typed in, a concept until it is submitted."""

import re
from collections.abc import Mapping
from dataclasses import replace

from workflow.documents import Voorblad
from workflow.documents.model import Beslispunt, Contactpersoon
from workflow.domain.dossier import changes_between
from workflow.domain.errors import Conflict, InvalidField, MissingField
from workflow.domain.permissions import Permission
from workflow.domain.ports import UnitOfWork
from workflow.engine.inputs import clean, read_day
from workflow.services.drafts import draft
from workflow.services.intake_dossier import dossier_from
from workflow.services.intake_route import route_for
from workflow.services.once import Answer, once
from workflow.services.session import Session, Words

FIELDS = (
    "onderwerp", "kenmerk", "datum", "eenheid", "verspreiden", "contactpersoon", "toelichting",
    "route", "thema",
)  # fmt: skip
_POINT = re.compile(r"(?:beslispunt|voorstel)_(\S{1,10})")
_KENMERK = re.compile(r"[A-Za-z0-9][A-Za-z0-9./_-]{0,39}")
_PERSON = re.compile(
    r"\s*(?P<name>[^<>,;]+?)\s*(?:,\s*(?P<org>[^<>,;]+?)\s*)?(?:<(?P<mail>[^<>]+)>)?\s*"
)
_MAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+")


def new(session: Session, fields: Mapping[str, str], *, command_id: str | None = None) -> Answer:
    """A voorstel as a concept.

    Required is only `onderwerp`; without `kenmerk` it gets the next number of
    the year. Raises InvalidField or MissingField for a field, Conflict when the
    kenmerk is taken.
    """
    session.require(Permission.VOORSTEL_BEHEREN, "Maak een voorstel aan")
    command_id = command_id or session.new_id()
    given = {name: clean(name, value) for name, value in fields.items()}
    sheet = _sheet(given, session)
    route = route_for(session.rules, sheet, given.get("route") or None)
    theme = given.get("thema") or None
    if theme and theme not in {one.code for one in session.rules.definities.themas}:
        known = ", ".join(one.code for one in session.rules.definities.themas)
        raise InvalidField("thema", f"kies uit: {known}.")

    def attempt(uow: UnitOfWork) -> Answer:
        words = Words(salt=session.salt)
        kenmerk = sheet.kenmerk or _next_kenmerk(session, uow)
        if uow.dossier(kenmerk) is not None:
            raise Conflict(f"Kenmerk {kenmerk} bestaat al. Kies een ander.")
        after = dossier_from(
            session.rules,
            sheet,
            route,
            voorstel_id=session.new_id(),
            kenmerk=kenmerk,
            today=session.today(),
            keep=words.keep,
        )
        begin = session.rules.machines["voorstel"].begin
        voorstel = replace(after.voorstel, state=begin, theme=theme or after.voorstel.theme)
        after = replace(after, voorstel=voorstel)
        written = draft(
            session,
            "maak_aan",
            f"voorstel/{voorstel.id}",
            changes_between(None, after),
            words=words,
            command_id=command_id,
            state=begin,
        )
        seq = uow.write(replace(written, from_state=None))
        return Answer(kenmerk=kenmerk, from_state=None, to_state=begin, event=seq, version=1)

    return once(session, command_id, sheet.kenmerk or "", attempt)


def _next_kenmerk(session: Session, uow: UnitOfWork) -> str:
    """The next free number of this year: 2024-0001."""
    year, number = session.today().year, session.reader.count("voorstel") + 1
    while uow.dossier(f"{year}-{number:04d}") is not None:
        number += 1
    return f"{year}-{number:04d}"


def _sheet(given: Mapping[str, str], session: Session) -> Voorblad:
    """The fields as a voorblad."""
    for name in given:
        if name not in FIELDS and not _POINT.fullmatch(name):
            known = ", ".join((*FIELDS, "beslispunt_NR"))
            raise InvalidField(name, f"dit veld is niet bekend. Velden: {known}.")
    if not given.get("onderwerp"):
        raise MissingField("onderwerp", "Onderwerp")
    if len(given["onderwerp"]) > 500:
        raise InvalidField("onderwerp", "het onderwerp is langer dan 500 tekens. Kort het in.")
    kenmerk = given.get("kenmerk") or None
    if kenmerk and not _KENMERK.fullmatch(kenmerk):
        raise InvalidField(
            "kenmerk", "gebruik letters, cijfers, punt, streepje; hooguit 40 tekens."
        )
    people = _people(given.get("contactpersoon", ""))
    raw = given.get("verspreiden") or None
    day = given.get("datum")
    return Voorblad(
        onderwerp=given["onderwerp"],
        kenmerk=kenmerk,
        datum=read_day("datum", day) if day else session.today(),
        eenheid=given.get("eenheid") or None,
        verspreiden={"ja": True, "nee": False}.get((raw or "").casefold()),
        verspreiden_ruw=raw,
        contactpersonen=people,
        emails=tuple(one.email for one in people if one.email),
        beslispunten=tuple(
            Beslispunt(nummer=match[1], tekst=text)
            for name, text in given.items()
            if (match := _POINT.fullmatch(name)) and text
        ),
        toelichting=given.get("toelichting") or None,
    )


def _people(text: str) -> tuple[Contactpersoon, ...]:
    """Contact persons as 'Naam, organisatie <e-mail>', separated by ';' or a new line."""
    found: list[Contactpersoon] = []
    for part in re.split(r"[;\n]", text):
        if not part.strip():
            continue
        match = _PERSON.fullmatch(part)
        mail = match["mail"].strip() if match and match["mail"] else None
        if match is None or (mail and not _MAIL.fullmatch(mail)):
            raise InvalidField(
                "contactpersoon", "schrijf ‘Naam, organisatie <e-mail>’; meer personen met ‘;’."
            )
        found.append(Contactpersoon(naam=match["name"], organisatie=match["org"], email=mail))
    return tuple(found)
