"""Every route, walked to every one of its ends; each walk reads as the sentence that names it.

The ends of a voorstel are afgerond, afgewezen and ingetrokken. After each walk the voorstel stands
there, no row of it is open, and `audit verify` finds nothing, on either database.
"""

from collections.abc import Iterator

import pytest

from tests.engine.organisation import Organisation
from tests.tools.postgres import Postgres
from tests.walk.registers import DATABASES
from tests.walk.walking import (
    FIRST_DAY,
    OPEN,
    SEVEN,
    SIX_OF_2027,
    Step,
    Walk,
    Walker,
    at,
    does,
    each,
    ends,
    forced,
    not_yet,
    on,
    one,
    rejected,
    says,
    withdrawn,
)
from workflow.bootstrap import Access, Register, open_register
from workflow.settings import read_settings

# No route of the region asks to be ratified beforehand, so one is written here.
BEFOREHAND = """
route: bekrachtigd_vooraf
versie: 1
titel: Vooraf te bekrachtigen
stappen:
  - {stap: colleges, overleg: colleges, per: gemeente, doel: bekrachtigen, klaar: alle,
     deelroute: bekrachtigen}
  - {stap: pfho, overleg: pfho_go, doel: besluiten,
     bekrachtiging: {wanneer: vooraf, grond: reglement}}
"""

# --- what many walks have in common --------------------------------------------------------------

SUBMIT, START = does("dien_in"), does("start_raadsinformatie")
EVERYWHERE = dict.fromkeys(SEVEN, "ja")
WITHOUT_LAREN = tuple(name for name in SEVEN if name != "laren")
ALL_TOLD = (
    START,
    *map(each, ("bied_aan", "leg_collegebesluit_vast", "meld_verzonden", "meld_ter_kennisname")),
)
ALL_ADOPT = (START, each("meld_vastgesteld"))
THE_REST_ADOPTS = (START, each("meld_vastgesteld", WITHOUT_LAREN), not_yet("rond_af", "Laren"))
TODAY = FIRST_DAY.isoformat()
LAREN_AMENDS = one("laren", "meld_gewijzigd_vastgesteld", datum=TODAY, tekst="Zonder bijlage 3")
LAREN_REFUSES = one("laren", "meld_niet_vastgesteld", datum=TODAY, reden="Te duur")
LAREN_ADOPTS = one("laren", "meld_vastgesteld", datum=TODAY)


def chooses(gevolg: str) -> Step:
    """The PFHO says how it goes on in Laren."""
    return one("laren", "bepaal_gevolg", gevolg=gevolg, reden="Gekozen door het PFHO")


DO_ADVISED = (SUBMIT, says("do", "akkoord"))
REPORT_ADOPTED = (*DO_ADVISED, says("pfho", "vastgesteld"))
PLAN_AGREED = (*DO_ADVISED, says("pfho", "akkoord"))
AT_RADEN = (*PLAN_AGREED, *ALL_ADOPT, at("raden"))
FIRST_ONE = (SUBMIT, does("leg_feiten_vast", eerder_programma="nee"))
LATER_ONE = (SUBMIT, does("leg_feiten_vast", eerder_programma="ja"))
AO_AND_BO = (SUBMIT, says("ao", "akkoord"), says("bo", "akkoord"))
POINT_2_HELD = says("do", "akkoord", {"2": "aangehouden"})
AT_THREE = (SUBMIT, says("bo", "akkoord"), says("zvh", "akkoord"), at("do"))
APART = does("leg_feiten_vast", raakt_beleidsplan="nee")
TOUCHES = does("leg_feiten_vast", raakt_beleidsplan="ja")
TABLE = (
    does("voeg_toe", overleg="ao_zv", doel="adviseren"),
    does("voeg_toe", overleg="bo_zv", doel="besluiten", na="b1"),
    SUBMIT,
)

# --- the walks: a line or two each, so the formatter leaves them ---------------------------------
# fmt: off
WALKS: dict[str, list[Walk]] = {
    "voortgangsrapportage": [
        ends("DO advises, PFHO adopts, seven raden are told", *REPORT_ADOPTED, *ALL_TOLD),
        ends("the PFHO holds it until September, then adopts it", *DO_ADVISED,
             says("pfho", "aangehouden", aangehouden_tot="2024-09-12"), at("pfho"),
             says("pfho", "vastgesteld"), *ALL_TOLD),
        ends("the DO holds it without a date, then advises", SUBMIT,
             says("do", "aangehouden"), at("do"), says("do", "akkoord"),
             says("pfho", "vastgesteld"), *ALL_TOLD),
        ends("the DO sends it back, the author submits it again, the PFHO changes it", SUBMIT,
             says("do", "terug_naar_opsteller"), at("teruggestuurd"), does("dien_opnieuw_in"),
             says("do", "akkoord_mits"),
             says("pfho", "gewijzigd_vastgesteld", nieuwe_tekst_1="Anders", nieuwe_tekst_2="Ook"),
             *ALL_TOLD),
        ends("the PFHO adopts it with a reservation, which is owed", *DO_ADVISED,
             says("pfho", "onder_voorbehoud"), *ALL_TOLD),
        ends("no raad gets the letter, and each says why", *REPORT_ADOPTED, START,
             *(one(name, "meld_niet_verzonden", reden="Eigen brief") for name in SEVEN)),
        forced("a gemeente never confirms", *REPORT_ADOPTED, START, each("bied_aan"),
               not_yet("rond_af", "Huizen"), reason="Niet meer te achterhalen"),
        rejected("the advice is negative, and the PFHO rejects it", SUBMIT,
                 says("do", "niet_akkoord"), at("pfho"), says("pfho", "niet_akkoord")),
        withdrawn("as a concept"),
        withdrawn("after it was sent back", SUBMIT, does("stuur_terug", reden="Cijfers")),
        withdrawn("while the raden are told", *REPORT_ADOPTED, START, each("bied_aan")),
    ],
    "beleidsplan": [
        ends("seven colleges and seven raden adopt it: ratified afterwards",
             *AT_RADEN, *ALL_ADOPT, in_force=EVERYWHERE),
        ends("one raad amends and is asked again", *AT_RADEN, *THE_REST_ADOPTS, LAREN_AMENDS,
             not_yet("rond_af", "Laren"), chooses("nieuwe_ronde"), LAREN_ADOPTS,
             in_force=EVERYWHERE),
        ends("one raad amends and keeps its local deviation", *AT_RADEN, *THE_REST_ADOPTS,
             LAREN_AMENDS, chooses("lokale_afwijking"),
             in_force=EVERYWHERE | {"laren": "afwijkend"}),
        ends("one raad amends and it is not in force there", *AT_RADEN, *THE_REST_ADOPTS,
             LAREN_AMENDS, chooses("niet_van_kracht"), in_force=EVERYWHERE | {"laren": "nee"}),
        ends("one raad refuses and it is not in force there", *AT_RADEN, *THE_REST_ADOPTS,
             LAREN_REFUSES, chooses("niet_van_kracht"), in_force=EVERYWHERE | {"laren": "nee"}),
        ends("one raad refuses, is asked again and amends", *AT_RADEN, *THE_REST_ADOPTS,
             LAREN_REFUSES, chooses("nieuwe_ronde"), LAREN_AMENDS, chooses("lokale_afwijking"),
             in_force=EVERYWHERE | {"laren": "afwijkend"}),
        ends("Eemnes joins and Laren leaves while the raden decide", *AT_RADEN,
             does("start_raadsinformatie", reden="Eemnes treedt later toe",
                  gemeenten=", ".join(name for name in SEVEN if name != "eemnes")),
             does("voeg_gemeente_toe", gemeenten="Eemnes", reden="Trad toe"),
             one("laren", "meld_niet_van_toepassing", reden="Trad uit"),
             each("meld_vastgesteld", WITHOUT_LAREN), in_force={"eemnes": "ja"}),
        ends("Wijdemeren ends during the round, and Hilversum answers for both", *AT_RADEN, START,
             on("2027-01-04"), one("wijdemeren", "draag_over", reden="Samenvoeging"),
             each("meld_vastgesteld", SIX_OF_2027), in_force={"hilversum": "ja"}),
        ends("Hilversum had adopted and is asked again for Wijdemeren", *AT_RADEN, START,
             each("meld_vastgesteld", SIX_OF_2027), on("2027-01-04"),
             one("wijdemeren", "draag_over"), not_yet("rond_af", "Hilversum"),
             each("meld_vastgesteld", ("hilversum",)), in_force={"hilversum": "ja"}),
        ends("it takes effect in 2027, so six colleges and six raden adopt it", *PLAN_AGREED,
             does("start_raadsinformatie", ingangsdatum="2027-01-01"),
             each("meld_vastgesteld", SIX_OF_2027), START,
             each("meld_vastgesteld", SIX_OF_2027), in_force=dict.fromkeys(SIX_OF_2027, "ja")),
        ends("the PFHO holds it, and must say that the date follows", *DO_ADVISED,
             does("plan", overleg="pfho_go", datum=TODAY),
             not_yet("leg_conclusie_vast", "Datum", conclusie="aangehouden"),
             says("pfho", "aangehouden", datum_volgt="ja"), says("pfho", "akkoord"),
             *ALL_ADOPT, *ALL_ADOPT, in_force=EVERYWHERE),
        rejected("the PFHO rejects it before any college is asked", *DO_ADVISED,
                 says("pfho", "niet_akkoord")),
        withdrawn("while the colleges decide", *PLAN_AGREED, START),
        withdrawn("while the raden decide", *AT_RADEN, START, each("bied_aan")),
    ],
    "uitvoeringsprogramma": [
        ends("the first one: colleges adopt, raden are told", *FIRST_ONE, says("do", "akkoord"),
             at("pfho"), says("pfho", "akkoord"), *ALL_ADOPT, *ALL_TOLD, in_force=EVERYWHERE),
        ends("from the second on: zienswijzen before, one late, one never", *LATER_ONE,
             says("do", "akkoord"), at("zienswijzen"), START, each("bied_aan"),
             each("leg_zienswijze_vast", SEVEN[:2]), each("meld_geen_zienswijze", SEVEN[2:5]),
             on("2024-09-02"), each("leg_zienswijze_vast", SEVEN[5:6]),
             each("meld_niet_ontvangen", SEVEN[6:]),
             says("pfho", "akkoord"), *ALL_ADOPT, *ALL_TOLD, not_yet("rond_af", "Blaricum"),
             each("geef_reactie", (*SEVEN[:2], SEVEN[5])), in_force=EVERYWHERE),
        ends("one college refuses and it is not in force there", *FIRST_ONE,
             says("do", "akkoord"), says("pfho", "akkoord"), *THE_REST_ADOPTS, LAREN_REFUSES,
             chooses("niet_van_kracht"), *ALL_TOLD, in_force=EVERYWHERE | {"laren": "nee"}),
        rejected("the PFHO rejects it", *FIRST_ONE, says("do", "akkoord"),
                 says("pfho", "niet_akkoord")),
        withdrawn("while the raden may give a zienswijze", *LATER_ONE, says("do", "akkoord"),
                  START, each("bied_aan")),
    ],
    "proefperiode_zorg_en_veiligheid": [
        ends("AO and BO advise, DO decides, PFHO takes note", *AO_AND_BO, says("do", "akkoord"),
             says("pfho", "kennisgenomen")),
        ends("the DO holds a point, which comes back after the PFHO", *AO_AND_BO, POINT_2_HELD,
             says("pfho", "kennisgenomen"), at("do"), says("do", "akkoord"),
             says("pfho", "kennisgenomen")),
        ends("a held point is split off into a voorstel of its own", *AO_AND_BO, POINT_2_HELD,
             does("splits_af", beslispunten="2", reden="Eerst de middelen"),
             says("pfho", "kennisgenomen")),
        ends("the PFHO objects, and the DO decides again", *AO_AND_BO, says("do", "akkoord"),
             does("maak_bezwaar", uitkomst="terug_naar_overleg", reden="Geen dekking"), at("do"),
             not_yet("rond_af", "bezwaar", reden="Toch"), says("do", "akkoord_mits"),
             says("pfho", "kennisgenomen")),
        rejected("the PFHO objects, decides itself, and rejects", *AO_AND_BO,
                 says("do", "akkoord"),
                 does("maak_bezwaar", uitkomst="eigen_besluit", reden="Dit is bestuurlijk"),
                 says("pfho_2", "niet_akkoord")),
        rejected("the DO rejects all points", *AO_AND_BO, says("do", "niet_akkoord")),
        withdrawn("after its author took it back", *AO_AND_BO, says("do", "teruggenomen"),
                  at("teruggestuurd")),
    ],
    "evaluatie_proefperiode_zorg_en_veiligheid": [
        ends("AO, BO and DO advise, the administrators decide on conditions", *AO_AND_BO,
             says("do", "akkoord"), says("pfho", "akkoord_mits")),
        ends("agreed in part, with what must be done", *AO_AND_BO, says("do", "akkoord"),
             says("pfho", "akkoord", {"2": "niet_akkoord"}, toelichting="Duur", actie="Bezuinig")),
        rejected("every advice is negative and the PFHO rejects it", SUBMIT,
                 *(says(one, "niet_akkoord") for one in ("ao", "bo", "do", "pfho"))),
        withdrawn("on its way", SUBMIT, says("ao", "akkoord")),
    ],
    "integraal_zorg_en_veiligheid": [
        ends("DO, PFHO and DVC agree, in any order; it does not touch the plan", *AT_THREE,
             says("dvc", "akkoord"), says("pfho", "akkoord"), says("do", "akkoord"),
             not_yet("rond_af", "of stap"), APART),
        ends("it touches the plan, so DB and AB decide as well", *AT_THREE, TOUCHES,
             says("do", "akkoord"), says("pfho", "akkoord"), says("dvc", "akkoord"), at("db"),
             says("db", "vastgesteld"), says("ab", "vastgesteld")),
        ends("one of the three holds it, and it waits for that one only", *AT_THREE, APART,
             says("do", "akkoord"), says("pfho", "aangehouden", aangehouden_tot="2024-09-12"),
             says("dvc", "akkoord"), at("pfho"), says("pfho", "akkoord")),
        ends("one of the three sends it back, and decides when it returns", *AT_THREE, APART,
             says("do", "terug_naar_opsteller"), at("teruggestuurd"), does("dien_opnieuw_in"),
             says("do", "akkoord"), says("pfho", "akkoord"), says("dvc", "akkoord")),
        rejected("one of the three refuses", *AT_THREE, says("pfho", "akkoord"),
                 says("dvc", "niet_akkoord")),
        rejected("the AB rejects it at the last step", *AT_THREE, TOUCHES, says("do", "akkoord"),
                 says("pfho", "akkoord"), says("dvc", "akkoord"), says("db", "vastgesteld"),
                 says("ab", "niet_akkoord")),
        withdrawn("while three decide", *AT_THREE, says("do", "akkoord")),
    ],
    "vrij": [
        ends("each row of the table is a step", *TABLE, says("ao", "akkoord"),
             says("bo", "akkoord")),
        ends("referred to another overleg, which decides", *TABLE, says("ao", "akkoord"),
             says("bo", "verwezen", verwezen_naar="pfho_go"), says("bo", "akkoord")),
        ends("a row is skipped with a reason", *TABLE, does("sla_over", reden="Al gehoord"),
             at("bo"), says("bo", "akkoord")),
        ends("the raden are added while it runs", *TABLE,
             does("voeg_toe", overleg="raden", doel="informeren", na="b2"), says("ao", "akkoord"),
             says("bo", "akkoord"), *ALL_TOLD),
        rejected("the deciding row refuses", *TABLE, says("ao", "akkoord"),
                 says("bo", "niet_akkoord")),
        withdrawn("on its way", *TABLE),
    ],
    "bekrachtigd_vooraf": [
        ends("seven colleges ratify beforehand, then the PFHO decides", SUBMIT, START,
             each("meld_bekrachtigd"), says("pfho", "akkoord"), in_force=EVERYWHERE),
        ends("one college does not ratify, and it is not in force there", SUBMIT, START,
             each("meld_bekrachtigd", WITHOUT_LAREN),
             one("laren", "meld_niet_bekrachtigd", datum=TODAY, reden="Te duur"),
             at("colleges"), chooses("niet_van_kracht"), says("pfho", "akkoord"),
             in_force=EVERYWHERE | {"laren": "nee"}),
        rejected("ratified, and rejected all the same", SUBMIT, START, each("meld_bekrachtigd"),
                 says("pfho", "niet_akkoord")),
        withdrawn("during the ratification", SUBMIT, START, each("bied_aan")),
    ],
}
# fmt: on
ALL = [(route, walk) for route, walks in WALKS.items() for walk in walks]


@pytest.fixture(scope="module")
def organisation(tmp_path_factory: pytest.TempPathFactory) -> Organisation:
    """The shipped definitions, with one route more."""
    made = Organisation(tmp_path_factory.mktemp("walks"))
    made.write("routes/bekrachtigd_vooraf.yaml", BEFOREHAND)
    return made


@pytest.fixture(scope="module", params=DATABASES)
def register(
    request: pytest.FixtureRequest,
    organisation: Organisation,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Register]:
    """One register for all walks, on either database; each walk has a voorstel of its own."""
    url = f"sqlite:///{tmp_path_factory.mktemp('register') / 'besluitroute.db'}"
    if request.param == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        url = server.create_database()
    given = {"database": url, "today": TODAY, "user": "Noor de Wit"}
    settings = read_settings({}, {**given, "definitions": str(organisation.folder)})
    opened = open_register(settings, Access.CREATE)
    yield opened
    opened.engine.dispose()
    if request.param == "postgresql":
        server.drop_database(url)


@pytest.mark.parametrize(
    ("number", "route", "walk"),
    [(number, route, walk) for number, (route, walk) in enumerate(ALL)],
    ids=[f"{route}: {walk.end}: {walk.tells}" for route, walk in ALL],
)
def test_a_route_is_walked_to_its_end(
    register: Register, number: int, route: str, walk: Walk
) -> None:
    """It comes out where the walk says, with nothing left open, and the history holds."""
    walker = Walker(register=register, kenmerk=f"W-{number}")
    walker.begin(route)

    for step in walk.steps:
        step(walker)

    dossier = walker.show()
    assert dossier["state"] == walk.end
    assert not [row["id"] for row in dossier["behandelingen"] if row["state"] in OPEN]
    force = {row["code"]: row["in_werking"] for row in dossier["in_werking"]}
    assert force.items() >= walk.in_force.items()
    assert walker.problems() == []


def test_every_route_has_a_walk_to_every_end(register: Register) -> None:
    """A route that is added asks for its walks here."""
    ends_of = {route: {walk.end for walk in walks} for route, walks in WALKS.items()}

    assert ends_of == {
        route: {"afgerond", "afgewezen", "ingetrokken"} for route in register.session.rules.routes
    }
