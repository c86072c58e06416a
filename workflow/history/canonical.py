"""Canonical JSON: one value has one row of bytes, so that a hash of it means something.

Source: RFC 8785 (JSON Canonicalization Scheme), for the part of JSON that events
use: objects, lists, text in Unicode normal form C, whole numbers that every JSON
reader keeps exactly, true, false and null. No fractions: their notation is where
implementations differ.
"""

import json
import unicodedata
from typing import Any, NoReturn

MAX_INTEGER = 2**53 - 1


class NotCanonical(ValueError):
    """The value, or the bytes, cannot stand in the history. `str(error)` is Dutch."""


def canonical_bytes(value: object) -> bytes:
    """The one form of `value` in UTF-8; equal values give equal bytes.

    Tuples are written as lists. Raises NotCanonical for a fraction, a whole number
    beyond ±(2^53-1), text that is not in normal form C or holds half a surrogate
    pair, a key that is not text, and any other type.
    """
    try:
        if _check(value):
            return _encode(value).encode()
        return _encode_as_ordered(_in_utf16_order(value)).encode()
    except UnicodeEncodeError:
        raise NotCanonical("Een tekst bevat een half teken (een los surrogaat).") from None
    except RecursionError:
        raise NotCanonical("De gegevens zijn te diep genest of verwijzen naar zichzelf.") from None


def canonical_value(body: bytes) -> Any:
    """What canonical bytes say.

    Raises NotCanonical when `body` is not JSON, or is not the canonical form of
    what it says: other white space, order or escapes, a key that stands twice.
    """
    if not isinstance(body, bytes):
        raise NotCanonical("Er zijn geen bytes.")
    try:
        value = _decode(body.decode())
    except NotCanonical:
        raise
    except (ValueError, RecursionError):
        raise NotCanonical("De bytes zijn geen leesbare JSON.") from None
    if canonical_bytes(value) != body:
        raise NotCanonical("De bytes zijn JSON, maar niet in de canonieke vorm (RFC 8785).")
    return value


# `json` escapes exactly what RFC 8785 section 3.2.2.2 asks: quote, backslash, \b \t \n \f \r,
# and the other controls as \u00xx in lower case. It sorts keys by code point; for ASCII keys
# that is the order by UTF-16 unit that section 3.2.3 asks.
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_encode_as_ordered = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _refuse_number(literal: str) -> NoReturn:
    """Meet NaN, Infinity and every fraction while reading."""
    raise NotCanonical(f"‘{literal[:40]}’ is geen geheel getal.")


_decode = json.JSONDecoder(parse_float=_refuse_number, parse_constant=_refuse_number).decode


def _check(value: object) -> bool:
    """Refuse what has no canonical form; whether all keys within are ASCII."""
    if value is None or value is True or value is False:
        return True
    if isinstance(value, str):
        _check_text(value)
        return True
    if isinstance(value, int):
        if not -MAX_INTEGER <= value <= MAX_INTEGER:
            raise NotCanonical("Een getal is groter dan JSON precies kan bewaren (2^53-1).")
        return True
    if isinstance(value, dict):
        return _check_object(value)
    if isinstance(value, list | tuple):
        ascii_keys = True
        for item in value:
            if not _check(item):
                ascii_keys = False
        return ascii_keys
    raise NotCanonical(f"Een waarde van de soort {type(value).__name__} heeft geen vaste vorm.")


def _check_object(value: dict[object, object]) -> bool:
    """Refuse an object whose keys or values have no canonical form."""
    ascii_keys = True
    for key, item in value.items():
        if not isinstance(key, str):
            raise NotCanonical(f"Een sleutel is {type(key).__name__}, geen tekst.")
        if not key.isascii():
            _check_text(key)
            ascii_keys = False
        if not _check(item):
            ascii_keys = False
    return ascii_keys


def _check_text(text: str) -> None:
    """Refuse text that could be written in two ways."""
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        raise NotCanonical("Een tekst staat niet in de vaste Unicode-vorm (NFC).")


def _in_utf16_order(value: object) -> object:
    """The same value with the keys of every object in order of their UTF-16 units."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return {key: _in_utf16_order(value[key]) for key in keys}
    if isinstance(value, list | tuple):
        return [_in_utf16_order(item) for item in value]
    return value
