"""Ways to spoil a route that is in order: one for each thing that the check refuses in a route."""

from collections.abc import Callable
from copy import deepcopy

from tests.engine.generated import Json

Spoil = Callable[[Json], None]
ROUND = {"stap": "ronde", "overleg": "raden", "per": "gemeente", "doel": "informeren"}
SCRIPT = "os.system"


def plain(route: Json) -> Json:
    """A step of its own at the end, for a fault that must not depend on the others."""
    step: Json = {"stap": "laatste", "overleg": "zvh", "doel": "adviseren"}
    route["stappen"].append(step)
    return step


def put(**fields: object) -> Spoil:
    """Give the last step these fields; None takes one away."""

    def spoil(route: Json) -> None:
        step = plain(route)
        step |= fields
        for name in [name for name, value in fields.items() if value is None]:
            del step[name]

    return spoil


def of_route(**fields: object) -> Spoil:
    """Give the route itself these fields."""
    return lambda route: route.update(fields)


def also(*steps: Json) -> Spoil:
    """Put these steps at the end."""
    return lambda route: route["stappen"].extend(deepcopy(list(steps)))


def table(**columns: list[str]) -> Json:
    """A table of conclusies of a step that advises."""
    return {"doelen": ["adviseren"], "verder": ["akkoord"], **columns}


def afspraak(stap: str) -> Json:
    """An afspraak that arises at a step."""
    return {"afspraak": "iets", "soort": "actie", "titel": "Iets doen", "stap": stap, "uit": ["1"]}


def promised_at_the_round(route: Json) -> None:
    """An afspraak from a step that concludes nothing."""
    route["stappen"].append({**ROUND, "klaar": "alle"})
    route["afspraken"] = [afspraak("ronde")]


def twice(route: Json) -> None:
    """The first step once more."""
    route["stappen"].append(deepcopy(route["stappen"][0]))


def only_a_round(route: Json) -> None:
    """Nothing but a round: there is no row to submit."""
    route["stappen"] = [{**ROUND, "klaar": "alle"}]


def two_groups_apart(route: Json) -> None:
    """A group, another step, and the group again."""
    step: Json = {"overleg": "zvh", "doel": "adviseren"}
    for name, group in (("a", "naast"), ("b", None), ("c", "naast")):
        route["stappen"].append({"stap": name, **step, **({"groep": group} if group else {})})


BESIDE: Json = {"stap": "naast", "overleg": "zvh", "doel": "adviseren", "groep": "samen"}

FAULTS: dict[str, list[Spoil]] = {  # code -> what is refused with it
    "onbekende_sleutel": [
        of_route(tittel="x"),
        of_route(before=SCRIPT),
        put(before=SCRIPT),
        put(conditions=[SCRIPT]),
        put(conclusies=table(after=[SCRIPT])),
    ],
    "sleutel_ontbreekt": [put(doel=None), put(stap=None), of_route(afspraken=[{"stap": "x"}])],
    "ongeldige_keuze": [put(doel=SCRIPT), put(per=SCRIPT), put(conclusies=table(einde=[SCRIPT]))],
    "ongeldige_vorm": [put(stap=SCRIPT), of_route(route=SCRIPT)],
    "geen_getal": [of_route(versie=SCRIPT)],
    "onbekend_overleg": [put(overleg="zvx"), put(overleg="os_system")],
    "onbekend_voorwaarde": [put(voorwaarde=["alles_binnen"]), put(voorwaarde=[SCRIPT])],
    "onbekend_thema": [of_route(thema="zorgg")],
    "onbekend_cyclus": [of_route(cyclus="zorgg")],
    "onbekend_stap": [of_route(afspraken=[afspraak("nergens")])],
    "dubbele_stap": [twice],
    "dubbele_afspraak": [of_route(afspraken=[afspraak("stap_1"), afspraak("stap_1")])],
    "stap_is_toestand": [put(stap="afgerond"), put(stap="concept")],
    "stappen_ontbreken": [of_route(stappen=[])],
    "overleg_ontbreekt": [put(overleg=None)],
    "overleg_dubbel": [put(overleggen=["zvh", "dvc"])],
    "klaar_ontbreekt": [also(ROUND)],
    "klaar_onhaalbaar": [
        also({**ROUND, "klaar": 99}),
        also({**BESIDE, "klaar": 3}, {**BESIDE, "stap": "ernaast"}),
    ],
    "klaar_zonder_reden": [put(klaar="alle")],
    "groep_van_een": [put(groep="alleen")],
    "groep_uit_elkaar": [two_groups_apart],
    "per_gemeente_ontbreekt": [put(overleg="raden")],
    "per_gemeente_kan_niet": [put(per="gemeente", klaar="alle")],
    "doodlopend": [put(conclusies=table(verder=[])), only_a_round],
    "doel_past_niet": [put(conclusies={**table(), "doelen": ["besluiten"]})],
    "dubbele_overgang": [put(conclusies=table(blijft=["akkoord"]))],
    "stap_onbereikbaar": [
        also({**BESIDE, "klaar": "eerste"}, {**ROUND, "groep": "samen", "klaar": "eerste"})
    ],
    "conclusie_ongebruikt": [
        also({**ROUND, "klaar": "alle", "conclusies": {"doelen": ["informeren"],
              "verder": ["besproken"]}})
    ],
    "voorwaarde_ongebruikt": [also({**ROUND, "klaar": 1, "voorwaarde": ["alle_adviezen_binnen"]})],
    "afspraak_ongebruikt": [promised_at_the_round],
}  # fmt: skip
