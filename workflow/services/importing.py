"""Reading documents into the register: each file its own transaction, each doubt shown."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from workflow.documents import Kind, ReadDocument, Warning, WarningCode, read_document
from workflow.domain.dossier import Change, Dossier, Entity, changes_between
from workflow.domain.errors import Conflict, OutcomeUnknown
from workflow.domain.events import EventDraft, LostRace
from workflow.domain.permissions import Permission
from workflow.domain.ports import UnitOfWork
from workflow.domain.text import ErasableText
from workflow.domain.voorstel import Document
from workflow.engine.terms import vocabulary
from workflow.services.intake_dossier import dossier_from
from workflow.services.intake_letters import (
    belongs_to,
    command_of,
    earlier_version,
    letter_differences,
    letters_for,
    refers_to,
)
from workflow.services.intake_route import route_for
from workflow.services.intake_update import Difference, updated
from workflow.services.kept_routes import keep_used
from workflow.services.once import ATTEMPTS, stored_after_all
from workflow.services.session import Session, Words

SHEETS = (Kind.VOORBLAD, Kind.OPLEGNOTITIE)
LETTERS = (Kind.RAADSINFORMATIEBRIEF, Kind.RAADSMEDEDELING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """One file after import: what was read, and what came of it."""

    document: ReadDocument
    result: str
    kenmerk: str | None = None
    route: str | None = None
    state: str | None = None
    differences: tuple[Difference, ...] = ()
    linked: tuple[str, ...] = field(default=())  # letters that found their dossier with it

    def as_json(self) -> dict[str, Any]:
        """One entry of `documents` in `import --json`."""
        shape = self.document.as_json()
        warnings = [*_list(shape["warnings"]), *(_warning(one) for one in self.differences)]
        return {
            "file": shape["file"],
            "kind": shape["kind"],
            "kenmerk": self.kenmerk or shape["kenmerk"],
            "result": self.result,
            "route": self.route,
            "state": self.state,
            "voorblad": shape["voorblad"],
            "brief": shape["brief"],
            "warnings": warnings,
        }


def _list(value: object) -> list[Any]:
    """A list of the JSON shape."""
    return list(value) if isinstance(value, list) else []


def _warning(one: Difference) -> dict[str, Any]:
    """A difference with the register as a warning of the contract."""
    stays = " Wat hier is vastgelegd, blijft staan." if one.kept else ""
    message = f"‘{one.field}’ verschilt van wat eerder is ingelezen of vastgelegd.{stays}"
    return {
        "code": "verschil_tussen_versies",
        "field": one.field,
        "message": message,
        "line": None,
        "details": {"eerste": one.old, "tweede": one.new},
    }


def import_files(
    session: Session,
    files: Iterable[tuple[str, bytes | OSError]],
    *,
    route: str | None = None,
    dry_run: bool = False,
) -> Iterator[Imported]:
    """Read files one by one, each in a transaction of its own.

    A file that could not be opened comes with its OSError: it is skipped, the others are read.
    `route` is the id of the route for new dossiers; NotFound when it is
    unknown, before the first file is read. With `dry_run` nothing is stored and
    no database is opened.
    """
    session.require(Permission.VOORSTEL_BEHEREN, "Inlezen")
    if route is not None:
        session.rules.route(route)
    words = vocabulary(session.rules.definities)
    for name, data in files:
        if isinstance(data, OSError):
            yield Imported(document=_unopened(name, data), result="skipped")
            continue
        document = read_document(name, data, words)
        if dry_run:
            yield _rehearsed(session, document, route)
        else:
            yield store_document(session, document, data, route=route)


def _unopened(name: str, why: OSError) -> ReadDocument:
    """A file of which nothing could be read."""
    message = f"Het bestand kan niet worden geopend ({why.strerror or 'onbekende oorzaak'})."
    warning = Warning(code=WarningCode.NIET_BEGREPEN, message=message)
    return ReadDocument(file=name, kind=Kind.ONBEKEND, sha256="", text="", warnings=(warning,))


def _rehearsed(session: Session, document: ReadDocument, route: str | None) -> Imported:
    """What an import would make of a file in an empty register."""
    if document.kind not in (*SHEETS, *LETTERS):
        return Imported(document=document, result="skipped")
    if document.voorblad is None:
        return Imported(document=document, result="dry-run", kenmerk=document.kenmerk)
    dossier = _new_dossier(session, document, route, session.words())
    return Imported(
        document=document,
        result="dry-run",
        kenmerk=document.kenmerk,
        route=dossier.voorstel.route_id,
        state=dossier.voorstel.state,
    )


def store_document(
    session: Session, document: ReadDocument, data: bytes, *, route: str | None = None
) -> Imported:
    """Store one document that was read; the same bytes again change nothing.

    An error while committing means unknown, not failed: the command id, which
    the bytes give, is read again before answering.
    """
    if document.kind not in (*SHEETS, *LETTERS):
        return Imported(document=document, result="skipped")
    for _ in range(ATTEMPTS):
        try:
            with session.units() as uow:
                known = uow.document_by_hash(document.sha256)
                if known is not None:
                    return _unchanged(uow, document, known)
                intake = _Intake(session, uow, document, data, route)
                done = intake.sheet() if document.voorblad else intake.letter()
                return _committed(session, uow, done)
        except LostRace:
            continue
    raise Conflict("Anderen wijzigden steeds hetzelfde dossier. Lees het bestand opnieuw in.")


def _committed(session: Session, uow: UnitOfWork, done: Imported) -> Imported:
    """What was stored, for sure."""
    try:
        uow.commit()
    except OutcomeUnknown as unknown:
        stored_after_all(session, command_of(done.document.sha256), unknown)
    return done


def _unchanged(uow: UnitOfWork, document: ReadDocument, known: Document) -> Imported:
    """The same bytes were read before."""
    dossier = uow.dossier_by_id(known.voorstel_id) if known.voorstel_id else None
    return Imported(
        document=document,
        result="unchanged",
        kenmerk=dossier.voorstel.kenmerk if dossier else document.kenmerk,
        route=dossier.voorstel.route_id if dossier and document.voorblad else None,
        state=dossier.voorstel.state if dossier and document.voorblad else None,
    )


def _new_dossier(
    session: Session, document: ReadDocument, route: str | None, words: Words
) -> Dossier:
    """The dossier that a voorblad makes in an empty register."""
    sheet = document.voorblad
    if sheet is None:
        raise ValueError("only a voorblad makes a dossier")
    return dossier_from(
        session.rules,
        sheet,
        route_for(session.rules, sheet, route),
        voorstel_id=session.new_id(),
        kenmerk=sheet.kenmerk or f"zonder-kenmerk-{document.sha256[:8]}",
        today=session.today(),
        keep=words.keep,
    )


class _Intake:
    """One document in one transaction."""

    def __init__(
        self,
        session: Session,
        uow: UnitOfWork,
        document: ReadDocument,
        data: bytes,
        route: str | None,
    ) -> None:
        self.session, self.uow, self.document, self.route = session, uow, document, route
        self.words = session.words()
        uow.keep_blob(document.sha256, data)

    def sheet(self) -> Imported:
        """A voorblad makes a dossier, or brings an existing one up to date."""
        sheet = self.document.voorblad
        before = self.uow.dossier(sheet.kenmerk) if sheet and sheet.kenmerk else None
        if sheet is None or before is None:
            return self._create()
        before = self._with_words(before)
        after, differences = updated(before, sheet, self.session.rules, self.words.keep)
        voorstel = replace(after.voorstel, version=before.voorstel.version + 1)
        after = replace(after, voorstel=voorstel, documents=(self._entity(voorstel.id),))
        self._write("werk_bij", before, after)
        return self._done("updated", after, differences)

    def _with_words(self, dossier: Dossier) -> Dossier:
        """The dossier with the words it will be compared in."""
        voorstel = dossier.voorstel
        wanted = [voorstel.explanation, *voorstel.emails]
        wanted += [one for person in voorstel.contacts for one in (person.name, person.email)]
        texts = self.uow.texts({one.commitment for one in wanted if one})

        def read(one: ErasableText | None) -> ErasableText | None:
            return ErasableText(one.commitment, texts.get(one.commitment)) if one else None

        contacts = tuple(
            replace(person, name=read(person.name) or person.name, email=read(person.email))
            for person in voorstel.contacts
        )
        emails = tuple(read(one) or one for one in voorstel.emails)
        voorstel = replace(
            voorstel, explanation=read(voorstel.explanation), contacts=contacts, emails=emails
        )
        return replace(dossier, voorstel=voorstel)

    def _create(self) -> Imported:
        """A new dossier, and the letters that waited for it."""
        after = _new_dossier(self.session, self.document, self.route, self.words)
        if self.uow.dossier(after.voorstel.kenmerk) is not None:
            raise Conflict(f"Kenmerk {after.voorstel.kenmerk} bestaat al.")
        made = after.voorstel
        rules, today = self.session.rules, self.session.today()
        keep_used(self.uow, rules, made.route_id, made.route_version, today)
        waiting = letters_for(after, self.uow.loose_documents())
        letters = tuple(replace(one, voorstel_id=after.voorstel.id) for one in waiting)
        after = replace(after, documents=(self._entity(after.voorstel.id), *letters))
        self._write("importeer", None, after, known=waiting)
        done = self._done("created", after, ())
        names = self.uow.texts({one.filename.commitment for one in letters})
        linked = tuple(names.get(one.filename.commitment) or one.kind for one in letters)
        return replace(done, linked=linked)

    def letter(self) -> Imported:
        """A letter is linked to the dossier it belongs to, else kept until that comes.

        One that was read before in other words is an update: it goes where that one went.
        """
        earlier = earlier_version(self.document, self.uow)
        kind = "werk_brief_bij" if earlier else "importeer_brief"
        differences = self._letter_differences(earlier) if earlier else ()
        dossier = self._dossier_of(earlier)
        if dossier is None:
            self._write_loose(kind, self._entity(None))
            return self._done("updated" if earlier else "kept", None, differences)
        voorstel = replace(dossier.voorstel, version=dossier.voorstel.version + 1)
        waiting = (earlier,) if earlier and earlier.voorstel_id is None else ()
        found = tuple(replace(one, voorstel_id=voorstel.id) for one in waiting)
        after = replace(dossier, voorstel=voorstel, documents=(self._entity(voorstel.id), *found))
        self._write(kind, dossier, after, known=waiting)
        result = "updated" if earlier and not waiting else "linked"
        return self._done(result, after, differences)

    def _dossier_of(self, earlier: Document | None) -> Dossier | None:
        """Where the earlier version of a letter is, else the dossier that the letter names."""
        if earlier and earlier.voorstel_id:
            return self.uow.dossier_by_id(earlier.voorstel_id)
        return belongs_to(self.document, self.uow, self.session)

    def _letter_differences(self, earlier: Document) -> tuple[Difference, ...]:
        """What the letter says otherwise than its earlier version."""
        brief, content = self.document.brief, earlier.content
        words = self.uow.texts({content.commitment}) if content else {}
        known = words.get(content.commitment) if content else None
        return letter_differences(known, brief) if brief else ()

    def _entity(self, voorstel_id: str | None) -> Document:
        """The document as the register keeps it."""
        document = self.document
        content = json.dumps(document.as_json(), ensure_ascii=False)
        return Document(
            id=self.session.new_id(),
            sha256=document.sha256,
            filename=self.words.keep(document.file),
            kind=document.kind.value,
            kenmerk=document.kenmerk,
            voorstel_id=voorstel_id,
            content=self.words.keep(content),
            read_on=self.session.today(),
            refers_to=refers_to(document),
        )

    def _write(
        self,
        kind: str,
        before: Dossier | None,
        after: Dossier,
        known: tuple[Document, ...] = (),
    ) -> None:
        """The event of a dossier."""
        was = {("document", one.id): one for one in known}
        changes = tuple(
            replace(change, before=_known(was, change.after) or change.before)
            for change in changes_between(before, after)
        )
        self._append(
            kind,
            f"voorstel/{after.voorstel.id}",
            changes,
            before.voorstel.state if before else None,
            after.voorstel.state,
        )

    def _write_loose(self, kind: str, document: Document) -> None:
        """The event of a letter without a dossier."""
        changes = (Change(before=None, after=document),)
        self._append(kind, f"document/{document.id}", changes, None, None)

    def _append(
        self,
        kind: str,
        stream: str,
        changes: tuple[Change, ...],
        from_state: str | None,
        to_state: str | None,
    ) -> None:
        """Write the event and all that it changed."""
        session = self.session
        actor = session.actor_text(self.words)
        draft = EventDraft(
            stream=stream,
            type=kind,
            at=session.now(),
            recorded_at=session.clock(),
            rehearsal=session.rehearsal,
            actor=actor,
            actor_unverified=session.actor.unverified,
            basis="import",
            from_state=from_state,
            to_state=to_state,
            definition=session.rules.digest,
            inputs={"sha256": self.document.sha256, "kind": self.document.kind.value},
            changes=changes,
            texts=tuple(self.words.new),
            command_id=command_of(self.document.sha256),
        )
        self.uow.write(draft)

    def _done(
        self, result: str, dossier: Dossier | None, differences: tuple[Difference, ...]
    ) -> Imported:
        """The answer for this file."""
        voorstel = dossier.voorstel if dossier else None
        sheet = self.document.voorblad is not None
        return Imported(
            document=self.document,
            result=result,
            kenmerk=voorstel.kenmerk if voorstel else self.document.kenmerk,
            route=voorstel.route_id if voorstel and sheet else None,
            state=voorstel.state if voorstel and sheet else None,
            differences=differences,
        )


def _known(was: Mapping[tuple[str, str], Document], after: Entity) -> Document | None:
    """The letter as it waited."""
    return was.get(("document", after.id)) if isinstance(after, Document) else None
