"""Who fills a function on a day, who stands in, and where mail goes when nobody does.

A task hangs on a function, not on a person: after an election or a change of job the
function stays and a vacancy is named. All days are dates, both bounds included.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from workflow.domain.dutch import date_in_words
from workflow.domain.recipient import Recipient

FUNCTION = "functie."  # begins the id of a reader that is a function, not yet a person


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Someone in a function, from `first` up to and including `last` (None: no bound)."""

    name: str
    email: str | None
    first: dt.date | None = None
    last: dt.date | None = None

    def on(self, day: dt.date) -> bool:
        """Whether they fill it on `day`."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A function, in the order of its holders; `mailbox` gets mail while nobody fills it.

    `governs`: a wethouder or burgemeester; no mail in person, always to the mailbox.
    """

    code: str
    name: str
    holders: tuple[Holder, ...] = ()
    mailbox: Holder | None = None
    governs: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Someone, known by their address, is away; `deputy` reads for them (None: the mailbox)."""

    email: str
    first: dt.date
    last: dt.date
    deputy: Holder | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """A reader as they are on a day, and in Dutch why it is not the one who was meant."""

    reader: Recipient
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Staff:
    """The functions and absences of an organisation; made once with its definitions."""

    functions: Mapping[str, Function] = field(default_factory=lambda: MappingProxyType({}))
    absences: Sequence[Absence] = ()

    def on(self, day: dt.date, reader: Recipient, desk: Recipient) -> tuple[StandIn, ...]:
        """Who reads on `day` what is meant for `reader`; `desk` when there is nobody else."""
        if not reader.id.startswith(FUNCTION):
            return (self._present(day, StandIn(reader=reader), desk),)
        function = self.functions.get(reader.id.removeprefix(FUNCTION))
        if function is None:
            return (StandIn(reader=reader),)  # a name only: there is no address for it
        return tuple(self._present(day, one, desk) for one in _filled(function, day, reader, desk))

    def _present(self, day: dt.date, one: StandIn, desk: Recipient) -> StandIn:
        """The reader, or their deputy while they are away."""
        away = self._absence(day, one.reader)
        if away is None:
            return one
        until = f"{one.reader.name} is afwezig tot en met {date_in_words(away.last)}"
        deputy = away.deputy
        if deputy is None or self._absence(day, _as_reader(one.reader, deputy)):
            note = f"{until} en heeft geen vervanger."
            return StandIn(reader=desk, note=f"{one.note} {note}".strip())
        note = f"{until}; u vervangt."
        return StandIn(reader=_as_reader(one.reader, deputy), note=f"{one.note} {note}".strip())

    def _absence(self, day: dt.date, reader: Recipient) -> Absence | None:
        """The absence of a reader on a day."""
        address = (reader.email or "").casefold()
        return next(
            (
                one
                for one in self.absences
                if one.email.casefold() == address and one.first <= day <= one.last
            ),
            None,
        )


NOBODY_AWAY = Staff()


def _filled(
    function: Function, day: dt.date, reader: Recipient, desk: Recipient
) -> tuple[StandIn, ...]:
    """The people in a function on a day; a vacancy is named and read by its mailbox."""
    present = [one for one in function.holders if one.on(day)]
    if present and not function.governs:
        return tuple(StandIn(reader=_as_reader(reader, one)) for one in present)
    note = "" if present else f"De functie ‘{function.name}’ is nu niet bezet."
    if function.mailbox is None:
        return (StandIn(reader=desk, note=note),)
    return (StandIn(reader=_as_reader(reader, function.mailbox), note=note),)


def _as_reader(meant: Recipient, holder: Holder) -> Recipient:
    """The reader in the place of the one who was meant."""
    return replace(
        meant,
        id=f"{meant.id}/{(holder.email or holder.name).casefold()}",
        name=holder.name,
        email=holder.email,
        bestuurder=False,
    )
