"""The dossier page: the paper's own words, the acts, the proof."""

from datetime import date

import pytest
from starlette.testclient import TestClient

from tests.web import sample, sample_acts
from tests.web.fake_register import FakeRegister
from workflow.engine.diagram import Place
from workflow.web import dossier_view
from workflow.web.act_form import Act, acts_of
from workflow.web.paths import dossier_path
from workflow.web.rounds_view import councils, round_in_words
from workflow.web.route_picture import route_picture


def _cells(text: str) -> list[str]:
    """The first line of each cell of the behandeltabel."""
    table = text.partition('id="behandeling"')[2].partition("</table>")[0]
    return [part.partition(">")[2].partition("<")[0].strip() for part in table.split("<td")[1:]]


def test_the_table_is_the_papers_own(client: TestClient) -> None:
    """Rows, order and cells are those of the paper, misspellings included."""
    cells = _cells(client.get("/voorstellen/24004592").text)

    assert cells[0::4] == ["7-3", "18-3", "21-3", "datum volgt", "4-4"]
    assert cells[1::4] == [
        "AO B&amp;O en Z&amp;V",
        "BO Z&amp;V",
        "DO SD",
        "DO SD",
        "PFHO SD G&amp;O",
    ]
    assert cells[2::4][-1] == "Informereren"


def test_what_was_derived_stands_beside_the_paper(client: TestClient) -> None:
    """A year that was not on paper, and a doel that was misspelt, are shown as such."""
    text = client.get("/voorstellen/24004592").text

    assert "do 7 maart 2024, jaar afgeleid" in text
    assert "gelezen als informeren" in text


def test_permitted_acts_carry_their_own_verb_and_the_others_their_reason(
    client: TestClient,
) -> None:
    """Nobody wonders why something cannot be done."""
    text = client.get(f"/voorstellen/{sample.KENMERK}").text

    assert ">Leg conclusie vast</a>" in text
    assert "<strong>Rond af</strong>: De gemeenteraden zijn nog niet geïnformeerd." in text
    assert "/doe/start_raadsinformatie" not in text


def test_the_next_act_comes_first_and_one_only_stands_out() -> None:
    """Withdrawing or sending back is never the act that stands out."""
    dossier = sample.dossier()
    acts = acts_of(sample.KENMERK, sample_acts.actions())

    now = dossier_view.now(dossier, acts, date(2024, 7, 11))

    assert now.main is not None
    assert now.main.action == "leg_conclusie_vast"
    assert [act.action for act in now.others] == ["schuif_door", "stuur_terug"]
    assert [act.action for act in now.rare] == ["trek_in", "voeg_toe", "splits_af"]


def test_acts_on_a_gemeente_stand_at_its_own_row() -> None:
    """Eemnes gets what Eemnes may do, and no other gemeente gets it."""
    acts = acts_of("24004101", sample_acts.actions())

    rows = {row.gemeente: row for row in councils(sample.with_councils(), acts)[0].rows}

    assert rows["Eemnes"].main is not None
    assert rows["Eemnes"].main.action == "leg_collegebesluit_vast"
    assert rows["Blaricum"].main is None
    assert rows["Laren"].main is not None
    assert rows["Laren"].main.action == "bied_aan"


def test_the_count_of_informed_raden_is_in_words(client: TestClient) -> None:
    """Sent, taken note of or put on an agenda counts; not sent with a reason does not."""
    text = client.get("/voorstellen/24004101").text

    assert "3 van 7 raden geïnformeerd" in text
    assert "Nog open: Eemnes, Hilversum en Laren." in text


def test_the_proof_says_unaltered_and_never_true(
    client: TestClient, register: FakeRegister
) -> None:
    """The page claims only what was recomputed."""
    path = f"/voorstellen/{sample.KENMERK}"
    assert "Niet gewijzigd sinds 28 juni 2024</strong> (nagerekend, nr. 118–131)" in (
        client.get(path).text
    )

    register.verdict = register.verdict | {
        "ok": False,
        "problems": [
            {"check": "leaves", "seq": 121, "kenmerk": "x", "message": "Nr. 121 wijkt af."}
        ],
    }
    broken = client.get(path).text
    assert "De geschiedenis klopt niet meer." in broken
    assert "Nr. 121 wijkt af." in broken
    assert "Niet gewijzigd" not in broken


def test_as_known_then_shows_no_acts_and_no_later_events(client: TestClient) -> None:
    """A dossier of the past can only be read, and holds nothing of after that day."""
    text = client.get(f"/voorstellen/{sample.KENMERK}?op=24-6-2024").text

    assert "zoals bekend op 24 juni 2024" in text
    assert "/doe/" not in text
    assert "op de agenda van het DO" in text
    assert "akkoord op 1 en 2" not in text


def test_an_unknown_dossier_is_404_with_a_way_on(client: TestClient) -> None:
    """The reader is sent to the search."""
    answer = client.get("/voorstellen/99999999")

    assert answer.status_code == 404
    assert "‘99999999’ is niet gevonden" in answer.text
    assert 'href="/voorstellen"' in answer.text


@pytest.mark.parametrize("kenmerk", ["DOC-26016206", "A/B 1", "..", "~2F", "ü & ?#%", "nieuw"])
def test_any_kenmerk_has_an_address(
    client: TestClient, register: FakeRegister, kenmerk: str
) -> None:
    """What paper uses as a kenmerk opens its own dossier."""
    register.shown[kenmerk] = sample.dossier(kenmerk=kenmerk)

    answer = client.get(dossier_path(kenmerk))

    assert answer.status_code == 200


def test_the_picture_says_where_you_are() -> None:
    """One stop is here, all before it lie behind, and the raden come after the overleggen."""
    stops = route_picture(sample.with_councils()).stops

    assert [stop.title for stop in stops] == ["Ingediend", "DO", "PFHO", "Raden", "Afgerond"]
    assert [stop.place for stop in stops] == [
        Place.DONE, Place.DONE, Place.DONE, Place.HERE, Place.AHEAD
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("state", "here"),
    [("concept", [0]), ("afgerond", []), ("ingetrokken", []), ("teruggestuurd", [0])],
)
def test_the_picture_follows_the_state(state: str, here: list[int]) -> None:
    """Before the start and at each of the ends; on the way a step itself says so."""
    steps = [one | {"status": "gedaan"} for one in sample.steps()]
    stops = route_picture(sample.dossier(state=state, stappen=steps)).stops

    assert [i for i, stop in enumerate(stops) if stop.place is Place.HERE] == here


def test_parallel_steps_form_one_leg_with_their_rule() -> None:
    """The one where it is, the ones that run along, and what is needed of them."""
    picture = route_picture(sample.twelve_steps())
    group = next(leg for leg in picture.legs if leg.parallel)

    assert [stop.title for stop in group.stops] == ["PFHO", "DVC", "DB"]
    assert [stop.place for stop in group.stops] == [Place.DONE, Place.HERE, Place.ALSO]
    assert group.join == "alle drie nodig"
    assert picture.remarks == ("Hier kan ook: aanhouden, terug naar de opsteller of afwijzen.",)


def test_a_row_that_came_back_is_told_quietly() -> None:
    """Held on 4 March, treated later: the stop remembers the first time."""
    stop = next(one for one in route_picture(sample.twelve_steps()).stops if one.title == "BO")

    assert stop.earlier == ("aangehouden 4\N{NO-BREAK SPACE}maart",)


@pytest.mark.parametrize("after", ["vervallen", "gepland"])
def test_a_conclusion_that_is_shown_is_not_told_again_as_earlier(after: str) -> None:
    """A row that lapsed or waits behind the treated one leaves its conclusion where it stands."""
    dossier = sample.twelve_steps()
    treated = [row for row in dossier["behandelingen"] if row["stap"] == "bo"][-1]
    extra = treated | {"id": "b99", "conclusie_code": None, "state": after, "datum": None}
    dossier["behandelingen"].append(extra)
    stop = next(one for one in route_picture(dossier).stops if one.title == "BO")

    assert treated["conclusie_code"] is not None
    assert stop.earlier == ("aangehouden 4\N{NO-BREAK SPACE}maart",)


def test_a_rejected_voorstel_ends_where_it_was_rejected() -> None:
    """What it did not come to is said below the picture, not drawn as if it still could."""
    steps = sample.steps()
    steps[1] |= {"status": "gedaan", "conclusie_code": "niet_akkoord"}
    picture = route_picture(sample.dossier(state="afgewezen", stappen=steps))

    assert [stop.title for stop in picture.stops] == ["Ingediend", "DO", "PFHO", "Afgewezen"]
    assert picture.stops[-1].place is Place.STOPPED
    assert picture.remarks == ("Niet aan bod gekomen: Raden: informeren.",)


def test_a_skipped_step_is_shown_as_skipped() -> None:
    """Its place in the route stays visible."""
    steps = sample.steps()
    steps[0] |= {"overgeslagen": True, "conclusie_code": None}

    assert route_picture(sample.dossier(stappen=steps)).stops[1].place is Place.SKIPPED


def test_a_round_shows_how_far_each_gemeente_is() -> None:
    """Four gemeenten of seven are done with it; three of those were informed."""
    stop = route_picture(sample.with_councils()).stops[3]

    assert stop.details == ("3 van 7 geïnformeerd",)
    assert [str(pip) for pip in stop.pips].count("ready") == 4


def test_hostile_words_on_paper_stay_words(client: TestClient, register: FakeRegister) -> None:
    """What a paper says is shown, never run."""
    register.shown["24005969"] = sample.dossier(onderwerp="<script>alert(1)</script>")

    text = client.get("/voorstellen/24005969").text

    assert "<script>" not in text
    assert "&lt;script&gt;" in text


def test_a_round_that_asks_for_a_decision_has_a_grid_of_its_own() -> None:
    """Colleges that decide: what they answered, until when, and no word of being informed."""
    round_of = {"stap": "colleges", "deelroute": "collegebesluit", "uiterlijk": "2026-04-17"}
    rows = [
        sample.council("Laren", "vastgesteld", klaar=True, antwoord_op="2026-03-24", **round_of),
        sample.council("Huizen", "aangeboden", **round_of),
    ]
    colleges = sample.step("Colleges", "COLLEGES", "vaststellen", "hier", per_gemeente=True)
    colleges |= {"id": "colleges", "niveau": "colleges", "deelroute": "collegebesluit"}
    dossier = sample.dossier(raden=rows, stappen=[colleges])
    beside, likely = (
        Act(action=name, label=name, permitted=True, reasons=(), gemeente="Huizen", ronde=1)
        for name in ("meld_niet_van_toepassing", "meld_vastgesteld")
    )

    (grid,) = councils(dossier, [beside, likely])

    assert (grid.title, grid.informs) == ("Colleges: vaststellen", False)
    assert grid.summary == "1 van 2 colleges klaar"
    assert grid.rows[0].answer == "24 maart 2026"
    assert (grid.rows[1].until, grid.rows[1].main) == ("17 april 2026", likely)
    assert round_in_words(dossier) == "1 van 2 colleges klaar. Nog open: Huizen."


def test_facts_come_next_only_where_the_route_waits_for_one() -> None:
    """Else they stand under 'Meer mogelijkheden', and the next act stays the first thing seen."""
    asks = {"feit": "geld", "naam": "Kost het geld?", "waarde": None, "gevraagd": True}
    fact = Act(action="leg_feiten_vast", label="Leg feiten vast", permitted=True, reasons=())
    today = date(2024, 7, 2)

    waiting = dossier_view.now(sample.dossier(feiten=[asks]), [fact], today)
    idle = dossier_view.now(sample.dossier(feiten=[asks | {"gevraagd": False}]), [fact], today)

    assert (waiting.others, waiting.rare) == ((fact,), ())
    assert (idle.others, idle.rare) == ((), (fact,))
