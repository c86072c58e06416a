"""A paper and what reading it gives, in the shape of `import --dry-run`."""

from typing import Any

Json = dict[str, Any]

TEXT = """Algemeen
Onderwerp\tProgrammalijn 3: Zorg en Veiligheid
Verspreiden\tJa
Contactpersoon\tLieke Kuiper/ Mats Hoving
Eenheid\tBeleid Bestuur
E-mail\tl.kuiper@regio.example / m.hoving@gemeente.example
Kenmerk\t24004592
Datum\t19-2-2024

Voorstel aan het DO
Nummer\tOmschrijving
Voorstel 1.\tInstemmen met het opnieuw activeren van de werkgroep.

Behandeling
Datum\tOverleg\tDoel\tConclusie
7-3\tAO B&O en Z&V\tAdviseren\tAkkoord
4-4\tPFHO SD G&O\tInformereren\t
"""


def warning(code: str, field: str | None, message: str, line: int | None) -> Json:
    """One doubt."""
    return {"code": code, "field": field, "message": message, "line": line, "details": {}}


def _row(
    day: str, raw: str, overleg: str, doel: str, doel_raw: str, conclusion: str | None
) -> Json:
    return {
        "datum": day,
        "datum_ruw": raw,
        "jaar_afgeleid": True,
        "periode": None,
        "overleg": overleg,
        "soort": overleg.split()[0],
        "overleg_code": None,
        "doel": doel,
        "doel_ruw": doel_raw,
        "conclusie": conclusion,
        "conclusie_code": conclusion.lower() if conclusion else None,
    }


def voorblad() -> Json:
    """The document of TEXT."""
    sheet = {
        "onderwerp": "Programmalijn 3: Zorg en Veiligheid",
        "verspreiden": True,
        "verspreiden_ruw": "Ja",
        "eenheid": "Beleid Bestuur",
        "kenmerk": "24004592",
        "datum": "2024-02-19",
        "datum_periode": None,
        "gericht_aan": "DO",
        "contactpersonen": [
            {"naam": "Lieke Kuiper", "organisatie": None, "email": "l.kuiper@regio.example"},
            {"naam": "Mats Hoving", "organisatie": None, "email": "m.hoving@gemeente.example"},
        ],
        "emails": ["l.kuiper@regio.example", "m.hoving@gemeente.example"],
        "beslispunten": [
            {
                "nummer": "1",
                "tekst": "Instemmen met het opnieuw activeren van de werkgroep.",
                "onderdelen": [],
            }
        ],
        "behandelingen": [
            _row("2024-03-07", "7-3", "AO B&O en Z&V", "adviseren", "Adviseren", "Akkoord"),
            _row("2024-04-04", "4-4", "PFHO SD G&O", "informeren", "Informereren", None),
        ],
        "bijlagen": [],
        "toelichting": None,
        "toezeggingen": [],
    }
    return {
        "file": "voorblad-24004592.txt",
        "kind": "voorblad",
        "kenmerk": "24004592",
        "result": "dry-run",
        "route": "proefperiode_zorg_en_veiligheid",
        "state": "bo",
        "voorblad": sheet,
        "brief": None,
        "warnings": [
            warning("namen_gesplitst", "contactpersonen", "Twee namen in één cel gesplitst.", 4),
            warning(
                "jaar_afgeleid",
                "behandelingen[0].datum",
                "Rij 1: ‘7-3’ heeft geen jaar. Wij lazen 7 maart 2024.",
                16,
            ),
            warning(
                "doel_gecorrigeerd",
                "behandelingen[1].doel",
                "Rij 2: doel ‘Informereren’ lazen wij als informeren.",
                17,
            ),
        ],
        "text": TEXT,
    }


def brief() -> Json:
    """A letter to the gemeenteraden."""
    return {
        "file": "brief.txt",
        "kind": "raadsinformatiebrief",
        "kenmerk": "21.0008702",
        "result": "dry-run",
        "route": None,
        "state": None,
        "voorblad": None,
        "brief": {"kenmerk": "21.0008702"},
        "warnings": [
            warning("naam_genormaliseerd", None, "‘Wijdemerem’ lazen wij als Wijdemeren.", 3)
        ],
        "text": "Datum\t23 december 2021\tGemeenteraden\nKenmerk\t21.0008702\nLaren, Wijdemerem\n",
    }


def unknown() -> Json:
    """A file that is not understood."""
    return {
        "file": "foto.jpg",
        "kind": "onbekend",
        "kenmerk": None,
        "result": "skipped",
        "route": None,
        "state": None,
        "voorblad": None,
        "brief": None,
        "warnings": [warning("binair", None, "Dit bestand bevat geen tekst.", None)],
        "text": "",
    }
