"""What a change of the reminder rules would send, before it is put in use."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.services.reminding import PILOT, REPORT, Reminding, reminding, shipped_rules
from workflow.engine.definition_reminders import HerinneringRegel
from workflow.engine.rules import Rules
from workflow.services.reminder_compare import Comparison, compare

Change = Callable[[HerinneringRegel], HerinneringRegel | None]


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Reminding]:
    """The report and the pilot have just been read, on 12 June 2024."""
    url = f"sqlite:///{tmp_path / 'besluitroute.db'}"
    with reminding(url, tmp_path / "post", since="2024-01-01") as made:
        yield made.at("2024-06-12").read(REPORT).read(PILOT)


def _with(change: Change) -> Rules:
    """The shipped rules with each reminder rule changed; None leaves it out."""
    rules = shipped_rules()
    kept = tuple(one for rule in rules.definities.herinneringen if (one := change(rule)))
    return replace(rules, definities=rules.definities.model_copy(update={"herinneringen": kept}))


def _compared(register: Reminding, change: Change) -> Comparison:
    first, last = dt.date(2024, 6, 12), dt.date(2024, 9, 10)
    return compare(register.opened.session, register.post, _with(change), first, last)


def test_the_same_rules_change_nothing(register: Reminding) -> None:
    """And that is what it says."""
    found = _compared(register, lambda rule: rule)

    assert found.now == found.then > 0
    assert found.per_rule == {}
    assert found.sentence() == "Deze wijziging verandert niets aan wat er uitgaat."


def test_a_second_question_is_one_mail_more_for_each_meeting(register: Reminding) -> None:
    """A conclusie asked for again after seven working days: of the PFHO that is after recess."""

    def again(rule: HerinneringRegel) -> HerinneringRegel:
        asked = rule.regel == "conclusie_ontbreekt"
        return rule.model_copy(update={"dagen": (2, 7)}) if asked else rule

    found = _compared(register, again)

    assert {one["rule"] for one in found.added} == {"conclusie_ontbreekt"}
    assert [one["due"] for one in found.added] == ["2024-07-08", "2024-09-02"]
    assert found.then == found.now + 2
    assert found.sentence().startswith("Deze wijziging stuurt 2 mails meer, van 2024-06-12")


def test_a_rule_that_goes_takes_its_mails_along(register: Reminding) -> None:
    """Each of them is named, and the count of that rule alone differs."""
    found = _compared(register, lambda rule: None if "rapportage" in rule.regel else rule)

    assert found.added == ()
    assert {one["rule"] for one in found.gone} == set(found.per_rule)
    assert all(then == 0 for _, then in found.per_rule.values())
    assert f"{len(found.gone)} mail" in found.sentence()


def test_nothing_is_written(register: Reminding) -> None:
    """Looking does not send, queue or record."""
    before = register.opened.session.reader.count("event"), register.log()

    _compared(register, lambda rule: None)

    assert (register.opened.session.reader.count("event"), register.log()) == before
