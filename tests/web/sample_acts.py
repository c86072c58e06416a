"""The acts of a dossier in the shape of `actions`."""

from typing import Any

from tests.web.sample import GEMEENTEN, KENMERK, Json


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
            reasons=["De gemeenteraden zijn nog niet geïnformeerd."],
            fields=[field("reden", "lange_tekst", required=True)]),
        act("voeg_toe", "Voeg een behandeling toe", fields=[
            field("overleg", "overleg", required=True,
                  choices=["do_sd"]),
            field("doel", "keuze", required=True, choices=["adviseren", "besluiten"]),
            field("gemeenten", "gemeenten", choices=list(GEMEENTEN)),
            field("eigen_tekst", "ja_nee"),
            field("event", "nummer"),
        ]),
        act("splits_af", "Splits beslispunten af", fields=[
            field("beslispunten", "beslispunten", required=True, choices=["2"],
                  hint="Alleen punten die zijn aangehouden of afgewezen."),
            field("kenmerk", "code"),
            field("reden", "lange_tekst", required=True),
        ]),
    ]  # fmt: skip
    for name, action, label in (
        ("Eemnes", "leg_collegebesluit_vast", "Leg collegebesluit vast"),
        ("Eemnes", "meld_niet_verzonden", "Meld niet verzonden"),
        ("Hilversum", "leg_collegebesluit_vast", "Leg collegebesluit vast"),
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
