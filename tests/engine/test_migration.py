"""Merging a running case with a new version of its route: what changes, stays, and cannot."""

from dataclasses import replace

import pytest

from tests.engine.migrating import AO, BO, DO, RADEN, V1, case, move, step, with_round
from workflow.domain.behandeling import Doel
from workflow.domain.dossier import Dossier, changes_between
from workflow.domain.text import ErasableText
from workflow.domain.voorstel import Stap
from workflow.engine.migration import BASIS, Move, moved
from workflow.engine.migration_undo import taken_back
from workflow.engine.migration_why_not import reasons_against

REASON = ErasableText("r", None)
OWN = step("dvc")


def after(dossier: Dossier, asked: Move) -> Dossier:
    """The case after a migration that nothing stands against."""
    assert reasons_against(dossier, asked) == ()
    return moved(dossier, asked, REASON)


def ids(dossier: Dossier) -> list[str]:
    """The steps of a case, in order."""
    return [one.id for one in dossier.voorstel.steps]


def rows(dossier: Dossier) -> list[tuple[str, str, str]]:
    """Step, overleg and state of each row, from top to bottom."""
    ordered = sorted(dossier.behandelingen, key=lambda row: row.position)
    return [(row.step, row.overleg, row.state) for row in ordered]


def test_new_step_ahead_gets_a_row_at_its_place() -> None:
    """'Datum volgt', between the rows of its neighbours."""
    done = after(case(V1, "ao"), move(V1, (AO, BO, DO, RADEN)))

    assert ids(done) == ["ao", "bo", "do", "raden"]
    assert rows(done)[1] == ("bo", "BO", "gepland")
    assert next(row for row in done.behandelingen if row.step == "bo").date is None


def test_new_first_step_stands_at_the_top() -> None:
    """A case that is still a concept begins with it."""
    done = after(case(V1, "concept"), move(V1, (BO, *V1)))

    assert rows(done)[0] == ("bo", "BO", "gepland")


@pytest.mark.parametrize("state", ["do", "raden"])
def test_new_step_behind_the_case_is_skipped(state: str) -> None:
    """An advice that comes after the decision is not asked."""
    done = after(case(V1, state), move(V1, (AO, BO, DO, RADEN)))

    bo = done.voorstel.step("bo")
    assert bo is not None
    assert bo.skipped
    assert not done.rows_of("bo")


def test_returned_case_still_gets_the_steps_ahead() -> None:
    """What was held at the DO is not behind it: a step before the DO is still to come."""
    returned = case(V1, "teruggestuurd", {"ao": "behandeld"})
    done = after(returned, move(V1, (AO, BO, DO, RADEN)))

    assert ("bo", "BO", "gepland") in rows(done)


def test_open_row_whose_step_is_gone_lapses_and_comes_back() -> None:
    """Nothing is removed; a later version with that step opens the same row again."""
    three = (AO, BO, *V1[1:])
    gone = after(case(three, "ao"), move(three, V1))
    assert ids(gone) == ["ao", "do", "raden"]
    assert rows(gone)[1] == ("bo", "BO", "vervallen")
    assert next(row.basis for row in gone.behandelingen if row.step == "bo") == BASIS

    again = after(gone, move(V1, three))
    assert rows(again) == rows(case(three, "ao"))


def test_renamed_step_takes_its_rows_and_its_case_along() -> None:
    """With a mapping the case stands at the step that took the place."""
    board = step("bestuur", Doel.INSTEMMEN)
    done = after(case(V1, "do"), move(V1, (AO, board, RADEN), do="bestuur"))

    assert done.voorstel.state == "bestuur"
    assert rows(done) == [
        ("ao", "AO", "behandeld"),
        ("bestuur", "BESTUUR", "gepland"),
        ("raden", "RADEN", "gepland"),
    ]


def test_step_that_repeats_another_follows_its_name() -> None:
    """The table of conclusions and what arises are found by the step that it repeats."""
    again = replace(step("do_2"), origin="do")
    done = after(case((*V1[:2], again, RADEN), "do"), move(V1, (AO, OWN, RADEN), do="dvc"))

    assert ids(done) == ["ao", "dvc", "do_2", "raden"]
    assert done.voorstel.origin("do_2") == "dvc"


def test_what_paper_or_people_made_of_a_step_stays() -> None:
    """A doel of the paper wins from both versions; what they left alone follows the new one."""
    own_doel = replace(DO, doel=Doel.INSTEMMEN)
    new = replace(DO, doel=Doel.VASTSTELLEN, conditions=("alle_adviezen_binnen",))
    done = after(case((AO, own_doel, RADEN), "ao"), move(V1, (AO, new, RADEN)))

    merged = done.voorstel.step("do")
    assert merged is not None
    assert (merged.doel, merged.conditions) == (Doel.INSTEMMEN, ("alle_adviezen_binnen",))
    assert done.rows_of("do")[0].doel is Doel.INSTEMMEN


def test_treated_row_keeps_what_it_says() -> None:
    """A new doel does not rewrite a conclusion that was recorded under the old one."""
    new = replace(AO, doel=Doel.INSTEMMEN, overleg="Ander", overleg_codes=("ander",))
    done = after(case(V1, "do"), move(V1, (new, DO, RADEN)))

    assert done.rows_of("ao") == case(V1, "do").rows_of("ao")


@pytest.mark.parametrize(
    ("steps", "new", "expected"),
    [
        ((AO, OWN, DO, RADEN), (AO, BO, DO, RADEN), ["ao", "dvc", "bo", "do", "raden"]),
        ((OWN, *V1), (BO, *V1), ["dvc", "bo", "ao", "do", "raden"]),
        ((AO, DO, OWN, RADEN), (AO, RADEN), ["ao", "dvc", "raden"]),
        ((*V1, OWN), (RADEN, AO, DO), ["raden", "dvc", "ao", "do"]),
        ((DO, AO, RADEN), (AO, BO, DO, RADEN), ["do", "ao", "bo", "raden"]),
    ],
)
def test_own_steps_and_the_order_of_paper_are_kept(
    steps: tuple[Stap, ...], new: tuple[Stap, ...], expected: list[str]
) -> None:
    """Its own step stays behind what it stood behind; an order of paper is not undone."""
    assert ids(after(case(steps, "ingediend"), move(V1, new))) == expected


@pytest.mark.parametrize(
    ("dossier", "asked", "reason"),
    [
        (case(V1, "do"), move(V1, (AO, RADEN)), "staat bij stap ‘do’ (DO)"),
        (case(V1, "do"), move(V1, (DO, RADEN)), "Bij stap ‘ao’ (AO) is al een conclusie"),
        (case(V1, "ao", {"do": "geagendeerd"}), move(V1, (AO, RADEN)), "Haal het daar eerst"),
        (
            case(V1, "ao", {"do": "geagendeerd"}),
            move(V1, (AO, replace(DO, overleg_codes=("x",)), RADEN)),
            "Haal het daar eerst",
        ),
        (case((AO, OWN, DO), "ao"), move((AO, DO), (AO, DO, OWN)), "heeft zelf al een stap"),
        (with_round(case(V1, "raden")), move(V1, (AO, DO)), "is begonnen"),
        (
            with_round(case(V1, "raden")),
            move(V1, (AO, DO, replace(RADEN, join="5"))),
            "De ronde langs de gemeenten is begonnen",
        ),
    ],
)
def test_case_that_cannot_says_why(dossier: Dossier, asked: Move, reason: str) -> None:
    """One reason, that names the step or the row and what to do."""
    (found,) = {one for one in reasons_against(dossier, asked) if reason in one}
    assert found


def test_round_that_runs_may_go_along_when_its_step_is_the_same() -> None:
    """Only a step that changes stands in the way."""
    done = after(with_round(case(V1, "raden")), move(V1, (AO, BO, DO, RADEN)))

    assert done.raden == with_round(case(V1, "raden")).raden


def test_round_that_runs_keeps_its_place_before_other_rounds() -> None:
    """Its gemeenten must not seem to answer another question; a round behind it is no matter."""
    colleges = step("colleges", Doel.BEKRACHTIGEN, per_gemeente=True, join="alle")
    running = with_round(case(V1, "raden"))
    (reason,) = reasons_against(running, move(V1, (AO, DO, colleges, RADEN)))

    assert "komt er een andere ronde voor: stap ‘colleges’" in reason
    assert reasons_against(running, move(V1, (AO, DO, RADEN, colleges))) == ()


def test_parallel_group_that_runs_must_stay_the_same() -> None:
    """Who advises together now cannot be told apart halfway; another group is no matter."""
    two = (replace(AO, group="g", join="alle"), replace(BO, group="g"), DO)
    assert "lopen nu naast elkaar" in reasons_against(case(two, "ao"), move(two, (AO, BO, DO)))[0]
    assert reasons_against(case(two, "do"), move(two, (AO, BO, DO))) == ()
    wider = (*two[:2], replace(DO, group="h"))
    assert reasons_against(case(two, "ao"), move(two, wider)) == ()


def test_migration_is_taken_back_exactly_unless_touched_since() -> None:
    """Each field as it was; a row that was made lapses; who touched one of them, blocks it."""
    before = case((DO, AO, OWN, RADEN), "ao")
    new = (AO, BO, replace(DO, doel=Doel.INSTEMMEN), RADEN)
    done = after(before, move(V1, new))
    changes = [change.as_fields() for change in changes_between(before, done)]

    back = taken_back(done, changes, REASON)
    assert back is not None
    assert back.voorstel == before.voorstel
    made = [row for row in back.behandelingen if row.step == "bo"]
    assert [row.state for row in made] == ["vervallen"]
    assert tuple(row for row in back.behandelingen if row.step != "bo") == before.behandelingen

    touched = tuple(
        replace(row, date=None, state="geagendeerd") if row.step == "bo" else row
        for row in done.behandelingen
    )
    assert taken_back(replace(done, behandelingen=touched), changes, REASON) is None
