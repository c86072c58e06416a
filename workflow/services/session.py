"""Who acts, on what day, under which definitions: handed to every service."""

import datetime as dt
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from zoneinfo import ZoneInfo

from workflow.domain.errors import InvalidField
from workflow.domain.events import NewText
from workflow.domain.permissions import Actor, Permission
from workflow.domain.ports import Reader, Units
from workflow.domain.text import ErasableText
from workflow.engine.rules import Rules
from workflow.history.commitment import commit

ZONE = ZoneInfo("Europe/Amsterdam")
MAX_REMARK = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One user at one register.

    `clock` gives the true moment in UTC. `fixed_day` is a day to rehearse with:
    then events are marked so. `register_secret` makes the commitment of an actor
    the same each time, so that one erasure reaches all of their events.
    """

    actor: Actor
    rules: Rules
    units: Units
    reader: Reader
    clock: Callable[[], dt.datetime]
    salt: Callable[[], bytes]
    new_id: Callable[[], str]
    register_secret: bytes
    fixed_day: dt.date | None = None
    go_live: dt.date | None = None  # no reminder for a date before it

    def now(self) -> dt.datetime:
        """The moment that counts, in UTC: the true one, or the present time on the fixed day."""
        true = self.clock()
        if self.fixed_day is None:
            return true
        local = true.astimezone(ZONE)
        moment = dt.datetime.combine(self.fixed_day, local.timetz().replace(tzinfo=None), ZONE)
        return moment.astimezone(dt.UTC)

    def today(self) -> dt.date:
        """The day that counts, in Europe/Amsterdam."""
        return self.fixed_day or self.clock().astimezone(ZONE).date()

    @property
    def rehearsal(self) -> bool:
        return self.fixed_day is not None

    def require(self, permission: Permission, act: str) -> None:
        """Raise NotPermitted unless the user holds the permission."""
        self.actor.require(permission, act)

    def words(self) -> "Words":
        """A fresh notebook for the words about persons that an act brings."""
        return Words(salt=self.salt)

    def actor_text(self, words: "Words") -> ErasableText:
        """The user as a commitment, the same in all events of this register."""
        known = _name_of(self.register_secret, self.actor.name)
        words.new.append(known)
        return ErasableText(known.commitment, known.text)


@lru_cache(maxsize=128)
def _name_of(register_secret: bytes, name: str) -> NewText:
    """The name of an actor, under a salt that only this register can make; may be stored."""
    salt = hmac.digest(register_secret, name.encode(), "sha256")
    return NewText(commitment=commit(name, salt), salt=salt, text=name, shared=True)


@dataclass(slots=True, kw_only=True)
class Words:
    """Collects words about persons: events get the commitment, a table of its own the text."""

    salt: Callable[[], bytes]
    new: list[NewText] = field(default_factory=list)
    _kept: dict[str, ErasableText] = field(default_factory=dict)

    def keep(self, text: str) -> ErasableText:
        """The commitment to a text; the same text twice in one act is kept once."""
        if text not in self._kept:
            salt = self.salt()
            self._kept[text] = ErasableText(commit(text, salt), text)
            self.new.append(NewText(commitment=self._kept[text].commitment, salt=salt, text=text))
        return self._kept[text]


def inputs_as_plain(
    values: Mapping[str, str], personal: frozenset[str], words: Words
) -> dict[str, object]:
    """The fields of an act for its event: words about persons as commitments."""
    return {
        name: {"commit": words.keep(value).commitment} if name in personal else value
        for name, value in values.items()
        if value
    }


def checked_remark(remark: str | None) -> str | None:
    """A remark without edges; InvalidField when it is too long or holds control characters."""
    text = (remark or "").strip()
    if len(text) > MAX_REMARK:
        raise InvalidField("opmerking", f"de tekst is langer dan {MAX_REMARK} tekens.")
    if any(ord(char) < 32 and char not in "\n\r\t" for char in text):
        raise InvalidField("opmerking", "de tekst bevat tekens die niet getoond kunnen worden.")
    return text or None
