"""What surrounds the dossiers: history, reminders, work, lists, vergaderingen."""

from typing import Any

from tests.web.sample import GEMEENTEN, KENMERK, SUBJECT, Json, summary


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
        "answer": None,
        "answer_date": None,
    } | changed


def questions() -> list[Json]:
    """Two mails that wait for a decision."""
    late = "De mailserver gaf na het versturen geen antwoord. Ga na of de mail er is."
    gone = "Teruggekomen: 550 5.1.1 Recipient address rejected: User unknown."
    return [
        reminder("2024-06-26", "Stukken ontbreken", status="unsure", note=late),
        reminder("2024-06-27", "Uw punt staat op de agenda", status="failed", note=gone),
    ]


FAILING: list[Json] = [
    {
        "address": "s.bakker@regio.example",
        "since": "2024-06-27",
        "reason": "Teruggekomen: 550 5.1.1 Recipient address rejected: User unknown.",
    }
]


QUESTION: Json = {
    "titel": "Stukken nog niet compleet",
    "onderwerp": "Voortgangsrapportage beleidsplan Bescherming en Opvang",
    "kenmerk": KENMERK,
    "lezer": "Sanne Bakker",
    "antwoord": None,
    "beantwoord_op": None,
}


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
