"""What a user reads when something cannot be: what, why, and what to do."""

import pytest

from workflow.domain.errors import (
    InvalidField,
    MissingField,
    NotFound,
    NotPermitted,
    OutcomeUnknown,
    Stale,
    TransitionRefused,
    WorkflowError,
)


def refuse(error: WorkflowError) -> None:
    """Raise it, as a service does."""
    raise error


def test_not_found_names_what_was_asked_and_what_is_known() -> None:
    """Who mistypes a code sees which codes there are."""
    with pytest.raises(NotFound, match=r"^Route ‘vrijj’ is niet gevonden\. Bekend zijn: vrij\.$"):
        refuse(NotFound("Route", "vrijj", ["vrij"]))


def test_not_permitted_names_the_right_and_who_can_give_it() -> None:
    """Who may not do something learns which right is needed and whom to ask."""
    with pytest.raises(NotPermitted, match=r"recht ‘corrigeren’.*functioneel beheerder") as caught:
        refuse(NotPermitted("Corrigeer", "corrigeren"))

    assert "‘Corrigeer’" in str(caught.value)


def test_an_invalid_field_is_named_with_the_reason() -> None:
    """The field is named as in `actions`, so that a script can point at it."""
    with pytest.raises(InvalidField, match=r"^Veld ‘datum’: Vul een dag in\.$") as caught:
        refuse(InvalidField("datum", "Vul een dag in."))

    assert caught.value.details == {"field": "datum"}


def test_a_missing_field_is_an_invalid_one_with_its_own_code() -> None:
    """What is left empty is told by its label on the form."""
    with pytest.raises(MissingField, match=r"Conclusie is verplicht\. Vul dit in\.$") as caught:
        refuse(MissingField("conclusie", "Conclusie"))

    assert caught.value.code == "veld_ontbreekt"


def test_stale_says_who_saw_what_and_what_changed() -> None:
    """The second of two people is told what the first one did, and how to go on."""
    with pytest.raises(Stale, match="u zag versie 3, nu is het versie 5") as caught:
        refuse(Stale("24005969", seen=3, current=5, change="agendapunt geplaatst"))

    assert "Laatste wijziging: agendapunt geplaatst." in str(caught.value)
    assert caught.value.code == "verouderd"


def test_a_refused_step_gives_its_reason() -> None:
    """The label of the button and the reason of the route stand in one sentence."""
    with pytest.raises(TransitionRefused, match="‘Leg conclusie vast’ kan nu niet") as caught:
        refuse(TransitionRefused("24005969", "Leg conclusie vast", "Het DO adviseert eerst."))

    assert caught.value.details == {"reasons": ["Het DO adviseert eerst."]}


def test_an_unknown_outcome_is_never_told_as_a_failure() -> None:
    """When the database falls away during a commit, the user is told to look first."""
    with pytest.raises(OutcomeUnknown, match="niet zeker of dit is vastgelegd") as caught:
        refuse(OutcomeUnknown("connection reset"))

    assert caught.value.code == "onzeker"
    assert caught.value.why == "connection reset"
