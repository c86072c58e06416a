"""Voorbladen that a test needs, in the form that offices use."""

from collections.abc import Sequence
from pathlib import Path

Row = tuple[str, ...]  # datum, overleg, doel, and a conclusie when it has one


def voorblad(
    folder: Path,
    *,
    kenmerk: str = "24009000",
    subject: str = "Afspraken over de opvang",
    date: str = "3-6-2024",
    rows: Sequence[Row] = (("13-6-2024", "DO SD", "Adviseren"),),
    points: Sequence[str] = ("Instemmen met de afspraken", "De afspraken elk jaar bezien"),
    name: str | None = None,
    extra: str = "",
) -> str:
    """The path of a new voorblad; `extra` goes below its table."""
    lines = [
        "Algemeen",
        f"Onderwerp\t{subject}",
        "Verspreiden\tJa",
        "Contactpersoon\tPim Hagedoorn",
        "Eenheid\tBeleid en Bestuur",
        "E-mail\tp.hagedoorn@regio.example",
        *([f"Kenmerk\t{kenmerk}"] if kenmerk else []),
        f"Datum\t{date}",
        "",
        "Voorstel",
        "",
        "Nummer\tOmschrijving",
        *(f"Voorstel {number}.\t{text}" for number, text in enumerate(points, start=1)),
        "",
        "Behandeling",
        "",
        "Datum\tOverleg\tDoel\tConclusie",
        *("\t".join([*row, *([""] if len(row) == 3 else [])]) for row in rows),
        "",
        "Toelichting",
        "",
        "De gemeenten doen dit samen.",
        extra,
    ]
    path = folder / (name or f"voorblad_{kenmerk}.txt")
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)
