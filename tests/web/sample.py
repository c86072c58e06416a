"""A dossier, its acts and its surroundings in the shapes of the contract; invented persons."""

from typing import Any

Json = dict[str, Any]

KENMERK = "24005969"
SUBJECT = "Voortgangsrapportage beleidsplan Bescherming en Opvang"
GEMEENTEN = ("Blaricum", "Eemnes", "Gooise Meren", "Hilversum", "Huizen", "Laren", "Wijdemeren")

STATES = {
    "concept": "Concept",
    "ingediend": "Ingediend",
    "teruggestuurd": "Terug bij de opsteller",
    "afgerond": "Afgerond",
    "afgewezen": "Afgewezen",
    "ingetrokken": "Ingetrokken",
}


def summary(kenmerk: str = KENMERK, subject: str = SUBJECT, **changed: Any) -> Json:
    """One row of `list`."""
    return {
        "kenmerk": kenmerk,
        "onderwerp": subject,
        "datum": "2024-06-10",
        "eenheid": "Beleid en Bestuur",
        "verspreiden": True,
        "state": "pfho",
        "state_label": "Bij het PFHO",
        "route": {"id": "voortgangsrapportage", "version": 1, "digest": "Zm9v"},
        "version": 4,
    } | changed


def row(number: int, day: str | None, overleg: str, doel: str, **changed: Any) -> Json:
    """One row of the behandeltabel of `show`."""
    return {
        "id": f"b{number}",
        "stap": changed.get("soort", "DO").lower(),
        "datum": day,
        "datum_ruw": None,
        "jaar_afgeleid": False,
        "periode": None,
        "overleg": overleg,
        "soort": "DO",
        "overleg_code": "do_sd",
        "doel": doel,
        "doel_ruw": doel.capitalize(),
        "conclusie": None,
        "conclusie_code": None,
        "state": "geagendeerd",
        "vergadering": None,
        "bekrachtiging": None,
        "aan_de_beurt": False,
        "reden": None,
        "besluitenlijst": "concept" if changed.get("conclusie_code") else None,
        "bezwaar": None,
        "behandelt_bezwaar_tegen": None,
    } | changed


def step(overleg: str, soort: str, doel: str, status: str, **changed: Any) -> Json:
    """One step of `show`."""
    return {
        "id": soort.lower(),
        "overleg": overleg,
        "soort": soort,
        "doel": doel,
        "per_gemeente": False,
        "niveau": None,
        "groep": None,
        "klaar": None,
        "overgeslagen": False,
        "kan": ["verder", "blijft", "terug"],
        "nodig": True,
        "deelroute": "informeren" if changed.get("per_gemeente") else None,
        "status": status,
        "datum": None,
        "conclusie_code": None,
    } | changed


def steps(*, raden: bool = False) -> list[Json]:
    """The route of a voortgangsrapportage, before the PFHO or before the raden."""
    advised = {"datum": "2024-06-27", "conclusie_code": "akkoord"}
    decided = {"datum": "2024-07-11", "conclusie_code": "vastgesteld" if raden else None}
    return [
        step("Directie-overleg", "DO", "adviseren", "gedaan", **advised),
        step("Portefeuillehoudersoverleg", "PFHO", "vaststellen", "gedaan" if raden else "hier",
             **decided),
        step("gemeenteraden", "RADEN", "informeren", "hier" if raden else "straks",
             per_gemeente=True),
    ]  # fmt: skip


def council(gemeente: str, state: str = "aan_te_bieden", **changed: Any) -> Json:
    """One row of the council grid."""
    version = changed.get("versie")
    letter = f"regionale brief, versie {version or 'onbekend'}"
    return {
        "stap": "raden",
        "ronde": 1,
        "laatste": True,
        "state_label": state.replace("_", " ").capitalize(),
        "uiterlijk": None,
        "antwoord_op": None,
        "antwoord_tekst": None,
        "gemeente": gemeente,
        "state": state,
        "datum_college": None,
        "zaaknummer": None,
        "verzonden_op": None,
        "versie": None,
        "eigen_tekst": False,
        "brief": None if state == "aan_te_bieden" else letter,
        "code": gemeente.lower().replace(" ", "_"),
        "klaar": state in ("verzonden", "ter_kennisname", "geagendeerd", "niet_verzonden"),
        "aangeboden_op": None if state == "aan_te_bieden" else "2024-07-12",
        "reden": None,
    } | changed


def dossier(**changed: Any) -> Json:
    """`show`: advised by the DO, now before the PFHO."""
    people = (
        ("Sanne Bakker", "s.bakker@regio.example"),
        ("Lieke Kuiper", "l.kuiper@regio.example"),
    )
    attachments = (("1", "Voortgangsrapportage 2022 t/m eerste helft 2024"),
                   ("2", "Raadsinformatiebrief"))  # fmt: skip
    parts = {
        "datum_periode": None,
        "verspreiden_ruw": "Ja",
        "toelichting": "In deze rapportage is een hoofdstuk toegevoegd.",
        "toezeggingen": [],
        "toestanden": STATES,
        "stappen": steps(),
        "raden": [],
        "afspraken": [],
        "beslispunten": _points(),
        "behandelingen": _rows(),
        "contactpersonen": [
            {"naam": name, "organisatie": None, "email": email} for name, email in people
        ],
        "bijlagen": [{"nummer": nr, "omschrijving": text} for nr, text in attachments],
        "documenten": [
            {"id": "d1", "bestand": "voorblad.txt", "kind": "voorblad", "kenmerk": KENMERK,
             "sha256": "ab" * 32, "gelezen_op": "2024-06-10"},
        ],
        "stukken": [_paper(1, "3fa91c07"), _paper(2, "b5be9d02")],
        "verbonden": [],
        "as_of": None,
    }  # fmt: skip
    return summary() | parts | changed


def _points() -> list[Json]:
    """Two beslispunten, misspelt as on paper, on which the DO advised."""
    advised = {"behandeling": "b1", "overleg_code": "do_sd", "conclusie_code": "akkoord"}
    return [
        {
            "nummer": number,
            "tekst": f"Kennismemen en vaststellen van de {what}",
            "onderdelen": [],
            "eerder": [],
            "conclusies": [advised],
        }
        for number, what in (("1", "voortgangsrapportage"), ("2", "raadsinformatiebrief"))
    ]


def _rows() -> list[Json]:
    """The behandeltabel of the first voorblad."""
    return [
        row(1, "2024-06-27", "Directie-overleg", "adviseren", datum_ruw="27-06-24",
            conclusie="Akkoord", conclusie_code="akkoord", state="behandeld"),
        row(2, "2024-07-11", "Portefeuillehoudersoverleg", "vaststellen", datum_ruw="11-07-24",
            soort="PFHO", overleg_code="pfho_go", aan_de_beurt=True,
            bekrachtiging={"wanneer": "niet_nodig", "grond": "onbekend"}),
    ]  # fmt: skip


def _paper(version: int, digest: str) -> Json:
    """One version of a paper."""
    return {
        "id": "p1",
        "titel": "Voortgangsrapportage",
        "versie": version,
        "bestand": "rapportage.pdf",
        "media_type": "application/pdf",
        "bytes": 1200,
        "sha256": digest * 8,
        "toegevoegd_op": f"2024-0{5 + version}-04",
    }


def with_councils() -> Json:
    """`show`: the PFHO decided, and the raden are being informed."""
    rows = dossier()["behandelingen"]
    rows[1] |= {
        "conclusie": None,
        "conclusie_code": "vastgesteld",
        "state": "behandeld",
        "aan_de_beurt": False,
    }
    raden = [
        council("Blaricum", "ter_kennisname", datum_college="2024-07-16", zaaknummer="Z-24-0117",
                verzonden_op="2024-07-18", versie=2),
        council("Eemnes", "aangeboden", versie=2),
        council("Gooise Meren", "verzonden", datum_college="2024-07-16", zaaknummer="641787",
                verzonden_op="2024-07-19", eigen_tekst=True, brief="eigen tekst"),
        council("Hilversum", "collegebesluit", datum_college="2024-07-23", zaaknummer="1182034"),
        council("Huizen", "niet_verzonden", reden="De raad is al bijgepraat."),
        council("Laren"),
        council("Wijdemeren", "verzonden", datum_college="2024-07-09", verzonden_op="2024-07-12"),
    ]  # fmt: skip
    rows[0] |= {"bezwaar": {"behandeling": "b2", "overleg": "PFHO SD G&O", "loopt": True}}
    linked = {"soort": "afgesplitst_naar", "kenmerk": "24004592", "onderwerp": "De brief apart",
              "beslispunten": ["2"], "reden": "Wacht op de raming"}  # fmt: skip
    return dossier(
        behandelingen=rows,
        verbonden=[linked],
        raden=raden,
        stappen=steps(raden=True),
        state="raden",
        state_label="Bij de raden",
    )


def long_route() -> Json:
    """`show`: four overleggen, points that differ, a text that was changed, rows on paper."""
    rows = [
        row(1, "2024-03-07", "AO B&O en Z&V", "adviseren", datum_ruw="7-3", jaar_afgeleid=True,
            soort="AO", conclusie="Akkoord", conclusie_code="akkoord", state="behandeld"),
        row(2, "2024-03-18", "BO Z&V", "adviseren", datum_ruw="18-3", jaar_afgeleid=True,
            soort="BO", conclusie="Akkoord, mits de inzet van gemeenten beperkt blijft",
            conclusie_code="akkoord_mits", state="behandeld"),
        row(3, "2024-03-21", "DO SD", "besluiten", datum_ruw="21-3", jaar_afgeleid=True,
            conclusie="Deels akkoord", conclusie_code="deels_akkoord", state="behandeld"),
        row(4, None, "DO SD", "besluiten", state="gepland", aan_de_beurt=True),
        row(5, "2024-04-04", "PFHO SD G&O", "informeren", datum_ruw="4-4", jaar_afgeleid=True,
            soort="PFHO", doel_ruw="Informereren"),
    ]  # fmt: skip
    return dossier(
        kenmerk="24004592",
        onderwerp="Beleidsplan Bescherming en Opvang Programmalijn 3: Een integrale benadering "
        "vanuit Zorg en Veiligheid",
        state="do",
        state_label="Bij het DO",
        behandelingen=rows,
        beslispunten=_long_points(),
        afspraken=[afspraak()],
        contactpersonen=[
            {"naam": "Lieke Kuiper", "organisatie": "Regio", "email": "l.kuiper@regio.example"},
            {"naam": "Mats Hoving", "organisatie": "Gemeente", "email": None},
        ],
        bijlagen=[],
        documenten=[],
        stukken=[],
        toelichting=None,
        toezeggingen=[{"tekst": "De evaluatie volgt begin 2025.", "periode": "2025-Q1"}],
        stappen=[
            step(
                "AO B&O en Z&V",
                "AO",
                "adviseren",
                "gedaan",
                datum="2024-03-07",
                conclusie_code="akkoord",
            ),
            step(
                "BO Z&V",
                "BO",
                "adviseren",
                "gedaan",
                datum="2024-03-18",
                conclusie_code="akkoord_mits",
            ),
            step(
                "DO SD",
                "DO",
                "besluiten",
                "hier",
                datum="2024-03-21",
                conclusie_code="deels_akkoord",
            ),
            step("PFHO SD G&O", "PFHO", "informeren", "straks", datum="2024-04-04"),
        ],
    )


def twelve_steps() -> Json:
    """`show`: a long route with three overleggen side by side, a held row and two rounds."""
    done = {"datum": "2024-03-07", "conclusie_code": "akkoord"}
    beside = {"groep": "samen", "klaar": "alle", "niveau": "bestuurlijk"}
    found = [
        step("AO B&O", "AO", "adviseren", "gedaan", **done),
        step("AO Z&V", "AO", "adviseren", "gedaan", id="ao_2", **done),
        step("BO Z&V", "BO", "adviseren", "gedaan", **done),
        step("DO SD", "DO", "adviseren", "gedaan", **done),
        step("PFHO G&O", "PFHO", "vaststellen", "gedaan", **beside, **done),
        step("DVC", "DVC", "besluiten", "hier", **beside, datum="2024-07-15",
             kan=["verder", "blijft", "terug", "einde"]),
        step("Dagelijks bestuur", "DB", "instemmen", "straks", **beside),
        step("Algemeen bestuur", "AB", "vaststellen", "straks"),
        step("De colleges", "COLLEGES", "bekrachtigen", "straks", per_gemeente=True),
        step("Zorg- en Veiligheidshuis", "ANDERS", "kennisnemen", "straks", niveau="bestuurlijk"),
        step("PFHO G&O", "PFHO", "vaststellen", "straks", id="pfho_2"),
        step("De raden", "RADEN", "informeren", "straks", per_gemeente=True),
    ]  # fmt: skip
    held = row(1, "2024-03-04", "BO Z&V", "adviseren", soort="BO", conclusie_code="aangehouden",
               state="behandeld")  # fmt: skip
    again = row(2, "2024-03-18", "BO Z&V", "adviseren", soort="BO", conclusie_code="akkoord",
                state="behandeld")  # fmt: skip
    return dossier(
        kenmerk="24008888",
        onderwerp="Integraal Zorg en Veiligheid",
        state="dvc",
        state_label="Bij het DVC",
        stappen=found,
        behandelingen=[held, again],
        beslispunten=[],
    )


def _long_points() -> list[Json]:
    """Four beslispunten that go different ways, one with parts and one with an earlier text."""
    texts = (
        ("1", "Instemmen met het gedurende een proefperiode opnieuw activeren van de ambtelijke "
         "regionale werkgroep Zorg en Veiligheid.", "akkoord"),
        ("2", "De Regio opdracht geven om regie op het ambtelijke overleg te voeren door:",
         "akkoord"),
        ("3", "Uitwerken wat er vanuit de Regio nodig is om het bestuurlijk overleg te "
         "ondersteunen.", "gewijzigd_vastgesteld"),
        ("4", "De Regio opdracht geven om in kaart te brengen hoe de pijler veiligheid duurzaam "
         "geborgd kan worden.", "aangehouden"),
    )  # fmt: skip
    return [
        {
            "nummer": number,
            "tekst": text,
            "onderdelen": [
                {"nummer": None, "tekst": "Het overleg structureel te initiëren;"},
                {"nummer": None, "tekst": "De agenda en onderwerpen te coördineren."},
            ]
            if number == "2"
            else [],
            "conclusies": [
                {"behandeling": f"b{i}", "overleg_code": "x", "conclusie_code": one}
                for i, one in ((1, "akkoord"), (2, "akkoord_mits"), (3, code))
            ],
            "eerder": [{"tekst": "Uitwerken wat er nodig is."}] if number == "3" else [],
        }
        for number, text, code in texts
    ]


def afspraak(**changed: Any) -> Json:
    """One row of `obligations`."""
    return {
        "id": "a1",
        "soort": "evaluatie",
        "titel": "Evaluatie proefperiode Zorg en Veiligheid, met aanbevelingen",
        "periode": "2025-Q1",
        "venster": {"van": "2025-01-01", "tot": "2025-03-31"},
        "due": "2025-03-31",
        "bron": {"kenmerk": "24004592", "beslispunten": ["1", "2"]},
        "eigenaars": ["Lieke Kuiper"],
        "schuldeiser": None,
        "state": "openstaand",
        "afgedaan_door": None,
        "afgedaan_op": None,
        "state_label": "Openstaand",
        "verschoven": 0,
        "verschuivingen": [],
        "gevraagd": [],
        "proefperiode": {"begin": None, "einde": None, "tussentijds": []},
        "voorgestelde_periode": None,
        "gemeente": None,
        "rapportage": None,
        "overleggen": [],
        "rangnummer": None,
        "bereik": None,
    } | changed
