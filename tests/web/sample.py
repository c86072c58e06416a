"""A dossier, its acts and its surroundings in the shapes of the contract; invented persons."""

from typing import Any

Json = dict[str, Any]

KENMERK = "24005969"
SUBJECT = "Voortgangsrapportage beleidsplan Bescherming en Opvang"
GEMEENTEN = ("Blaricum", "Eemnes", "Gooise Meren", "Hilversum", "Huizen", "Laren", "Wijdemeren")


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
    } | changed


def step(overleg: str, soort: str, doel: str, status: str, **changed: Any) -> Json:
    """One step of `show`."""
    return {
        "id": soort.lower(),
        "overleg": overleg,
        "soort": soort,
        "doel": doel,
        "per_gemeente": False,
        "groep": None,
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
    return {
        "gemeente": gemeente,
        "state": state,
        "datum_college": None,
        "zaaknummer": None,
        "verzonden_op": None,
        "versie": None,
        "eigen_tekst": False,
        "code": gemeente.lower().replace(" ", "_"),
        "klaar": state in ("verzonden", "ter_kennisname", "geagendeerd", "niet_verzonden"),
        "aangeboden_op": None if state == "aan_te_bieden" else "2024-07-12",
        "reden": None,
    } | changed


def dossier(**changed: Any) -> Json:
    """`show`: advised by the DO, now before the PFHO."""
    points = [
        {
            "nummer": number,
            "tekst": f"Kennismemen en vaststellen van de {what}",
            "onderdelen": [],
            "eerder": [],
            "conclusies": [
                {"behandeling": "b1", "overleg_code": "do_sd", "conclusie_code": "akkoord"}
            ],
        }
        for number, what in (("1", "voortgangsrapportage"), ("2", "raadsinformatiebrief"))
    ]
    return (
        summary()
        | {
            "beslispunten": points,
            "behandelingen": [
                row(
                    1,
                    "2024-06-27",
                    "Directie-overleg",
                    "adviseren",
                    datum_ruw="27-06-24",
                    conclusie="Akkoord",
                    conclusie_code="akkoord",
                    state="behandeld",
                ),
                row(
                    2,
                    "2024-07-11",
                    "Portefeuillehoudersoverleg",
                    "vaststellen",
                    datum_ruw="11-07-24",
                    soort="PFHO",
                    overleg_code="pfho_go",
                    bekrachtiging={"wanneer": "niet_nodig", "grond": "onbekend"},
                    aan_de_beurt=True,
                ),
            ],
            "datum_periode": None,
            "verspreiden_ruw": "Ja",
            "toelichting": "In deze rapportage is een hoofdstuk toegevoegd.",
            "toezeggingen": [],
            "stappen": steps(),
            "raden": [],
            "afspraken": [],
            "contactpersonen": [
                {"naam": "Sanne Bakker", "organisatie": None, "email": "s.bakker@regio.example"},
                {"naam": "Lieke Kuiper", "organisatie": None, "email": "l.kuiper@regio.example"},
            ],
            "bijlagen": [
                {
                    "nummer": "1",
                    "omschrijving": "Voortgangsrapportage 2022 t/m eerste helft 2024",
                },
                {"nummer": "2", "omschrijving": "Raadsinformatiebrief"},
            ],
            "documenten": [
                {
                    "id": "d1",
                    "bestand": "voorblad.txt",
                    "kind": "voorblad",
                    "kenmerk": KENMERK,
                    "sha256": "ab" * 32,
                    "gelezen_op": "2024-06-10",
                },
            ],
            "stukken": [
                {
                    "id": "p1",
                    "titel": "Voortgangsrapportage",
                    "versie": number,
                    "bestand": "rapportage.pdf",
                    "sha256": digest * 8,
                    "media_type": "application/pdf",
                    "bytes": 1200,
                    "toegevoegd_op": f"2024-0{5 + number}-04",
                }
                for number, digest in ((1, "3fa91c07"), (2, "b5be9d02"))
            ],
            "as_of": None,
        }
        | changed
    )


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
                verzonden_op="2024-07-19", eigen_tekst=True),
        council("Hilversum", "collegebesluit", datum_college="2024-07-23", zaaknummer="1182034"),
        council("Huizen", "niet_verzonden", reden="De raad is al bijgepraat."),
        council("Laren"),
        council("Wijdemeren", "verzonden", datum_college="2024-07-09", verzonden_op="2024-07-12"),
    ]  # fmt: skip
    return dossier(
        behandelingen=rows,
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
    points = [
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
    return dossier(
        kenmerk="24004592",
        onderwerp="Beleidsplan Bescherming en Opvang Programmalijn 3: Een integrale benadering "
        "vanuit Zorg en Veiligheid",
        state="do",
        state_label="Bij het DO",
        behandelingen=rows,
        beslispunten=points,
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
    } | changed


def act(action: str, label: str, *, permitted: bool = True, **changed: Any) -> Json:
    """One act of `actions`."""
    return {
        "action": action,
        "label": label,
        "permitted": permitted,
        "reasons": [] if permitted else ["Het PFHO heeft nog geen conclusie."],
        "target": {"behandeling": None, "gemeente": None},
        "fields": [],
    } | changed


def field(name: str, kind: str, *, required: bool = False, **changed: Any) -> Json:
    """One field of an act."""
    return {
        "name": name,
        "type": kind,
        "required": required,
        "choices": None,
        "label": name.capitalize().replace("_", " "),
        "hint": None,
    } | changed


CONCLUSIES = ["akkoord", "vastgesteld", "gewijzigd_vastgesteld", "aangehouden", "niet_akkoord"]


def actions(kenmerk: str = KENMERK) -> Json:
    """`actions` before the PFHO, and on every gemeente of the grid."""
    row_target = {"behandeling": "b2", "gemeente": None}
    acts = [
        act("trek_in", "Trek in", fields=[field("reden", "lange_tekst")]),
        act("leg_conclusie_vast", "Leg conclusie vast", target=row_target, fields=[
            field("conclusie", "keuze", choices=CONCLUSIES, label="Conclusie",
                  hint="Geldt voor elk beslispunt dat u niet apart noemt."),
            field("tekst", "lange_tekst", label="Woorden op papier"),
            field("aangehouden_tot", "datum", hint="Leeg: datum volgt."),
            field("verwezen_naar", "overleg",
                  choices=["do_sd"]),
            field("nieuwe_tekst_1", "lange_tekst"),
            field("nieuwe_tekst_2", "lange_tekst"),
        ]),
        act("schuif_door", "Schuif door", target=row_target, fields=[field("datum", "datum")]),
        act("stuur_terug", "Stuur terug naar de opsteller", fields=[field("reden", "lange_tekst")]),
        act("start_raadsinformatie", "Start het informeren van de raden", permitted=False),
        act("rond_af", "Rond af", permitted=False,
            reasons=["De gemeenteraden zijn nog niet geïnformeerd."]),
        act("voeg_toe", "Voeg een behandeling toe", fields=[
            field("overleg", "overleg", required=True,
                  choices=["do_sd"]),
            field("doel", "keuze", required=True, choices=["adviseren", "besluiten"]),
            field("gemeenten", "gemeenten", choices=list(GEMEENTEN)),
            field("eigen_tekst", "ja_nee"),
            field("event", "nummer"),
        ]),
    ]  # fmt: skip
    for name, action, label in (
        ("Eemnes", "leg_collegebesluit_vast", "Leg collegebesluit vast"),
        ("Eemnes", "meld_niet_verzonden", "Meld niet verzonden"),
        ("Hilversum", "meld_verzonden", "Meld verzending aan de raad"),
        ("Laren", "bied_aan", "Bied aan"),
    ):
        acts.append(
            act(
                action,
                label,
                target={"behandeling": None, "gemeente": name},
                fields=[field("datum", "datum", required=True), field("zaaknummer", "tekst")],
            )
        )
    return {"kenmerk": kenmerk, "state": "pfho", "actions": acts}


def event(seq: int, at: str, sentence: str, **changed: Any) -> Json:
    """One event of `history`."""
    return {
        "seq": seq,
        "dossier_seq": seq - 117,
        "type": "behandeling",
        "at": at,
        "recorded_at": at,
        "happened_on": at[:10],
        "basis": "vergadering",
        "actor": "Noor de Wit",
        "on_behalf_of": None,
        "from": "do",
        "to": "pfho",
        "remark": None,
        "definition_digest": "Zm9v",
        "leaf_hash": "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=",
        "data": {},
        "sentence": sentence,
    } | changed


def history() -> list[Json]:
    """`history`, oldest first."""
    return [
        event(118, "2024-06-10T09:04:00Z", "Noor de Wit las het voorblad in en diende het in.",
              basis="import", **{"from": None, "to": "do"}),
        event(121, "2024-06-24T07:30:00Z", "Noor de Wit zette het op de agenda van het DO.",
              **{"from": "do", "to": "do"}),
        event(131, "2024-06-28T13:20:00Z",
              "Noor de Wit legde de conclusie van het Directie-overleg vast: akkoord op 1 en 2.",
              happened_on="2024-06-27", remark="Complimenten voor de heldere rapportage."),
    ]  # fmt: skip


def reminder(due: str, title: str, **changed: Any) -> Json:
    """One row of `reminders preview|log`."""
    return {
        "key": f"r-{due}",
        "due": due,
        "rule": "punt_op_agenda",
        "subject": {"type": "behandeling", "id": "b2", "kenmerk": KENMERK},
        "recipient": {
            "role": "contactpersoon",
            "naam": "Sanne Bakker",
            "email": "s.bakker@regio.example",
        },
        "title": title,
        "reason": "U bent contactpersoon, en het PFHO is over twee werkdagen.",
        "status": "planned",
    } | changed


def work() -> Json:
    """Mijn werk on 2 July 2024."""

    def item(
        due: str | None, what: str, kenmerk: str, subject: str, verb: str, **more: Any
    ) -> Json:
        return {
            "due": due,
            "what": what,
            "detail": None,
            "kenmerk": kenmerk,
            "onderwerp": subject,
            "action": "leg_conclusie_vast",
            "behandeling": "b2",
            "action_label": verb,
            "late": False,
        } | more

    items = [
        item("2024-07-01", "Leg de conclusie van het DO vast", "24006110",
             "Inkoop maatschappelijke opvang", "Leg conclusie vast", late=True,
             detail="Het DO was op donderdag 27 juni."),
        item("2024-07-01", "Bied de brief aan zeven gemeenten aan", "24004101",
             "Regiovisie huiselijk geweld", "Bied aan", late=True),
        item("2024-07-04", "Maak de stukken voor het PFHO compleet", "24006233",
             "Inkoop vrouwenopvang", "Vraag stuk op", detail="Bijlage 3 ontbreekt."),
        item("2024-07-05", "Vraag Eemnes naar de verzending aan de raad", "24004101",
             "Regiovisie huiselijk geweld", "Vraag na", detail="Aangeboden op 3 juni."),
        item(None, "Kies een datum voor de tweede behandeling", "24004592",
             "Programmalijn 3: Zorg en Veiligheid", "Zet op agenda"),
    ]  # fmt: skip
    return {
        "late": items[:2],
        "this_week": items[2:4],
        "items": items,
        "running": listing(),
        "meetings": [
            {
                "date": "2024-07-11",
                "overleg": "Portefeuillehoudersoverleg Gezondheid en Ondersteuning",
                "papers_due": "2024-07-04",
                "papers_hour": "12:00",
                "points": 5,
            },
            {
                "date": "2024-08-29",
                "overleg": "Directie-overleg",
                "papers_due": None,
                "papers_hour": None,
                "points": 1,
            },
        ],
    }


def listing() -> list[Json]:
    """Rows of `list`."""
    return [
        summary(),
        summary("24006110", "Inkoop maatschappelijke opvang", state="do", state_label="Bij het DO"),
        summary("24004101", "Regiovisie huiselijk geweld", state="raden",
                state_label="6 van 7 raden geïnformeerd", datum=None),
        summary("24004592", "Beleidsplan Bescherming en Opvang Programmalijn 3: Een integrale "
                "benadering vanuit Zorg en Veiligheid", state="afgerond", state_label="Afgerond"),
        summary("DOC-26/16206", "Uitvoeringsprogramma", eenheid=None, state="concept",
                state_label="Concept"),
    ]  # fmt: skip


def vergaderingen() -> list[Json]:
    """Vergaderingen before and after 2 July 2024."""

    def point(number: str, kenmerk: str, subject: str, conclusion: str | None) -> Json:
        return {
            "nummer": number,
            "kenmerk": kenmerk,
            "onderwerp": subject,
            "doel": "vaststellen",
            "behandeling": "b2",
            "state": "behandeld" if conclusion else "geagendeerd",
            "conclusie": conclusion,
        }

    return [
        {"id": "v1", "overleg": "Directie-overleg Sociaal Domein", "overleg_code": "do_sd",
         "datum": "2024-06-27", "state": "gehouden", "papers_due": None, "papers_hour": None,
         "punten": [point("5", KENMERK, SUBJECT, "akkoord")]},
        {"id": "v2", "overleg": "Portefeuillehoudersoverleg Gezondheid en Ondersteuning",
         "overleg_code": "pfho_go", "datum": "2024-07-11", "state": "gepland",
         "papers_due": "2024-07-04", "papers_hour": "12:00",
         "punten": [point("5", KENMERK, SUBJECT, None),
                    point("6", "24006233", "Inkoop vrouwenopvang", None)]},
        {"id": "v3", "overleg": "Directie-overleg Sociaal Domein", "overleg_code": "do_sd",
         "datum": "2024-08-29", "state": "gepland", "papers_due": None, "papers_hour": None,
         "punten": []},
    ]  # fmt: skip


CHOICES = {
    "states": [{"value": "do", "label": "Bij het DO"}, {"value": "pfho", "label": "Bij het PFHO"}],
    "overleggen": [{"value": "do_sd", "label": "Directie-overleg Sociaal Domein"}],
    "routes": [{"value": "voortgangsrapportage", "label": "Halfjaarlijkse voortgangsrapportage"}],
    "gemeenten": [{"value": name.lower(), "label": name} for name in GEMEENTEN],
}
