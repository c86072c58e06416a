"""Commitments: they hold one to a text and give nothing away."""

import base64
from hashlib import sha256

import pytest

from workflow.history.commitment import commit, matches

SALT = b"s" * 32


def test_same_text_and_salt_give_the_same_commitment() -> None:
    """Who has text and salt can show that they belong to the event, in either Unicode form."""
    commitment = commit("Ren\u00e9e Voorbeeld", SALT)

    assert matches(commitment, "Ren\u00e9e Voorbeeld", SALT)
    assert matches(commitment, "Rene\u0301e Voorbeeld", SALT)
    assert len(base64.b64decode(commitment)) == 32


def test_commitment_keeps_its_form_for_ever() -> None:
    """Commitments made today must still match in twenty years: the form is fixed here."""
    assert commit("akkoord", bytes(32)) == "YjyIz42SKYj3ZHixTIgCGKEnuXZyTmkqj8oxrKxjLlU="
    hashed = b"besluitroute/commitment/1\0" + b"\0" * 7 + b"\x20" + SALT + b"\0" * 7 + b"\2" + b"ja"
    assert commit("ja", SALT) == base64.b64encode(sha256(hashed).digest()).decode()


@pytest.mark.parametrize(
    ("text", "salt"),
    [("Anna Voorbeeld", SALT), ("", SALT), ("Renee Voorbeeld", b"t" * 32), ("\ud800", SALT)],
)
def test_other_text_or_salt_does_not_match(text: str, salt: bytes) -> None:
    """Another name, or the same name with another salt, is not what was recorded."""
    assert not matches(commit("Renee Voorbeeld", SALT), text, salt)


def test_text_and_salt_cannot_shift_into_one_another() -> None:
    """Moving a byte between salt and text gives another commitment: both carry their length."""
    with pytest.raises(ValueError, match="32"):
        commit("x", b"s" * 31)
    assert not matches(commit("x", SALT), "x", b"s" * 33)


def test_broken_commitment_matches_nothing() -> None:
    """A damaged commitment is answered with no, not with an error."""
    assert not matches("geen base64 \u20ac", "x", SALT)
