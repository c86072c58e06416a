"""One set of values per mail, with invented people, as the secretariaat would meet them."""

from datetime import date

from notifications.render import Value

COMMON: dict[str, Value] = {
    "naam": "Sanne Bakker",
    "reden": "U bent contactpersoon van voorstel 24005969.",
    "kenmerk": "24005969",
    "onderwerp": "Voortgangsrapportage beleidsplan Bescherming en Opvang",
    "link": "https://besluitroute.example/voorstellen/24005969",
    "antwoordlink": "https://besluitroute.example/antwoord/geheim",
    "organisatie": "Regio Voorbeeld",
    "contact_naam": "Secretariaat Sociaal Domein",
    "contact_email": "secretariaat@regio.example",
    "contact_telefoon": "000 000 00 00",
    "oefendag": "",
    "toon": "vraag",
}
ROW: dict[str, Value] = {
    "overleg": "Directie-overleg Sociaal Domein",
    "vergaderdag": date(2024, 6, 27),
}
PILOT: dict[str, Value] = {
    "afspraak": "Evaluatie van de proefperiode, met aanbevelingen, middelen en capaciteit",
    "venster_van": date(2025, 1, 1),
    "venster_tot": date(2025, 3, 31),
    "verlopen": False,
    "overleggen": (
        ("Directie-overleg Sociaal Domein", date(2025, 3, 27), True),
        ("Bestuurlijk Overleg Zorg en Veiligheid", date(2025, 3, 31), False),
    ),
}
REPORT: dict[str, Value] = {
    "afspraak": "Vierde voortgangsrapportage beleidsplan Bescherming en Opvang",
    "periode": "tweede helft van 2024",
    "venster_van": date(2024, 11, 26),
    "venster_tot": date(2025, 2, 4),
    "verlopen": False,
}
PROMISE: dict[str, Value] = {
    "afspraak": "De volgende voortgangsrapportage volgt begin 2024",
    "soort": "toezegging",
    "schuldeiser": "de gemeenteraad van Laren",
    "venster_tot": date(2024, 3, 31),
    "verlopen": False,
}
SAMPLES: dict[str, tuple[str, dict[str, Value]]] = {
    "bijdrage_verwacht": (
        "bijdrage_verwacht",
        {
            "afspraak": "Voortgangsrapportage Bescherming & Opvang, eerste helft 2027",
            "gemeenten": ("Blaricum", "Eemnes", "Laren"),
            "periode": "eerste helft 2027",
            "venster_tot": date(2027, 5, 16),
            "verlopen": False,
        },
    ),
    "blijft_liggen": (
        "blijft_liggen",
        {"toestand": "terug bij de opsteller", "sinds": date(2024, 6, 3)},
    ),
    "stukken_onvolledig": (
        "stukken_onvolledig",
        {
            **ROW,
            "stukken": ("Raadsinformatiebrief", "Voortgangsrapportage, periode 2022 t/m 2024"),
            "uiterlijk": date(2024, 6, 20),
            "uur": "12.00",
        },
    ),
    "stukken_een": (
        "stukken_onvolledig",
        {**ROW, "stukken": ("Brief",), "uiterlijk": date(2024, 7, 4), "uur": "12.00"},
    ),
    "op_agenda": ("op_agenda", {**ROW, "agendapunt": "5", "doel": "adviseren"}),
    "op_agenda_zonder_nummer": ("op_agenda", {**ROW, "agendapunt": "", "doel": ""}),
    "conclusie_vastgelegd": (
        "conclusie_vastgelegd",
        {
            **ROW,
            "conclusie": "deels akkoord",
            "conclusie_tekst": "Akkoord met 1 en 2; punt 3 komt terug na aanvulling.",
            "per_punt": ("1: akkoord", "2: akkoord", "3: aangehouden"),
        },
    ),
    "conclusie_ontbreekt": ("conclusie_ontbreekt", ROW),
    "aan_te_bieden": (
        "aan_te_bieden",
        {"gemeenten": ("Blaricum", "Huizen", "Laren"), "besluitdag": date(2024, 7, 11)},
    ),
    "verzending_ontbreekt": (
        "verzending_ontbreekt",
        {"gemeenten": ("Blaricum", "Eemnes", "Laren"), "aangeboden_op": date(2024, 7, 15)},
    ),
    "verzending_een": (
        "verzending_ontbreekt",
        {"gemeenten": ("Huizen",), "aangeboden_op": date(2024, 7, 15)},
    ),
    "rapportage_verwacht": ("rapportage_verwacht", REPORT),
    "rapportage_verlopen": ("rapportage_verwacht", {**REPORT, "verlopen": True}),
    "evaluatie_verwacht": ("evaluatie_verwacht", PILOT),
    "evaluatie_verlopen": ("evaluatie_verwacht", {**PILOT, "verlopen": True}),
    "toezegging_verwacht": ("toezegging_verwacht", PROMISE),
    "adres_faalt": (
        "adres_faalt",
        {
            "lezer": "Anna Smit",
            "adres": "a.smit@regio.example",
            "bericht": "Uw punt staat op de agenda",
            "antwoord": "Teruggekomen: 550 5.1.1 Recipient address rejected: User unknown.",
        },
    ),
    "antwoord_ontvangen": (
        "antwoord_ontvangen",
        {
            "lezer": "Anna Smit",
            "bericht": "Stukken nog niet compleet",
            "antwoord": "dit is niet voor mij",
            "woorden": "Piet Jansen, p.jansen@regio.example",
        },
    ),
    "besloten": ("besloten", {}),
    "toezegging_verlopen": ("toezegging_verwacht", {**PROMISE, "verlopen": True}),
}


def values(name: str) -> tuple[str, dict[str, Value]]:
    """The template of a sample and all values that it needs."""
    template, own = SAMPLES[name]
    return template, {**COMMON, **own}
