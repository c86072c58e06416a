"""Definitions in use, and a migration of twenty cases, as the register gives them."""

from typing import Any

Json = dict[str, Any]
TITLE = "Halfjaarlijkse voortgangsrapportage"
ADDED = "Stap ‘bo’ (Bestuurlijk Overleg Zorg en Veiligheid, adviseren) komt erbij, na ‘do’."
PASSED = "Stap ‘bo’ (BO Z&V, adviseren) komt na ‘do’, maar daar is het voorstel al voorbij."
WHY_NOT = (
    "Dit voorstel heeft zelf al een stap ‘bo’ (BO Z&V), en versie 2 heeft een andere stap met "
    "die naam. Het blijft op zijn eigen versie.",
    "De ronde langs de gemeenten is begonnen, en stap ‘raden’ (Gemeenteraden) is in versie 2 "
    "anders. Het voorstel blijft op zijn eigen versie.",
)


def definitions() -> list[Json]:
    """A route with a new version, and one with a version that only the register still has."""

    def version(number: int, running: int, ended: int, *, newest: bool, there: bool) -> Json:
        counts = {"version": number, "running": running, "ended": ended}
        return {**counts, "newest": newest, "in_folder": there}

    return [
        {
            "route": "voortgangsrapportage",
            "titel": TITLE,
            "versions": [
                version(2, 0, 0, newest=True, there=True),
                version(1, 20, 3, newest=False, there=True),
            ],
        },
        {
            "route": "vrij",
            "titel": "Volgens de behandeltabel",
            "versions": [
                version(2, 4, 0, newest=True, there=True),
                version(1, 1, 118, newest=False, there=False),
            ],
        },
    ]


def migration(route: str, old: int, new: int, mapping: dict[str, str]) -> Json:
    """Eighteen can, two cannot."""
    return {
        "route": route,
        "from": old,
        "to": new,
        "map": mapping,
        "dry_run": True,
        "voorstellen": [_case(number) for number in range(1, 21)],
        "totals": {"kan": 18, "kan_niet": 2},
        "titel": TITLE,
        "differences": [
            "Stap ‘bo’ (BO Z&V, adviseren) is toegevoegd na ‘do’.",
            "Stap ‘advies’ (AO Z&V, adviseren) is vervallen.",
            "Stap ‘pfho’: het doel is nu instemmen (was vaststellen).",
        ],
        "gone": [{"step": "advies", "label": "‘advies’ (AO Z&V, adviseren)", "suggested": "bo"}],
        "steps": [
            {"value": "do", "label": "‘do’ (DO, adviseren)"},
            {"value": "bo", "label": "‘bo’ (BO Z&V, adviseren)"},
        ],
        "seen": "gezien-1",
    }


def _case(number: int) -> Json:
    """One of the twenty."""
    reasons = [WHY_NOT[number - 19]] if number > 18 else []
    return {
        "kenmerk": f"2024-{number:04d}",
        "onderwerp": "Derde voortgangsrapportage Bescherming en Opvang",
        "version": 2,
        "result": "kan_niet" if reasons else "kan",
        "reasons": reasons,
        "changes": [] if reasons else [ADDED if number < 13 else PASSED],
        "from": "do",
        "from_label": "Bij het DO",
        "to": None if reasons else "do",
        "to_label": None if reasons else "Bij het DO",
        "event": None,
    }
