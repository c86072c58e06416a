"""What stands in a calendar: the points of a person, the meetings of an overleg, the way to a raad.

Every entry has a uid that stays when its day moves, and a sequence that rises with each act
on what it is about. Nothing disappears: what is off says that it is off.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from notifications.ical import AMSTERDAM, Entry
from workflow.domain.behandeling import Behandeling
from workflow.domain.calendar import Span
from workflow.domain.deadlines import papers_due
from workflow.domain.dossier import Dossier
from workflow.domain.dutch import date_in_words
from workflow.domain.feeds import CalendarReader
from workflow.domain.overleg import Vergadering
from workflow.domain.raadsinformatie import Raadsinformatie
from workflow.domain.rounds import step_of
from workflow.domain.voorstel import Stap, Voorstel
from workflow.engine.definition import Aanleveren
from workflow.engine.rules import Rules
from workflow.services.reminder_setup import contacts_of
from workflow.services.secrecy import is_closed, shown_subject
from workflow.services.session import Session

PAST, AHEAD = dt.timedelta(days=366), dt.timedelta(days=3 * 366)
REMINDER = dt.timedelta(minutes=15)  # how long before its hour a deadline stands in a calendar
OFF = frozenset({"doorgeschoven", "van_de_agenda", "vervallen"})
MOVED = frozenset({"doorgeschoven", "van_de_agenda"})  # the next row of the step takes its place
RAAD_OFF = frozenset({"niet_verzonden", "niet_van_toepassing", "gemeente_opgeheven"})
ENDED_WITHOUT = frozenset({"afgewezen", "ingetrokken"})


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where entries come from: the definitions, the day, and where links and uids lead."""

    rules: Rules
    today: dt.date
    base_url: str
    domain: str

    def link(self, voorstel: Voorstel) -> str:
        """The dossier; '' without a base."""
        base = self.base_url.rstrip("/")
        return f"{base}/voorstellen/{voorstel.kenmerk}" if base else ""

    def subject(self, voorstel: Voorstel) -> str:
        return shown_subject(voorstel, self.rules)

    def about(self, voorstel: Voorstel) -> str:
        """Which voorstel; of a besloten one nothing."""
        return "" if is_closed(voorstel, self.rules) else f"Voorstel {voorstel.kenmerk}"

    def uid(self, *parts: str) -> str:
        return f"{'/'.join(parts)}@{self.domain}"


def place_of(session: Session, base_url: str) -> Place:
    """Where the entries of this register come from and lead to."""
    rules = session.rules
    domain = rules.definities.organisatie.afzender.rpartition("@")[2]
    return Place(rules=rules, today=session.today(), base_url=base_url, domain=domain)


def span_of(today: dt.date) -> Span:
    """The days that a calendar shows: a year back, three ahead."""
    return Span(first=today - PAST, last=today + AHEAD)


# --- a person ----------------------------------------------------------------------------


def of_person(reader: CalendarReader, place: Place, address: str) -> list[Entry]:
    """The points of one contactpersoon, and until when their papers may arrive."""
    return [
        entry
        for dossier in reader.planned(span_of(place.today))
        if _is_contact(dossier.voorstel, address)
        for entry in (*row_entries(dossier, place), *_deadlines(dossier, place))
    ]


def _is_contact(voorstel: Voorstel, address: str) -> bool:
    wanted = address.casefold()
    return any((one.email or "").casefold() == wanted for one in contacts_of(voorstel))


def row_entries(
    dossier: Dossier, place: Place, only: Iterable[str] | None = None
) -> Iterator[Entry]:
    """The rows of a dossier with a day; a row that moved keeps the uid of the first.

    `only`: ids of rows; the entry of any row in the line that one of them stands in.
    """
    wanted = None if only is None else set(only)
    for line in _lines(dossier.behandelingen):
        if wanted is not None and not wanted & {row.id for row in line}:
            continue
        row = next((one for one in reversed(line) if one.date is not None), None)
        if row is not None:
            yield _row_entry(dossier.voorstel, line, row, place)


def _lines(rows: Sequence[Behandeling]) -> list[list[Behandeling]]:
    """Rows that took each other's place, because the point moved, in one line."""
    lines: list[list[Behandeling]] = []
    for row in rows:
        before = next((one for one in lines if _continues(one[-1], row)), None)
        if before is None:
            lines.append([row])
        else:
            before.append(row)
    return lines


def _continues(before: Behandeling, row: Behandeling) -> bool:
    same = (before.step, before.overleg_codes) == (row.step, row.overleg_codes)
    return same and before.state in MOVED


def _row_entry(
    voorstel: Voorstel, line: Sequence[Behandeling], row: Behandeling, place: Place
) -> Entry:
    """One point on one day; off when its last row is off, or waits for a new day."""
    last = line[-1]
    off = last.state in OFF or last.date is None or _given_up(voorstel, last)
    doel = f" ({row.doel.value})" if row.doel else ""
    return Entry(
        uid=place.uid("behandeling", voorstel.id, line[0].id),
        sequence=voorstel.version,
        day=row.date,
        summary=f"{row.overleg}: {place.subject(voorstel)}{doel}",
        description=place.about(voorstel),
        url=place.link(voorstel),
        cancelled=off,
    )


def _given_up(voorstel: Voorstel, row: Behandeling) -> bool:
    return row.is_open() and voorstel.state in ENDED_WITHOUT


def _deadlines(dossier: Dossier, place: Place) -> Iterator[Entry]:
    """Until when papers may arrive, for each open row of an overleg with a scheme."""
    voorstel = dossier.voorstel
    if voorstel.state in ENDED_WITHOUT:
        return
    for line in _lines(dossier.behandelingen):
        row = line[-1]
        scheme = _scheme(row.overleg_codes, place.rules)
        if row.is_open() and row.date is not None and scheme is not None:
            what = f"Stukken aanleveren voor {row.overleg}: {place.subject(voorstel)}"
            uid = place.uid("stukken", voorstel.id, line[0].id)
            yield _deadline(
                uid, voorstel.version, row.date, scheme, what, place, place.link(voorstel)
            )


def _scheme(codes: Iterable[str], rules: Rules) -> Aanleveren | None:
    """The strictest meeting scheme of these overleggen."""
    known = [one.aanleveren for code in codes if (one := rules.overleggen.get(code))]
    schemes = [one for one in known if one is not None]
    return max(schemes, key=lambda one: one.werkdagen) if schemes else None


def _deadline(
    uid: str,
    sequence: int,
    meeting: dt.date,
    scheme: Aanleveren,
    what: str,
    place: Place,
    url: str = "",
) -> Entry:
    """The last quarter of an hour in which papers may arrive."""
    closed = place.rules.calendar.closed
    day = papers_due(meeting, working_days=scheme.werkdagen, closed=closed)
    hour = dt.time(int(scheme.uur[:2]), int(scheme.uur[3:]))
    end = dt.datetime.combine(day, hour, AMSTERDAM)
    return Entry(
        uid=uid,
        sequence=sequence,
        begin=end - REMINDER,
        end=end,
        summary=what,
        description=f"Uiterlijk {hour:%H.%M} uur, voor {date_in_words(meeting)}.",
        url=url,
    )


# --- an overleg --------------------------------------------------------------------------


def of_overleg(reader: CalendarReader, place: Place, code: str) -> list[Entry]:
    """The meetings of one overleg with their points, and until when papers may arrive."""
    span, known = span_of(place.today), place.rules.overleggen[code]
    meetings = {one.id: one for one in _planned_meetings(place.rules, code, span)}
    meetings |= {one.id: one for one in reader.meetings(span) if one.overleg_code == code}
    points = _points(reader.planned(span), code, place)
    found: list[Entry] = []
    for one in sorted(meetings.values(), key=lambda meeting: meeting.date):
        off = one.state == "afgelast"
        found.append(
            Entry(
                uid=place.uid("vergadering", one.id),
                sequence=one.version,
                day=one.date,
                summary=known.naam,
                description="\n".join(points.get(one.date, ())) or "Nog geen punten.",
                cancelled=off,
            )
        )
        if known.aanleveren is not None and not off:
            uid = place.uid("stukken", one.id)
            what = f"Stukken aanleveren voor {known.naam}"
            found.append(_deadline(uid, one.version, one.date, known.aanleveren, what, place))
    return found


def _planned_meetings(rules: Rules, code: str, span: Span) -> Iterator[Vergadering]:
    """The meetings of the calendar that the organisation confirmed."""
    for overleg, day in rules.calendar.meetings:
        if overleg == code and day in span:
            yield Vergadering(
                id=f"{code}-{day.isoformat()}", overleg_code=code, date=day, version=0
            )


def _points(dossiers: Iterable[Dossier], code: str, place: Place) -> Mapping[dt.date, list[str]]:
    """Per day the points of an overleg, each on a line."""
    found: dict[dt.date, list[str]] = {}
    for dossier in dossiers:
        for row in dossier.behandelingen:
            if row.date and code in row.overleg_codes and row.state not in OFF:
                doel = f" ({row.doel.value})" if row.doel else ""
                voorstel = dossier.voorstel
                number = "" if is_closed(voorstel, place.rules) else f"{voorstel.kenmerk}: "
                line = f"{number}{place.subject(voorstel)}{doel}"
                found.setdefault(row.date, []).append(line)
    return found


# --- the raad of a gemeente --------------------------------------------------------------


def of_gemeente(reader: CalendarReader, place: Place, code: str) -> list[Entry]:
    """When which subject comes to the raad of one gemeente: one entry a voorstel and round."""
    return [
        entry
        for dossier in reader.planned(span_of(place.today))
        for entry in _council_entries(dossier, place, code)
    ]


def _council_entries(dossier: Dossier, place: Place, code: str) -> Iterator[Entry]:
    """One subject on its way to one raad, and until when that may answer."""
    rows = [one for one in dossier.raden if one.code == code]
    steps = [one for one in dossier.voorstel.steps if one.per_gemeente and not one.skipped]
    if not rows and steps and _will_take_part(dossier, place, code):
        day = _decision_day(dossier, steps[0])
        yield from _council_entry(dossier, place, code, None, day)
    for row in rows:
        step = dossier.voorstel.step(step_of(dossier, row) or "")
        yield from _council_entry(dossier, place, code, row, _decision_day(dossier, step))


def _council_entry(
    dossier: Dossier,
    place: Place,
    code: str,
    row: Raadsinformatie | None,
    expected: dt.date | None,
) -> Iterator[Entry]:
    """Where a subject is on its way, and its last day to answer; nothing when no day is known."""
    voorstel = dossier.voorstel
    day, what, certain = _way_to_raad(row, expected)
    off = voorstel.state in ENDED_WITHOUT or (row is not None and row.state in RAAD_OFF)
    key = row.gemeente if row is not None else code
    if day is not None:
        yield Entry(
            uid=place.uid("raad", voorstel.id, key),
            sequence=voorstel.version,
            day=day,
            summary=f"{what}: {place.subject(voorstel)}",
            description=place.about(voorstel),
            cancelled=off,
            tentative=not certain,
        )
    if row is not None and row.deadline is not None:
        yield Entry(
            uid=place.uid("antwoord", voorstel.id, key),
            sequence=voorstel.version,
            day=row.deadline,
            summary=f"Uiterlijk antwoord van de gemeente: {place.subject(voorstel)}",
            description=place.about(voorstel),
            cancelled=off,
        )


def _will_take_part(dossier: Dossier, place: Place, code: str) -> bool:
    """Before the round has begun: whether this gemeente would be in it."""
    members = place.rules.members(dossier.voorstel.theme, place.today)
    return code in {one.code for one in members}


def _decision_day(dossier: Dossier, step: Stap | None) -> dt.date | None:
    """The last day of the rows before the round, after which the subject goes to the raden."""
    order = [one.id for one in dossier.voorstel.steps]
    until = order.index(step.id) if step and step.id in order else len(order)
    before = set(order[:until])
    dated = [row for row in dossier.behandelingen if row.step in before and row.date is not None]
    standing = [row for row in dated if row.state not in OFF] or dated  # off: the day it had
    return max((row.date for row in standing if row.date), default=None)


def _way_to_raad(
    row: Raadsinformatie | None, expected: dt.date | None
) -> tuple[dt.date | None, str, bool]:
    """The day that says most, what it is, and whether it is certain."""
    if row is not None and row.sent_on is not None:
        return row.sent_on, "Naar de raad gestuurd", True
    if row is not None and row.college_date is not None:
        return row.college_date, "Collegebesluit, daarna naar de raad", True
    if row is not None and row.offered_on is not None:
        return row.offered_on, "Aangeboden aan de gemeente, komt naar de raad", False
    return expected, "Regionale behandeling, komt daarna naar de raad", False
