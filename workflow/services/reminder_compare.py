"""What another set of reminder rules would change: before it is put in use."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from workflow.engine.rules import Rules
from workflow.services.reminder import Post, preview
from workflow.services.session import Session
from workflow.services.views import Json

PERIOD = dt.timedelta(days=90)  # how far ahead a change is looked at, unless asked otherwise
_LEAVES = ("planned", "queued")


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The mails of a period under the rules in use and under others; each row is a reminder."""

    first: dt.date
    last: dt.date
    now: int
    then: int
    added: tuple[Json, ...]
    gone: tuple[Json, ...]
    per_rule: Mapping[str, tuple[int, int]]  # rule: now and then, where these differ

    def sentence(self) -> str:
        """'Deze wijziging stuurt 14 mails meer en 3 minder, van … tot en met …'."""
        if not self.added and not self.gone:
            return "Deze wijziging verandert niets aan wat er uitgaat."
        more, less = len(self.added), len(self.gone)
        parts = [f"{more} {'mail' if more == 1 else 'mails'} meer"] if more else []
        parts += [f"{less} {'mail' if less == 1 and not more else 'mails'} minder"] if less else []
        period = f"van {self.first} tot en met {self.last}"
        return f"Deze wijziging stuurt {' en '.join(parts)}, {period}."

    def as_json(self) -> Json:
        """The shape of `reminders compare --json`."""
        return {
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "now": self.now,
            "then": self.then,
            "added": list(self.added),
            "gone": list(self.gone),
            "per_rule": {
                rule: {"now": now, "then": then} for rule, (now, then) in self.per_rule.items()
            },
        }


def compare(
    session: Session, post: Post, other: Rules, first: dt.date, last: dt.date
) -> Comparison:
    """How the mails from `first` up to and including `last` differ under `other` definitions.

    As things stand now: rules, overleggen, calendar and functions of `other` count, on the
    dossiers of this register. Nothing is written; errors as `preview`.
    """
    current = _by_place(preview(session, post, first, last))
    wanted = _by_place(preview(replace(session, rules=other), post, first, last))
    counts = _per_rule(current.values()), _per_rule(wanted.values())
    rules = sorted({*counts[0], *counts[1]})
    return Comparison(
        first=first,
        last=last,
        now=len(current),
        then=len(wanted),
        added=tuple(row for place, row in wanted.items() if place not in current),
        gone=tuple(row for place, row in current.items() if place not in wanted),
        per_rule={
            rule: (counts[0][rule], counts[1][rule])
            for rule in rules
            if counts[0][rule] != counts[1][rule]
        },
    )


def _by_place(rows: Iterable[Json]) -> dict[tuple[str | None, ...], Json]:
    """The mails that would leave, by what a reader sees of them: rule, matter, day, address."""
    return {
        (
            row["rule"],
            row["subject"]["type"],
            row["subject"]["id"],
            row["subject"]["kenmerk"],
            row["due"],
            row["recipient"]["email"],
        ): row
        for row in rows
        if row["status"] in _LEAVES
    }


def _per_rule(rows: Iterable[Json]) -> Counter[str]:
    """How many mails each rule gives."""
    return Counter(row["rule"] for row in rows)
