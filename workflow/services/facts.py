"""From dossiers and afspraken to the plain facts that reminders are derived from."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from workflow.domain.behandeling import DECIDING, Behandeling
from workflow.domain.deadlines import papers_due
from workflow.domain.dossier import Dossier
from workflow.domain.dutch import conclusie_in_words
from workflow.domain.raadsinformatie import INFORM
from workflow.domain.recipient import Recipient
from workflow.domain.reminder_facts import (
    Fact,
    MissingPaper,
    OpenBehandeling,
    OpenRaad,
    OpenVoorstel,
)
from workflow.domain.rounds import rows_at
from workflow.domain.route import order_of
from workflow.domain.voorstel import Attachment, Paper, Stap
from workflow.engine.bezwaar import open_objection
from workflow.engine.definition import Aanleveren, OverlegDefinitie
from workflow.engine.reminder_rules import weekday_number
from workflow.engine.rules import normalise
from workflow.services.facts_owed import afspraak_fact
from workflow.services.reminder_setup import Around, contacts_of


def facts_of(dossier: Dossier, around: Around) -> Iterator[Fact]:
    """Everything in one dossier that a reminder may be about.

    Rows to be treated count only while the voorstel is on its route: one that was sent
    back or withdrawn is not expected anywhere. What it promised stays owed after its end.
    """
    contacts = contacts_of(dossier.voorstel)
    yield from _waiting(dossier, around, contacts)
    yield from _rows(dossier, around, contacts)
    yield from _raden(dossier, around, contacts)
    for one in dossier.afspraken:
        fact = afspraak_fact(one, around, source=dossier.voorstel)
        if fact is not None:
            yield fact


def _waiting(
    dossier: Dossier, around: Around, contacts: tuple[Recipient, ...]
) -> Iterator[OpenVoorstel]:
    """The voorstel itself, while it has not ended and is known to be in its state since a day."""
    voorstel = dossier.voorstel
    if voorstel.state_since is None or around.rules.is_end(voorstel.state):
        return
    step = voorstel.step(voorstel.state)
    label = f"bij {step.overleg}" if step else around.rules.state_label("voorstel", voorstel.state)
    yield OpenVoorstel(
        kenmerk=voorstel.kenmerk,
        subject=voorstel.subject,
        state=voorstel.state,
        state_label=label[0].lower() + label[1:],
        since=voorstel.state_since,
        contacts=contacts,
    )


# --- rows of the behandeltabel -------------------------------------------------------


def _rows(
    dossier: Dossier, around: Around, contacts: tuple[Recipient, ...]
) -> Iterator[OpenBehandeling]:
    """The open rows, and those whose conclusie was recorded here."""
    under_way = dossier.voorstel.step(dossier.voorstel.state) is not None
    waiting = {row.id for row in dossier.open_rows()} if under_way else set()
    for row in dossier.behandelingen:
        if row.id in waiting or row.recorded_on is not None:
            yield row_fact(dossier, row, around, contacts)


def row_fact(
    dossier: Dossier, row: Behandeling, around: Around, contacts: tuple[Recipient, ...]
) -> OpenBehandeling:
    """One row as a fact, with the readers and papers of its voorstel.

    An open row of a cancelled meeting waits for another day. Nobody is told of a conclusie
    when no contact can be reached: the secretariaat recorded it itself.
    """
    voorstel = dossier.voorstel
    if row.is_open() and any((code, row.date) in around.cancelled for code in row.overleg_codes):
        row = replace(row, date=None)
    missing = missing_papers(voorstel.attachments, dossier.papers) if row.is_open() else ()
    deadline = papers_due_of(row, around) if missing else None
    codes = {one.code for one in row.per_punt}
    return OpenBehandeling(
        id=row.id,
        kenmerk=voorstel.kenmerk,
        subject=voorstel.subject,
        overleg=row.overleg,
        day=row.date,
        state=row.state,
        doel=row.doel.value if row.doel else "",
        papers_due=deadline[0] if deadline else None,
        papers_hour=deadline[1] if deadline else "12:00",
        missing=missing,
        conclusie=conclusie_in_words(row.conclusie_code) if row.conclusie_code else "",
        conclusie_text=(row.conclusie.text or "") if row.conclusie else "",
        per_punt=tuple(
            f"{one.number}: {conclusie_in_words(one.code)}" for one in row.per_punt if one.number
        )
        if len(codes) > 1
        else (),
        recorded_on=row.recorded_on if any(one.reachable for one in contacts) else None,
        contacts=contacts,
        agenda_fixed=fixed[0] if (fixed := agenda_fixed_of(row, around)) else None,
    )


def papers_due_of(row: Behandeling, around: Around) -> tuple[dt.date, str] | None:
    """The last day and hour for papers; of a joint meeting the earliest. None: no scheme."""
    return _counted_back(row, around, lambda overleg: overleg.aanleveren)


def agenda_fixed_of(row: Behandeling, around: Around) -> tuple[dt.date, str] | None:
    """The day and hour on which the agenda of a row is fixed, likewise. None: no scheme."""
    return _counted_back(row, around, lambda overleg: overleg.agendavaststelling)


def _counted_back(
    row: Behandeling, around: Around, scheme: Callable[[OverlegDefinitie], Aanleveren | None]
) -> tuple[dt.date, str] | None:
    """The strictest day and hour that the overleggen of a row have in their meeting schemes."""
    if row.date is None:
        return None
    schemes = [
        wanted
        for code in row.overleg_codes
        if (found := around.rules.overleggen.get(code)) and (wanted := scheme(found))
    ]
    if not schemes:
        return None
    strictest = max(schemes, key=lambda one: (one.werkdagen, _minutes_left(one.uur)))
    day = papers_due(row.date, working_days=strictest.werkdagen, closed=around.calendar.closed)
    return day, strictest.uur


def _minutes_left(hour: str) -> int:
    """How much of the day is left after an hour, in minutes: the earlier, the more."""
    return 24 * 60 - int(hour[:2]) * 60 - int(hour[3:])


def missing_papers(
    attachments: Iterable[Attachment], papers: Sequence[Paper]
) -> tuple[MissingPaper, ...]:
    """The attachments on the voorblad that nobody has delivered.

    Delivered is what was attached as a paper under the attachment's title, under its
    number ("Bijlage 1", "1"), or under a title that begins with "Bijlage 1"; the title
    of the paper and the name of its file both count. A voorblad that was read delivers
    no attachment, even when its text holds one: what is decided is kept as a paper.
    """
    names = {normalise(one.title) for one in papers}
    files = [one.filename.text or "" for one in papers]
    names |= {normalise(name.rpartition(".")[0] or name) for name in files if name}
    return tuple(
        MissingPaper(title=one.description or f"Bijlage {one.number}")
        for one in attachments
        if not _is_there(one, names)
    )


def _is_there(attachment: Attachment, names: set[str]) -> bool:
    """One of these names means this attachment."""
    title = normalise(attachment.description)
    if title and title in names:
        return True
    if not attachment.number:
        return False
    number = normalise(attachment.number)
    label = f"bijlage {number}"
    return bool({number, label} & names) or any(one.startswith(f"{label} ") for one in names)


# --- the gemeenteraden ---------------------------------------------------------------


def _raden(dossier: Dossier, around: Around, contacts: tuple[Recipient, ...]) -> Iterator[OpenRaad]:
    """Each gemeente of the round; before it started, those that would take part."""
    voorstel = dossier.voorstel
    if around.rules.is_end(voorstel.state):
        return
    for step in voorstel.steps:
        if step.per_gemeente and not step.skipped and (step.deelroute or INFORM) == INFORM:
            yield from _raden_at(dossier, step, around, contacts)


def _raden_at(
    dossier: Dossier, step: Stap, around: Around, contacts: tuple[Recipient, ...]
) -> Iterator[OpenRaad]:
    """Each gemeente that a round informs."""
    voorstel = dossier.voorstel
    decided = decided_on(dossier, step)
    disputed = open_objection(dossier) is not None
    for code, name, state, offered in _round(dossier, step, around):
        if disputed and offered is None:
            continue  # it may not be offered now, so nobody is asked to
        known = around.rules.gemeenten.get(code)
        yield OpenRaad(
            kenmerk=voorstel.kenmerk,
            subject=voorstel.subject,
            gemeente=code,
            gemeente_name=name,
            state=state,
            decided_on=decided,
            offered_on=offered,
            college_weekday=weekday_number(known.collegedag) if known else None,
            office=around.mailboxes.get(code),
            contacts=contacts,
        )


def _round(
    dossier: Dossier, step: Stap, around: Around
) -> Iterator[tuple[str, str, str, dt.date | None]]:
    """Code, name, state and day of offering: as stored, else as proposed at its turn."""
    rows = rows_at(dossier, step)
    for one in rows:
        yield one.code, one.name, one.state, one.offered_on
    if not rows and dossier.voorstel.state == step.id:
        day = dossier.voorstel.effective_on or around.today
        for known in around.rules.members(dossier.voorstel.theme, day):
            yield known.code, known.naam, "aan_te_bieden", None


def decided_on(dossier: Dossier, fan_out: Stap) -> dt.date | None:
    """The day of the decision that the gemeenten are told of; None: nothing was treated.

    The last treated row before the round that decides, else the last treated one.
    """
    place = order_of(dossier, fan_out.id)
    before = [
        (row.doel in DECIDING, row.happened_on)
        for row in dossier.behandelingen
        if row.state == "behandeld"
        and row.happened_on is not None
        and order_of(dossier, row.step) < place
    ]
    return max(before)[1] if before else None
