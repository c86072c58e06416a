"""Tables for a spreadsheet: CSV that no spreadsheet program takes for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from workflow.services.views import Json

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def sheet(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The rows as CSV with a semicolon, as Dutch spreadsheets read it, with a byte order mark.

    A cell that would be taken for a formula begins with an apostrophe (OWASP, CSV injection).
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(headers)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return f"\ufeff{text.getvalue()}"


def _cell(value: object) -> str:
    """A value as plain text."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def owed_sheet(rows: Iterable[Json]) -> str:
    """The afspraken as a table."""
    return sheet(
        ("Id", "Soort", "Wat", "Periode", "Uiterlijk", "Uit voorstel", "Beslispunten", "Eigenaars",
         "Toegezegd aan", "Stand", "Afgedaan door", "Afgedaan op", "Keren verschoven"),
        (
            (
                one["id"],
                one["soort"],
                one["titel"],
                one["periode"],
                one["due"],
                one["bron"]["kenmerk"],
                ", ".join(one["bron"]["beslispunten"]),
                ", ".join(one["eigenaars"]),
                one["schuldeiser"],
                one["state_label"],
                one["afgedaan_door"],
                one["afgedaan_op"],
                one["verschoven"],
            )
            for one in rows
        ),
    )  # fmt: skip


def reminder_sheet(rows: Iterable[Json]) -> str:
    """Planned and past reminders as a table."""
    return sheet(
        ("Dag", "Stand", "Regel", "Aan", "Adres", "Voorstel", "Herinnering", "Reden"),
        (
            (
                one["due"],
                one["status"],
                one["rule"],
                one["recipient"]["naam"],
                one["recipient"]["email"],
                one["subject"]["kenmerk"],
                one["title"],
                one["reason"],
            )
            for one in rows
        ),
    )


def on_time_sheet(found: Json) -> str:
    """The counts of `on_time` as a table."""
    return sheet(
        ("Wat", "Eenheid", "Op tijd", "Verschoven", "Te laat"),
        (
            (one["title"], row["unit"], row["op_tijd"], row["verschoven"], row["te_laat"])
            for one in found["subjects"]
            for row in one["units"]
        ),
    )
