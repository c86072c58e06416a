"""Rows that were read before are not read anew, and never hold more than the database does."""

import json
from typing import Any

from workflow.domain.text import ErasableText
from workflow.domain.voorstel import Contactpersoon, Stap, Voorstel
from workflow.storage.mapping import from_row, to_row

NAME = ErasableText("bmFhbQ==")
VOORSTEL = Voorstel(
    id="v",
    kenmerk="24005969",
    state="do",
    version=3,
    route_id="vrij",
    route_version=1,
    route_digest="d",
    subject="Rapportage",
    contacts=(Contactpersoon(name=NAME),),
    steps=(Stap(id="do"), Stap(id="pfho")),
)


def row_of(voorstel: Voorstel) -> list[Any]:
    """The columns as the database gives them."""
    values = to_row(voorstel).values()
    return [json.dumps(value) if isinstance(value, list) else value for value in values]


def test_a_row_is_read_back_as_what_was_stored() -> None:
    """Nothing is lost on the way, whether it was read before or not."""
    assert from_row(Voorstel, row_of(VOORSTEL)) == VOORSTEL
    assert from_row(Voorstel, row_of(VOORSTEL)) == VOORSTEL


def test_a_row_that_was_altered_is_read_as_it_now_is() -> None:
    """Also one that was altered behind our back: its version says nothing, its columns do."""
    before = from_row(Voorstel, row_of(VOORSTEL))
    altered = row_of(VOORSTEL)
    altered[altered.index("Rapportage")] = "Iets anders"

    assert from_row(Voorstel, altered).subject == "Iets anders"
    assert from_row(Voorstel, row_of(VOORSTEL)) is before
    assert from_row(Voorstel, altered).steps is before.steps


def test_words_are_filled_in_for_one_reader_and_not_kept() -> None:
    """After somebody read a name, the next reader without words finds only its commitment."""
    words = {NAME.commitment: "Lieke Kuiper"}

    assert from_row(Voorstel, row_of(VOORSTEL), words).contacts[0].name.text == "Lieke Kuiper"
    assert from_row(Voorstel, row_of(VOORSTEL)).contacts[0].name.text is None
