"""Whatever is typed: an exit code of the contract and no traceback."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.walk.command_line import CommandLine

KENMERK = "24005969"
WORDS = (
    *("import", "new", "attach", "list", "show", "actions", "act", "history", "council"),
    *("obligations", "meeting", "audit", "definitions", "verify", "check", "upgrade"),
    *("--json", "--set", "--open", "--as-of", "--happened", "--version", "--behandeling"),
    *("--gemeente", "--beslispunt", "--remark", "--command-id", "--dry-run", "--as", "--today"),
    *("--help", "-", "--", "", "=", "a=b", "1=akkoord", "conclusie=akkoord", "datum=2024-13-45"),
    *("reden=x", "event=1", "b1", "b2", "Huizen", "2024-06-27", "9999-12-31", "0001-01-01"),
    *(KENMERK, "trek_in", "agendeer", "plan", "leg_conclusie_vast", "corrigeer", "doe_af"),
    *("do_sd-2024-06-27", "meld_gehouden", "%00", "'; DROP TABLE event; --", "\u202e", "💥"),
)
SETS = st.builds(
    "--set={}={}".format,
    st.sampled_from(
        ("datum", "conclusie", "overleg", "doel", "na", "event", "door", "gemeenten", "periode")
    ),
    st.text(max_size=12).filter(lambda text: "\x00" not in text),
)


@settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(words=st.lists(st.sampled_from(WORDS) | SETS, min_size=1, max_size=7))
def test_any_command_line(report: CommandLine, words: list[str]) -> None:
    """Done, refused, not understood or unreachable; never 'not foreseen'."""
    said = report.run(*words)

    assert said.code in (0, 1, 2, 4), said
    assert "niet was voorzien" not in said.out + said.err, said


ACTS = (
    "agendeer",
    "plan",
    "voeg_toe",
    "schuif_door",
    "leg_conclusie_vast",
    "corrigeer",
    "sla_over",
)
FIELDS = (
    *("datum", "vergadering", "overleg", "doel", "na", "conclusie", "tekst", "nieuwe_tekst_1"),
    *("aangehouden_tot", "verwezen_naar", "reden", "event", "kenmerk", "beslispunt_1"),
)
VALUES = st.sampled_from(
    (
        *("2024-06-27", "27-6-2024", "1990-01-01", "2100-12-31", "DO SD", "raden", "colleges"),
        *("akkoord", "aangehouden", "verwezen", "terug_naar_opsteller", "niet_akkoord", "b1"),
        *("adviseren", "bekrachtigen", "zienswijze", "1", "2", "0", "-1", "\u0000", "é" * 600),
    )
)


@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    action=st.sampled_from(ACTS),
    fields=st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=4),
    points=st.dictionaries(st.sampled_from(("1", "2", "3")), VALUES, max_size=2),
)
def test_any_act(
    report: CommandLine, action: str, fields: dict[str, str], points: dict[str, str]
) -> None:
    """A field may be anything: the act is done or refused with a reason, and the history holds."""
    line = report.on("2024-07-20")
    words = [f"--set={name}={value}" for name, value in fields.items()]
    words += [f"--beslispunt={number}={code}" for number, code in points.items()]

    said = line.run("act", KENMERK, action, *words)

    assert said.code in (0, 1), said


@pytest.mark.parametrize("text", ["", " ", "\n", "x" * 5000, "../../x", "%s", "{0}", "' OR 1=1"])
def test_odd_kenmerken_are_unknown(report: CommandLine, text: str) -> None:
    """A kenmerk that cannot be, is not there; it reaches no file and no statement."""
    for command in ("show", "history", "actions", "council"):
        assert report.refused(command, text)["code"] == "niet_gevonden"


def test_history_holds_after_all_of_it(report: CommandLine) -> None:
    """A run of odd but accepted acts leaves a history that can be replayed."""
    line = report.on("2024-07-20")
    for action, fields in (
        ("plan", {"overleg": "raden", "doel": "informeren"}),
        ("voeg_toe", {"overleg": "colleges", "doel": "bekrachtigen", "na": "b1"}),
        ("voeg_toe", {"overleg": "AO B&O en Z&V", "doel": "adviseren", "na": "b1"}),
        ("schuif_door", {}),
        ("sla_over", {"reden": "x"}),
    ):
        line.run("act", KENMERK, action, *(f"--set={k}={v}" for k, v in fields.items()))
    line.verified()
