"""A reporting cycle prepares its own next report: at the right time, once, and leaves no ghost."""

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.services.reminding import Reminding, reminding, shipped_rules
from workflow.domain.errors import Surroundings
from workflow.engine.definition_owed import ConceptVooraf, Cyclus, Gestopt
from workflow.engine.rules import Rules
from workflow.engine.standing import ordinals, periods_of
from workflow.services.cycles import due_drafts, make_due_drafts
from workflow.services.dossier import show
from workflow.services.owed import Wanted, obligations

REPORT = "rapportage-bescherming_en_opvang_2022_2025-2024-h1"


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _rules(**changes: Any) -> Rules:
    """The shipped rules with the first cycle changed."""
    rules = shipped_rules()
    first, *others = rules.definities.cycli
    cycles = (first.model_copy(update=changes), *others)
    return replace(rules, definities=rules.definities.model_copy(update={"cycli": cycles}))


def _first(rules: Rules) -> Cyclus:
    return rules.definities.cycli[0]


@pytest.fixture
def register(database_url: str, tmp_path: Path) -> Iterator[Reminding]:
    """An empty register in use since 2024, whose cycle prepares its reports ten weeks ahead."""
    with reminding(database_url, tmp_path / "post", since="2024-01-01") as made:
        yield _under(made, _rules(concept=ConceptVooraf(weken=10)))


def _under(register: Reminding, rules: Rules) -> Reminding:
    """The same register under other definitions."""
    session = replace(register.opened.session, rules=rules)
    return Reminding(replace(register.opened, session=session), register.folder)


def _owed(register: Reminding, afspraak: str = REPORT) -> dict[str, Any] | None:
    rows = obligations(register.opened.session, Wanted())
    return next((one for one in rows if one["id"] == afspraak), None)


def test_the_draft_comes_ten_weeks_before_its_meeting(register: Reminding) -> None:
    """Not a day earlier; the PFHO of 11 July 2024 is the one that it hangs on."""
    assert due_drafts(register.at("2024-05-01").opened.session) == []

    (due,) = due_drafts(register.at("2024-05-02").opened.session)

    assert due.decided == _day("2024-07-11")
    assert due.standing.owed.id == REPORT


def test_the_draft_is_planned_back_from_that_meeting(register: Reminding) -> None:
    """A concept on the route of the cycle; the DO lies ten working days before, on its own day."""
    session = register.at("2024-05-02").opened.session
    (made,) = make_due_drafts(session)

    dossier = show(session, made.kenmerk)

    assert dossier["state"] == "concept"
    assert dossier["route"]["id"] == "voortgangsrapportage"
    rows = [(row["overleg_code"], row["datum"]) for row in dossier["behandelingen"]]
    assert rows[:2] == [("do_sd", "2024-06-27"), ("pfho_go", "2024-07-11")]


def test_four_clocks_at_the_same_moment_make_one_draft(register: Reminding) -> None:
    """As many workers as wanted; each of them hears of the same voorstel."""
    session = register.at("2024-05-02").opened.session

    with ThreadPoolExecutor(4) as clocks:
        made = [
            one
            for found in clocks.map(lambda _: make_due_drafts(session), range(4))
            for one in found
        ]

    assert len({one.kenmerk for one in made}) == 1
    assert session.reader.count("voorstel") == 1


def test_a_draft_whose_clock_died_halfway_is_finished_by_the_next(
    register: Reminding, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The voorstel was made, its report not yet in preparation: no second voorstel, and no gap."""
    session = register.at("2024-05-02").opened.session
    with monkeypatch.context() as power:
        power.setattr("workflow.services.cycles.perform", _dies)
        with pytest.raises(Surroundings):
            make_due_drafts(session)

    (again,) = make_due_drafts(register.at("2024-05-03").opened.session)

    row = _owed(register)
    assert row is not None
    assert (row["state"], row["afgedaan_door"]) == ("in_voorbereiding", again.kenmerk)
    assert session.reader.count("voorstel") == 1


def _dies(*_: object) -> None:
    """The power goes between the two events."""
    raise Surroundings("weg")


def test_twice_is_once(register: Reminding) -> None:
    """Also the next day."""
    session = register.at("2024-05-02").opened.session
    first = make_due_drafts(session)

    assert len(first) == 1
    assert make_due_drafts(session) == []
    assert make_due_drafts(register.at("2024-05-03").opened.session) == []
    row = _owed(register)
    assert row is not None
    assert (row["state"], row["afgedaan_door"]) == ("in_voorbereiding", first[0].kenmerk)


def test_a_report_that_someone_began_is_not_made_again(register: Reminding) -> None:
    """The voorblad on the same half-year was read already."""
    register = register.at("2024-06-12").read("24005969")

    assert due_drafts(register.opened.session) == []


def test_nothing_is_made_for_a_report_from_before_the_register(register: Reminding) -> None:
    """A register that begins in September does not prepare what was due in July."""
    late = register.since("2024-09-01").at("2024-07-20")

    assert [one.standing.owed.period for one in due_drafts(late.opened.session)] == []


def test_a_cycle_that_stops_leaves_no_ghost_and_loses_nothing_owed(register: Reminding) -> None:
    """What had begun is owed, what had not is gone, and a stored one that is gone has lapsed."""
    stopped = _rules(gestopt=Gestopt(per=_day("2024-03-01"), reden="ander plan"))
    register.at("2024-07-02").act(
        "rapportage-bescherming_en_opvang_2022_2025-2024-h2", "neem_in_voorbereiding"
    )

    after = _under(register, stopped).at("2024-07-02")

    assert periods_of(_first(stopped))[-1] == "2024-H1"
    kept, ghost = _owed(after), _owed(after, REPORT.replace("h1", "h2"))
    assert kept is not None
    assert kept["state"] == "openstaand"
    assert ghost is not None
    assert ghost["state"] == "vervallen"


def test_reports_are_counted_and_go_back_to_the_beginning() -> None:
    """The voorblad of 10 June 2024 calls that on 2024-H1 the third; the first one has no number."""
    numbers = ordinals(_first(shipped_rules()))

    assert numbers["2024-H1"] == 3
    assert numbers["2025-H2"] == 6
    assert "2022" not in numbers


def test_a_report_says_over_what_it_goes(register: Reminding) -> None:
    """Cumulative since 2022."""
    row = _owed(register.at("2024-05-02"))

    assert row is not None
    assert (row["rangnummer"], row["bereik"]) == (3, "2022 t/m eerste helft 2024")


def test_what_a_plan_promises_is_owed_without_a_voorstel(register: Reminding) -> None:
    """The second uitvoeringsprogramma of 2029, promised to the raden; listed a year ahead."""
    assert _owed(register.at("2028-06-01"), "tweede_uitvoeringsprogramma") is None

    row = _owed(register.at("2029-01-15"), "tweede_uitvoeringsprogramma")

    assert row is not None
    assert (row["due"], row["schuldeiser"]) == ("2029-12-31", "raden")
