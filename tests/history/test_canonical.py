"""Canonical bytes: against RFC 8785, written out again here in the plainest way."""

import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.history.canonical import (
    MAX_INTEGER,
    NotCanonical,
    canonical_bytes,
    canonical_value,
)

TEXT = st.text().map(lambda text: unicodedata.normalize("NFC", text))
NUMBER = st.integers(-MAX_INTEGER, MAX_INTEGER)
VALUE = st.recursive(
    st.none() | st.booleans() | NUMBER | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=5),
    max_leaves=20,
)


def plainly(value: Any) -> str:
    """RFC 8785 section 3.2, rule by rule, without any help of `json`."""
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return '"' + "".join(map(_escaped, value)) + '"'
    if isinstance(value, list):
        return "[" + ",".join(map(plainly, value)) + "]"
    keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
    return "{" + ",".join(f"{plainly(key)}:{plainly(value[key])}" for key in keys) + "}"


def _escaped(character: str) -> str:
    """One character of a string as section 3.2.2.2 writes it."""
    short = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
    short |= {'"': '\\"', "\\": "\\\\"}
    if character in short:
        return short[character]
    return f"\\u{ord(character):04x}" if ord(character) < 0x20 else character


@given(VALUE)
def test_every_value_has_the_bytes_of_the_standard(value: Any) -> None:
    """Whatever an event holds, its bytes are those that RFC 8785 prescribes."""
    assert canonical_bytes(value) == plainly(value).encode()


@given(VALUE)
def test_reading_gives_back_what_was_written(value: Any) -> None:
    """From the bytes alone the same value comes back."""
    assert canonical_value(canonical_bytes(value)) == value


def test_each_control_character_is_escaped_as_the_standard_says() -> None:
    """All 32 controls, the quote, the backslash and DEL stand as RFC 8785 writes them."""
    text = "".join(map(chr, range(0x20))) + '"\\/\x7f\u2028'

    assert canonical_bytes(text) == plainly(text).encode()
    assert b"\\u001f" in canonical_bytes(text)
    assert "/\x7f\u2028".encode() in canonical_bytes(text)


def test_keys_stand_in_order_of_their_utf16_units() -> None:
    """The example of RFC 8785 section 3.2.3, where code points would order otherwise."""
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    expected = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    # U+FB33 is not in normal form C, so U+FB1E stands in its place.
    keys, expected = ([key.replace("\ufb33", "\ufb1e") for key in row] for row in (keys, expected))

    body = canonical_bytes(dict.fromkeys(keys, 0))

    assert list(json.loads(body)) == expected


def test_non_ascii_key_deep_inside_orders_every_level() -> None:
    """One special key somewhere leaves the order of all other keys right."""
    body = canonical_bytes({"b": [{"z": 1, "\u00e9": 2, "a": 3}], "a": 1})

    assert body == '{"a":1,"b":[{"a":3,"z":1,"\u00e9":2}]}'.encode()


def test_tuple_is_written_as_a_list() -> None:
    """Whether code holds a list or a tuple makes no difference to the history."""
    assert canonical_bytes((1, ("a",))) == canonical_bytes([1, ["a"]]) == b'[1,["a"]]'


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        float("nan"),
        MAX_INTEGER + 1,
        -MAX_INTEGER - 1,
        "\ud800",
        "e\u0301",
        {"e\u0301": 1},
        {1: "a"},
        {None: "a"},
        {"a": {"b": [1.5]}},
        b"bytes",
        {"a", "b"},
        object(),
    ],
)
def test_what_has_no_single_form_is_refused(value: Any) -> None:
    """A fraction, too large a number, half a character or a loose accent never enters."""
    with pytest.raises(NotCanonical):
        canonical_bytes(value)


def test_endless_nesting_is_refused_not_crashed_on() -> None:
    """A value that contains itself gets a sentence, not a stack overflow."""
    loop: list[Any] = []
    loop.append(loop)

    with pytest.raises(NotCanonical, match="diep"):
        canonical_bytes(loop)
    with pytest.raises(NotCanonical):
        canonical_value(b"[" * 100_000 + b"]" * 100_000)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff",
        b"\xef\xbb\xbf1",
        b' {"a":1}',
        b'{"a": 1}',
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b"1.0",
        b"1e3",
        b"-0",
        b"NaN",
        b"Infinity",
        b'"\\u0041"',
        b'"\\/"',
        b'"\\u001F"',
        b'"\\ud800"',
        b'"e\xcc\x81"',
        b"9007199254740992",
        b"9" * 5000,
    ],
)
def test_other_notation_of_the_same_is_refused(body: bytes) -> None:
    """Bytes that two readers could take in two ways are not history."""
    with pytest.raises(NotCanonical):
        canonical_value(body)
