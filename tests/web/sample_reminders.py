"""Reminders as the register answers them: a month of the calendar, and those of one dossier."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from tests.web.sample_lists import reminder

Json = dict[str, Any]

MAILS = (
    reminder("2024-07-01", "Stukken nog niet compleet voor het DO", status="sent",
             answer="lever_op", answer_date="2024-07-03"),
    reminder("2024-07-01", "Stukken nog niet compleet voor het DO", status="skipped",
             recipient={"role": "contactpersoon", "naam": "Sam Doornbos", "email": None},
             reason="U bent contactpersoon. Van Sam Doornbos is geen e-mailadres bekend."),
    reminder("2024-07-09", "Uw punt staat op de agenda van het PFHO"),
    reminder("2024-07-10", "Evaluatie", subject={"type": "afspraak", "id": "a", "kenmerk": None}),
)  # fmt: skip


def calendar(first: date, last: date, asked: Mapping[str, str], *, empty: bool) -> Json:
    """Every day is a part of its own here; Saturdays and Sundays have their reason."""
    rows = [one for one in MAILS if not empty and asked["status"] in ("", one["status"])]
    parts = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        mails = [one for one in rows if one["due"] == day.isoformat()]
        why = "weekend" if day.weekday() > 4 else "" if mails else "geen berichten"
        parts.append({"from": day.isoformat(), "to": day.isoformat(), "why": why or None,
                      "today": day == date(2024, 7, 2), "reminders": mails})  # fmt: skip
    return {
        "from": first.isoformat(),
        "to": last.isoformat(),
        "parts": parts,
        "totals": dict(Counter(one["status"] for one in rows)),
        "rules": [{"value": "punt_op_agenda", "label": "Uw punt staat op de agenda"}],
    }


def told(kenmerk: str, *, empty: bool) -> Json:
    """What one dossier heard, will hear, and why not."""
    found: Json = {"kenmerk": kenmerk, "questions": [], "cancelled": []}
    kinds = {"sent": "sent", "skipped": "skipped", "planned": "planned"}
    for name, status in kinds.items():
        found[name] = [one for one in MAILS if one["status"] == status and not empty]
    why = "Het voorstel staat nog op geen agenda."
    found["not_now"] = [{"rule": "op_agenda", "title": "Uw punt staat op de agenda", "why": why}]
    return found


def on_time(*, empty: bool) -> Json:
    """Counts of two subjects; a name with markup in it stays text."""
    units = [
        {"unit": "Sturing", "op_tijd": 8, "verschoven": 1, "te_laat": 2},
        {"unit": "Beleid & <b>Bestuur</b>", "op_tijd": 3, "verschoven": 0, "te_laat": 0},
    ]
    subject = {"subject": "conclusie", "title": "Conclusies", "meaning": "Binnen twee werkdagen."}
    none = {"subject": "evaluatie", "title": "Evaluaties", "meaning": "Geteld als de rapportages."}
    return {"subjects": [subject | {"units": [] if empty else units}, none | {"units": []}]}
