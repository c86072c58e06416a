"""The shipped definitions say what the documents say."""

from datetime import date, timedelta
from itertools import pairwise
from typing import get_args

import pytest

from tests.engine.organisation import SHIPPED
from workflow.domain.behandeling import Doel
from workflow.domain.calendar import reporting_periods, takes_part
from workflow.domain.deadlines import papers_due
from workflow.domain.reminder_facts import ANCHORS, SITUATIONS
from workflow.engine.definition import Definities
from workflow.engine.loader import LoadedDefinitions, load_definitions
from workflow.engine.terms import calendar, memberships
from workflow.engine.values import Anker, Situatie

WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag")


@pytest.fixture(scope="module")
def loaded() -> LoadedDefinitions:
    """The definitions as delivered."""
    return load_definitions(SHIPPED)


@pytest.fixture(scope="module")
def definities(loaded: LoadedDefinitions) -> Definities:
    """Their content."""
    return loaded.definities


def members(loaded: LoadedDefinitions, theme: str | None, day: date) -> set[str]:
    """Codes of the gemeenten that take part."""
    everyone = loaded.definities.gemeenten
    return {one.code for one in everyone if takes_part(memberships(one), theme, day)}


def test_seven_gemeenten_are_informed_on_the_day_of_the_pfho(loaded: LoadedDefinitions) -> None:
    """On 11 July 2024 seven gemeenten take part in Bescherming en Opvang."""
    assert members(loaded, "bescherming_en_opvang", date(2024, 7, 11)) == {
        "blaricum",
        "eemnes",
        "gooise_meren",
        "hilversum",
        "huizen",
        "laren",
        "wijdemeren",
    }


def test_weesp_took_part_until_the_end_of_2021(loaded: LoadedDefinitions) -> None:
    """What counts is the day on which a paper takes effect."""
    assert "weesp" in members(loaded, "bescherming_en_opvang", date(2021, 12, 31))
    assert "weesp" not in members(loaded, "bescherming_en_opvang", date(2022, 1, 1))


def test_eemnes_takes_part_by_theme(loaded: LoadedDefinitions) -> None:
    """In the social domain, not in the physical one."""
    day = date(2024, 7, 11)

    assert "eemnes" in members(loaded, "jeugd", day)
    assert "eemnes" not in members(loaded, "wonen", day)


def test_wijdemeren_passes_to_hilversum_in_2027(loaded: LoadedDefinitions) -> None:
    """From 1 January 2027 Hilversum goes on for both."""
    wijdemeren = loaded.gemeente("wijdemeren")

    assert wijdemeren.opvolger == "hilversum"
    assert "wijdemeren" in members(loaded, None, date(2026, 12, 31))
    assert "wijdemeren" not in members(loaded, None, date(2027, 1, 1))


def test_gemeenten_with_one_office_share_one_mailbox(definities: Definities) -> None:
    """Three gemeenten share one staff: three rows, three colleges, one mail."""
    boxes = [one.contact.email for one in definities.gemeenten if one.contact]

    assert max(boxes.count(box) for box in boxes) == 3


def test_every_address_is_invented(definities: Definities) -> None:
    """No mail of a rehearsal can reach a real person."""
    boxes = [one.contact.email for one in definities.gemeenten if one.contact]
    boxes += [definities.organisatie.afzender, definities.organisatie.secretariaat.email]

    assert all(box.endswith(".example") for box in boxes)


@pytest.mark.parametrize("name", ["Directie-overleg", "Portefeuillehoudersoverleg"])
def test_a_bare_name_is_ambiguous(definities: Definities, name: str) -> None:
    """Several domains use it, and each theme then points at one overleg."""
    bearers = [one for one in definities.overleggen if name in one.kale_namen]
    themes = [theme for one in bearers for theme in one.themas]

    assert len(bearers) > 1
    assert len(themes) == len(set(themes)), "a theme that points at two resolves nothing"


def test_the_safety_board_is_not_the_one_on_compulsory_care(definities: Definities) -> None:
    """BO Z&V and BO WvGGZ share no name but the bare one."""
    names = {one.code: {one.naam, *one.aliassen} for one in definities.overleggen}

    assert not names["bo_zv"] & names["bo_wvggz"]


def test_the_progress_report_follows_its_cover_sheet(loaded: LoadedDefinitions) -> None:
    """Voorblad 24005969: DO adviseren, PFHO vaststellen, then every gemeenteraad."""
    steps = loaded.route("voortgangsrapportage").stappen

    assert [(step.overleg, step.doel) for step in steps] == [
        ("do_sd", Doel.ADVISEREN),
        ("pfho_go", Doel.VASTSTELLEN),
        ("raden", Doel.INFORMEREN),
    ]
    assert (steps[2].per, steps[2].klaar) == ("gemeente", "alle")


def test_the_pilot_follows_its_cover_sheet(loaded: LoadedDefinitions) -> None:
    """Voorblad 24004592: joint AO and BO adviseren, DO besluiten, PFHO informeren; no raden."""
    route = loaded.route("proefperiode_zorg_en_veiligheid")

    assert [step.doel for step in route.stappen] == [
        Doel.ADVISEREN,
        Doel.ADVISEREN,
        Doel.BESLUITEN,
        Doel.INFORMEREN,
    ]
    assert route.stappen[0].overleggen == ("ao_bo", "ao_zv")
    assert not any(step.per for step in route.stappen)


def test_the_evaluation_comes_from_points_one_and_two(loaded: LoadedDefinitions) -> None:
    """Due in the first quarter of 2025; the assignment from point 4 has no date on paper."""
    evaluation, assignment = loaded.route("proefperiode_zorg_en_veiligheid").afspraken

    assert (evaluation.soort, evaluation.uit, evaluation.venster) == (
        "evaluatie",
        ("1", "2"),
        "2025-Q1",
    )
    assert (assignment.soort, assignment.uit, assignment.venster) == ("opdracht", ("4",), None)


def test_reports_follow_each_other_without_a_gap(definities: Definities) -> None:
    """2023-H1 to 2025-H2, then 2026-H1 to 2033-H2: the report after the plan's end included."""
    first, second = definities.cycli

    assert (first.van, first.tot) == ("2023-H1", "2025-H2")
    assert (second.van, second.tot) == ("2026-H1", "2033-H2")
    assert len(reporting_periods(second.van, second.tot, per_year=second.per_jaar)) == 16
    assert second.lokale_bijdrage


def test_the_third_report_is_the_one_on_the_first_half_of_2024(definities: Definities) -> None:
    """The report on 2022 stands outside the numbering that the papers use."""
    numbers = {one.periode: one.rangnummer for one in definities.cycli[0].rapportages}

    assert numbers["2024-H1"] == 3
    assert numbers["2022"] is None


def test_every_report_seen_falls_inside_its_window(definities: Definities) -> None:
    """Days from the end of the period to the PFHO: -16, -22, +32 and +11."""
    cycle = definities.cycli[0]
    ends = {
        "2022": date(2022, 12, 31),
        "2023-H1": date(2023, 6, 30),
        "2023-H2": date(2023, 12, 31),
        "2024-H1": date(2024, 6, 30),
    }
    seen = [
        (one.overlegdatum - ends[one.periode]).days for one in cycle.rapportages if one.overlegdatum
    ]

    assert seen == [-16, -22, 32, 11]
    assert all(cycle.venster[0] <= days <= cycle.venster[1] for days in seen)


def test_known_meetings_fall_on_the_usual_weekday(loaded: LoadedDefinitions) -> None:
    """The usual weekday of an overleg is the one that the papers show."""
    for known in loaded.definities.kalender.vergaderingen:
        usual = loaded.overleg(known.overleg).weekdag
        assert usual is None or WEEKDAYS[known.datum.weekday()] == usual, known


def test_no_known_meeting_falls_in_recess_or_on_a_holiday(definities: Definities) -> None:
    """A calendar that contradicts the papers would be wrong."""
    days = calendar(definities)

    assert [day for _, day in days.meetings if day in days.closed] == []


def test_papers_for_the_pfho_of_july_2024_are_due_on_the_fourth(loaded: LoadedDefinitions) -> None:
    """Five working days before Thursday 11 July, at twelve."""
    scheme = loaded.overleg("pfho_go").aanleveren
    assert scheme is not None

    due = papers_due(
        date(2024, 7, 11),
        working_days=scheme.werkdagen,
        closed=calendar(loaded.definities).closed,
    )

    assert (due, scheme.uur) == (date(2024, 7, 4), "12:00")


def easter(year: int) -> date:
    """Easter Sunday by the Gregorian computus, worked out independently of the data."""
    golden, century = year % 19, year // 100
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon = epact - (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    offset = moon - weekday
    month = 3 + (offset + 40) // 44
    return date(year, month, offset + 28 - 31 * (month // 4))


@pytest.mark.parametrize("year", range(2021, 2034))
def test_the_holidays_of_every_year_are_right(definities: Definities, year: int) -> None:
    """Movable days follow Easter; King's Day moves to Saturday when it would be a Sunday."""
    free = {one.naam: one.dag for one in definities.kalender.feestdagen if one.dag.year == year}
    sunday = easter(year)
    kings_day = date(year, 4, 27)

    assert free == {
        "Nieuwjaarsdag": date(year, 1, 1),
        "Goede Vrijdag": sunday - timedelta(days=2),
        "Eerste Paasdag": sunday,
        "Tweede Paasdag": sunday + timedelta(days=1),
        "Koningsdag": kings_day - timedelta(days=kings_day.weekday() == 6),
        "Bevrijdingsdag": date(year, 5, 5),
        "Hemelvaartsdag": sunday + timedelta(days=39),
        "Vrijdag na Hemelvaart": sunday + timedelta(days=40),
        "Eerste Pinksterdag": sunday + timedelta(days=49),
        "Tweede Pinksterdag": sunday + timedelta(days=50),
        "Eerste Kerstdag": date(year, 12, 25),
        "Tweede Kerstdag": date(year, 12, 26),
    }


def test_recess_runs_from_saturday_to_sunday_and_never_overlaps(definities: Definities) -> None:
    """What the organisation has not confirmed yet is called provisional."""
    recess = definities.kalender.reces

    assert all(one.van.weekday() == 5 and one.tot.weekday() == 6 for one in recess)
    assert all(before.tot < after.van for before, after in pairwise(recess))
    confirmed = definities.kalender.bevestigd_tot
    assert all(("voorlopig" in one.naam) == (one.van > confirmed) for one in recess)


def test_every_situation_has_a_reminder_rule(definities: Definities) -> None:
    """Nothing that the program can notice stays without a rule."""
    assert {rule.als for rule in definities.herinneringen} == SITUATIONS


def test_no_reminder_goes_out_in_recess(definities: Definities) -> None:
    """Not wanted: mails in recess."""
    assert not any(rule.in_reces for rule in definities.herinneringen)


def test_definitions_and_program_speak_of_the_same_situations() -> None:
    """What a rule may name is what the reminders can derive, and nothing else."""
    assert set(get_args(Situatie)) == SITUATIONS
    assert set(get_args(Anker)) == ANCHORS


def test_every_shipped_route_is_published(loaded: LoadedDefinitions) -> None:
    """Cases run on these versions; a change to one needs a new version."""
    text = (SHIPPED / "gepubliceerd.yaml").read_text(encoding="utf-8")

    assert [digest for digest in loaded.route_digests.values() if digest not in text] == []
