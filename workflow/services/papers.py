"""Papers: a new one, or a new version of one, kept by hash."""

import datetime as dt
from dataclasses import replace
from hashlib import sha256

from workflow.domain.dossier import changes_between
from workflow.domain.errors import InvalidField, NotFound
from workflow.domain.permissions import Permission
from workflow.domain.ports import UnitOfWork
from workflow.domain.text import ErasableText
from workflow.domain.voorstel import Paper
from workflow.services.drafts import draft
from workflow.services.once import Answer, Request, once
from workflow.services.session import Session

MAX_BYTES = 20 * 1024 * 1024
MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".txt": "text/plain",
    ".md": "text/plain",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}
OTHER = "application/octet-stream"


def attach(
    session: Session,
    kenmerk: str,
    filename: str,
    data: bytes,
    *,
    title: str | None = None,
    command_id: str | None = None,
) -> tuple[Answer, Paper]:
    """A paper, or the next version of the one with this title.

    Without a title: that of the paper that came in a file with this name before,
    or of the attachment on the voorblad that the name fits, else 'Stuk' and a
    number: a title stands in the history for good, the name of a file can be erased.
    Raises NotFound for the kenmerk,
    InvalidField for an empty file, one over 20 MB, or the very same bytes again.
    """
    session.require(Permission.STUKKEN_BEHEREN, "Voeg een stuk toe")
    if not data:
        raise InvalidField("stuk", "het bestand is leeg.")
    if len(data) > MAX_BYTES:
        raise InvalidField("stuk", "het bestand is groter dan 20 MB.")
    command_id = command_id or session.new_id()
    kept: list[Paper] = []

    def attempt(uow: UnitOfWork) -> Answer:
        kept.clear()
        answer, paper = _store(session, uow, kenmerk, filename, data, title, command_id)
        kept.append(paper)
        return answer

    same = Request(kind="voeg_stuk_toe", inputs={"sha256": sha256(data).hexdigest()})
    answer = once(session, command_id, kenmerk, attempt, request=same)
    if not kept:  # done before, under the same command id
        kept = [_stored_by(session, kenmerk, answer.event)]
    return answer, kept[0]


def _stored_by(session: Session, kenmerk: str, seq: int) -> Paper:
    """The version of a paper that an event stored; NotFound when it stored none."""
    dossier = session.reader.dossier(kenmerk)
    acts = session.reader.events(f"voorstel/{dossier.voorstel.id}") if dossier else ()
    for act in acts:
        if act.seq == seq and "stuk" in act.body["inputs"]:
            wanted = (act.body["inputs"]["stuk"], act.body["inputs"]["versie"])
            for paper in dossier.papers if dossier else ():
                if (paper.id, paper.version) == wanted:
                    return paper
    raise NotFound("Stuk", f"gebeurtenis {seq}")


def _store(
    session: Session,
    uow: UnitOfWork,
    kenmerk: str,
    filename: str,
    data: bytes,
    title: str | None,
    command_id: str | None,
) -> tuple[Answer, Paper]:
    """One try."""
    before = uow.dossier(kenmerk)
    if before is None:
        raise NotFound("Voorstel", kenmerk)
    papers = uow.papers(before.voorstel.id)
    name = filename.replace("\\", "/").rsplit("/", 1)[-1][:200] or "stuk"
    titles = [one.description for one in before.voorstel.attachments]
    words = session.words()
    named = title or _known(uow, papers, name) or _fitting(name, titles)
    number = len({one.id for one in papers}) + 1
    paper = _next(papers, (named or f"Stuk {number}").strip()[:500], name, data)
    paper = replace(
        paper,
        voorstel_id=before.voorstel.id,
        added_on=session.today(),
        filename=words.keep(name),
    )
    if any(
        (one.id, one.version, one.sha256) == (paper.id, paper.version - 1, paper.sha256)
        for one in papers
    ):
        raise InvalidField("stuk", "dit is precies de versie die er al was.")
    uow.keep_blob(paper.sha256, data)
    voorstel = replace(before.voorstel, version=before.voorstel.version + 1)
    after = replace(before, voorstel=voorstel, papers=(paper,))
    seq = uow.write(
        draft(
            session,
            "voeg_stuk_toe",
            f"voorstel/{voorstel.id}",
            changes_between(before, after),
            words=words,
            command_id=command_id,
            state=voorstel.state,
            inputs={"stuk": paper.id, "versie": paper.version, "sha256": paper.sha256},
        )
    )
    answer = Answer(
        kenmerk=kenmerk,
        from_state=voorstel.state,
        to_state=voorstel.state,
        event=seq,
        version=voorstel.version,
    )
    return answer, paper


def _next(papers: tuple[Paper, ...], title: str, name: str, data: bytes) -> Paper:
    """The next version of the paper with this title, or the first of a new one."""
    same = [one for one in papers if one.title.casefold() == title.casefold()]
    used = {one.id for one in papers}
    return Paper(
        voorstel_id="",
        id=same[0].id if same else f"p{len(used) + 1}",
        version=max((one.version for one in same), default=0) + 1,
        title=same[0].title if same else title,
        filename=ErasableText("", name),
        media_type=MEDIA_TYPES.get(f".{name.rsplit('.', 1)[-1].lower()}", OTHER),
        size=len(data),
        sha256=sha256(data).hexdigest(),
        added_on=dt.date.min,
    )


def _known(uow: UnitOfWork, papers: tuple[Paper, ...], name: str) -> str | None:
    """The title of the paper that came in a file with this name before."""
    names = uow.texts({one.filename.commitment for one in papers})
    return next((p.title for p in papers if names.get(p.filename.commitment) == name), None)


def _fitting(name: str, titles: list[str]) -> str | None:
    """The attachment on the voorblad that a file name means, when it is just one."""
    stem = name.rsplit(".", 1)[0].casefold().replace("-", " ").replace("_", " ").strip()
    found = [one for one in titles if stem and one.casefold().startswith(stem)]
    return found[0] if len(found) == 1 else None


def paper_bytes(
    session: Session, kenmerk: str, paper_id: str, version: int
) -> tuple[str, str, bytes]:
    """File name, media type and bytes of one version; NotFound when there is none."""
    session.require(Permission.LEZEN, "Bekijk een stuk")
    dossier = session.reader.dossier(kenmerk)
    found = [
        one
        for one in (dossier.papers if dossier else ())
        if (one.id, one.version) == (paper_id, version)
    ]
    content = session.reader.blob(found[0].sha256) if found else None
    if content is None:
        raise NotFound("Stuk", f"{paper_id}, versie {version}")
    return found[0].filename.text or "stuk", found[0].media_type, content
