"""Values as plain fields and back: what stands in an event gives the same value again."""

from datetime import date

import pytest

from workflow.domain.behandeling import (
    Behandeling,
    Bekrachtiging,
    ConclusieCode,
    Doel,
    PuntConclusie,
)
from workflow.domain.dossier import Change, Dossier, changes_between, key_of
from workflow.domain.fields import encode, fields_of, from_fields
from workflow.domain.route import enough, insert_row, new_row_id, points_for
from workflow.domain.text import ErasableText
from workflow.domain.voorstel import Beslispunt, EarlierText, Onderdeel, Stap, Voorstel


def a_voorstel(**more: object) -> Voorstel:
    """A voorstel with something in most of its fields."""
    fields: dict[str, object] = {
        "id": "v1",
        "kenmerk": "24009000",
        "state": "do",
        "version": 3,
        "route_id": "vrij",
        "route_version": 1,
        "route_digest": "abc",
        "subject": "Afspraken",
        "date": date(2024, 6, 3),
        "explanation": ErasableText("Y29tbWl0", "De toelichting"),
        "beslispunten": (
            Beslispunt(
                number="1a",
                text="Instemmen",
                parts=(Onderdeel(number=None, text="met dit"),),
                earlier=(EarlierText(text="Was", changed_by="b1"),),
            ),
            Beslispunt(number="2", text="Evalueren"),
        ),
        "steps": (Stap(id="do", doel=Doel.ADVISEREN), Stap(id="pfho", doel=Doel.BESLUITEN)),
    }
    return Voorstel(**{**fields, **more})  # type: ignore[arg-type]


def a_row(row_id: str, step: str, position: int, **more: object) -> Behandeling:
    """A row of that voorstel."""
    fields: dict[str, object] = {
        "voorstel_id": "v1",
        "overleg": step.upper(),
        "doel": Doel.ADVISEREN,
    }
    given = {**fields, **more, "id": row_id, "step": step, "position": position}
    return Behandeling(**given)  # type: ignore[arg-type]


def test_a_value_comes_back_from_its_fields() -> None:
    """Dates, enums, nested values and words of persons; the words come from elsewhere."""
    row = a_row(
        "b1",
        "do",
        1000,
        date=date(2024, 6, 27),
        conclusie=ErasableText("d29vcmQ=", "Akkoord"),
        conclusie_code=ConclusieCode.AKKOORD,
        per_punt=(PuntConclusie(number="1a", code=ConclusieCode.AKKOORD),),
        bekrachtiging=Bekrachtiging(when="niet_nodig", ground="mandaat"),
        punten=("1a",),
    )
    for value in (a_voorstel(), row):
        plain = fields_of(value)
        assert from_fields(type(value), plain) == value
        assert "Akkoord" not in str(plain)
        assert "De toelichting" not in str(plain)
    again = from_fields(Behandeling, fields_of(row), {"d29vcmQ=": "Akkoord"})
    assert again.conclusie
    assert again.conclusie.text == "Akkoord"


def test_what_has_no_form_as_a_field_is_refused() -> None:
    """No float and no other object slips into the history."""
    with pytest.raises(TypeError, match="float"):
        encode(0.5)


def test_a_change_names_only_what_differs() -> None:
    """Old and new value of each field that changed; of something new all of it."""
    before = Dossier(voorstel=a_voorstel(), behandelingen=(a_row("b1", "do", 1000),))
    moved = Dossier(
        voorstel=a_voorstel(state="pfho", version=4),
        behandelingen=(*before.behandelingen, a_row("b2", "pfho", 2000)),
    )

    changes = changes_between(before, moved)

    assert [key_of(change.after) for change in changes] == [
        ("voorstel", "v1"),
        ("behandeling", "v1/b2"),
    ]
    assert changes[0].as_fields() == {
        "entity": "voorstel",
        "id": "v1",
        "was": {"state": "do", "version": 3},
        "set": {"state": "pfho", "version": 4},
    }
    made = changes[1].as_fields()
    assert made["was"] is None
    assert made["set"]["step"] == "pfho"
    assert changes_between(moved, moved) == ()
    assert isinstance(changes[0], Change)


def test_a_row_stands_between_two_others() -> None:
    """Right below the one it follows; ids are never used again."""
    rows = (a_row("b1", "do", 1000), a_row("b3", "pfho", 2000))
    dossier = Dossier(voorstel=a_voorstel(), behandelingen=rows)

    assert new_row_id(dossier) == "b4"
    placed = insert_row(dossier, a_row("b4", "do", 0), rows[0])
    assert [row.id for row in placed] == ["b1", "b4", "b3"]
    assert placed[1].position == 1500
    assert [row.id for row in insert_row(dossier, a_row("b4", "do", 0), None)] == ["b1", "b3", "b4"]


def test_a_row_is_not_about_points_that_wait_elsewhere() -> None:
    """What is held at an earlier step comes later; what was rejected never."""
    held = a_row("b2", "do", 1500, punten=("2",))
    deciding = a_row("b3", "pfho", 2000)
    dossier = Dossier(voorstel=a_voorstel(state="pfho"), behandelingen=(held, deciding))

    assert points_for(dossier, deciding, frozenset()) == ("1a",)
    assert points_for(dossier, held, frozenset()) == ("2",)
    assert points_for(dossier, deciding, frozenset({"1a"})) == ()


@pytest.mark.parametrize(
    ("join", "total", "needed"),
    [(None, 7, 7), ("alle", 7, 7), ("eerste", 7, 1), ("3", 7, 3), ("9", 7, 7), ("eerste", 0, 0)],
)
def test_how_many_are_enough(join: str | None, total: int, needed: int) -> None:
    """All, the first, or a number, but never more than there are."""
    assert enough(join, total) == needed
