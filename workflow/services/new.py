"""A voorstel without a document: typed in, a concept until it is submitted."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from workflow.documents import Voorblad
from workflow.documents.model import Beslispunt, Contactpersoon
from workflow.domain.dossier import Dossier, changes_between
from workflow.domain.errors import Conflict, InvalidField, MissingField
from workflow.domain.permissions import Permission
from workflow.domain.ports import UnitOfWork
from workflow.engine.inputs import clean, read_day
from workflow.engine.sheet_fields import read_distribute, read_kenmerk, read_people, read_subject
from workflow.services.drafts import draft
from workflow.services.intake_dossier import dossier_from
from workflow.services.intake_route import route_for
from workflow.services.kept_routes import keep_used
from workflow.services.once import Answer, Request, once
from workflow.services.session import Session, Words

FIELDS = (
    "onderwerp", "kenmerk", "datum", "eenheid", "verspreiden", "contactpersoon", "email",
    "beslispunten", "toelichting", "route", "thema", "contactpersonen",
)  # fmt: skip
_POINT = re.compile(r"(?:beslispunt|voorstel)_(\S{1,10})")


def new(session: Session, fields: Mapping[str, str], *, command_id: str | None = None) -> Answer:
    """A voorstel as a concept.

    Required is only `onderwerp`; without `kenmerk` it gets the next number of
    the year. Raises InvalidField or MissingField for a field, Conflict when the
    kenmerk is taken.
    """
    return concept_of(session, fields, command_id=command_id)


def concept_of(
    session: Session,
    fields: Mapping[str, str],
    *,
    command_id: str | None = None,
    finish: Callable[[Dossier], Dossier] = lambda dossier: dossier,
) -> Answer:
    """The same, with something more done to the new dossier before it is stored."""
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
        after = finish(replace(after, voorstel=voorstel))
        written = draft(
            session,
            "maak_aan",
            f"voorstel/{voorstel.id}",
            changes_between(None, after),
            words=words,
            command_id=command_id,
            state=begin,
        )
        keep_used(uow, session.rules, route.route, route.versie, session.today())
        seq = uow.write(replace(written, from_state=None))
        return Answer(kenmerk=kenmerk, from_state=None, to_state=begin, event=seq, version=1)

    asked = {"subject": sheet.onderwerp, **({"kenmerk": sheet.kenmerk} if sheet.kenmerk else {})}
    request = Request(kind="maak_aan", made=asked)
    return once(session, command_id, sheet.kenmerk or "", attempt, request=request)


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
    kenmerk = given.get("kenmerk") or None
    people = _people(given)
    raw = given.get("verspreiden") or None
    day = given.get("datum")
    return Voorblad(
        onderwerp=read_subject(given["onderwerp"]),
        kenmerk=read_kenmerk(kenmerk) if kenmerk else None,
        datum=read_day("datum", day) if day else session.today(),
        eenheid=given.get("eenheid") or None,
        verspreiden=read_distribute(raw),
        verspreiden_ruw=raw,
        contactpersonen=people,
        emails=tuple(one.email for one in people if one.email),
        beslispunten=_points(given),
        toelichting=given.get("toelichting") or None,
    )


def _points(given: Mapping[str, str]) -> tuple[Beslispunt, ...]:
    """The beslispunten: those with a number of their own, else one on each line."""
    own = tuple(
        Beslispunt(nummer=match[1], tekst=text)
        for name, text in given.items()
        if (match := _POINT.fullmatch(name)) and text
    )
    lines = [line.strip() for line in re.split(r"[;\n]", given.get("beslispunten", ""))]
    texts = [line for line in lines if line]
    return own or tuple(
        Beslispunt(nummer=str(number), tekst=text) for number, text in enumerate(texts, start=1)
    )


def _people(given: Mapping[str, str]) -> tuple[Contactpersoon, ...]:
    """The contact persons; an address of its own belongs to the only person without one."""
    typed = read_people(given.get("contactpersoon") or given.get("contactpersonen") or "")
    mail = given.get("email") or None
    if mail and not (len(typed) == 1 and typed[0].email is None):
        raise InvalidField("email", "schrijf het adres bij de persoon: ‘Naam <e-mail>’.")
    people = read_people(f"{typed[0].name} <{mail}>") if mail else typed
    return tuple(
        Contactpersoon(naam=one.name, organisatie=known.organisation, email=one.email)
        for one, known in zip(people, typed, strict=True)
    )
