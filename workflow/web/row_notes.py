"""What stands below a row of the behandeltabel: ground, waiver, positions, remark."""

from collections.abc import Iterator

from workflow.web import words
from workflow.web.port import Json


def row_notes(row: Json) -> Iterator[str]:
    """On what ground, without what, who stood where, and the remark with the conclusion."""
    ground = row.get("grond")
    if ground:
        since = f" van {words.day(ground['datum'])}" if ground["datum"] else ""
        yield f"Grond: {ground['naam']} ({ground['soort']}){since}"
    elif row.get("grond_ontbreekt"):
        yield "Grond om te besluiten: niet bekend"
    if row.get("zonder_advies"):
        reason = row.get("zonder_advies_reden")
        yield f"Zonder op het advies te wachten{f': {reason}' if reason else ''}"
    for one in row.get("standpunten") or ():
        said = f" ({one['woorden']})" if one["woorden"] else ""
        yield f"{one['gemeente']}: {words.label(one['standpunt'])}{said}"
    if row.get("toelichting"):
        yield f"Toelichting: {row['toelichting']}"
