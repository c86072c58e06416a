"""Bytes to lines of text: encodings, invisible characters, and what is no text at all."""

import re
import unicodedata
from dataclasses import dataclass

from workflow.documents.warning import Warning, WarningCode

LARGEST = 20 * 1024 * 1024  # bytes

_MAGIC = (
    (b"%PDF", "een PDF"),
    (b"PK\x03\x04", "een Word- of zipbestand"),
    (b"PK\x05\x06", "een zipbestand"),
    (b"\xd0\xcf\x11\xe0", "een oud Word- of Excelbestand"),
    (b"\x89PNG", "een afbeelding"),
    (b"\xff\xd8\xff", "een afbeelding"),
    (b"GIF8", "een afbeelding"),
    (b"II*\x00", "een afbeelding"),
    (b"MM\x00*", "een afbeelding"),
    (b"\x1f\x8b", "een gecomprimeerd bestand"),
    (b"7z\xbc\xaf", "een gecomprimeerd bestand"),
    (b"SQLite format 3\x00", "een database"),
    (b"\x7fELF", "een programma"),
    (b"MZ\x90\x00", "een programma"),
    (b"{\\rtf", "een RTF-bestand"),
)
_SILENT = {
    **dict.fromkeys((0x00A0, 0x202F, 0x2007, 0x3000, *range(0x2000, 0x200B)), " "),
    **dict.fromkeys((0x0B, 0x0C, 0x85, 0x2028, 0x2029), " "),
    0x00AD: None,  # soft hyphen: layout only
    0x2011: "-",  # non-breaking hyphen
    **{0xFB00 + i: letters for i, letters in enumerate(("ff", "fi", "fl", "ffi", "ffl"))},
}
_HIDDEN_CODES = (
    *range(0x01, 0x09),
    *range(0x0E, 0x20),
    *range(0x7F, 0x85),
    *range(0x86, 0xA0),
    *(0x061C, 0x180E, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    0xFEFF,
    *range(0xE0000, 0xE0080),
)
_HIDDEN = dict.fromkeys(_HIDDEN_CODES)
_TRANSLATE = {**_SILENT, **_HIDDEN}
_HIDDEN_CLASS = re.compile("[" + "".join(re.escape(chr(code)) for code in _HIDDEN_CODES) + "]")
_NEEDED = re.compile("[" + "".join(re.escape(chr(code)) for code in _TRANSLATE) + "]")
_MOJIBAKE = re.compile("Ã[\u0080-\u00bf]|â\u20ac[\u0080-\u2122]|\ufffd")
_NEWLINE = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The lines of a file, cleaned, or none with the warning that says why not."""

    lines: tuple[str, ...] = ()
    warnings: tuple[Warning, ...] = ()
    readable: bool = True


def decode(data: bytes) -> Decoded:
    """The text of a file. Never raises; a file that is no text is not readable."""
    refusal = _refusal(data)
    if refusal is not None:
        return Decoded(warnings=(refusal,), readable=False)
    text = _to_text(data)
    if text is None or _looks_binary(text):
        return Decoded(warnings=(_binary("een bestand dat geen tekst is"),), readable=False)
    raw_lines = _NEWLINE.split(text)
    doubts = tuple(_doubts(raw_lines))
    if _NEEDED.search(text):
        text = text.translate(_TRANSLATE)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    lines = tuple(_NEWLINE.split(text))
    if not text.strip():
        return Decoded(lines=lines, warnings=(empty(),), readable=False)
    return Decoded(lines=lines, warnings=doubts)


def _refusal(data: bytes) -> Warning | None:
    """Why the bytes are not worth decoding."""
    if len(data) > LARGEST:
        return Warning(
            code=WarningCode.TE_GROOT,
            message="Het bestand is groter dan 20 MB en is niet gelezen.",
            details={"bytes": len(data), "grens": LARGEST},
        )
    if not data.strip():
        return empty()
    for magic, name in _MAGIC:
        if data.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(magic):
            return _binary(name)
    return None


def empty() -> Warning:
    """The file holds nothing."""
    return Warning(code=WarningCode.LEEG, message="Het bestand is leeg: er is niets te lezen.")


def _binary(name: str) -> Warning:
    """The file is no text."""
    return Warning(
        code=WarningCode.BINAIR,
        message=f"Het bestand is {name} en geen tekst; sla het op als tekst of HTML.",
    )


def _to_text(data: bytes) -> str | None:
    """Decode by byte order mark, then UTF-8, then Windows-1252; None for bytes with NULs."""
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16")
        if b"\x00" in data:
            return _utf16_without_mark(data)
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if b"\x00" in data:
        return None
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 of mostly Latin letters has its NULs on one side of each pair only."""
    sample = data[:4000]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.7 and even < half * 0.05:
        return data.decode("utf-16-le")
    if even > half * 0.7 and odd < half * 0.05:
        return data.decode("utf-16-be")
    return None


def _looks_binary(text: str) -> bool:
    """NULs, or more control characters than any text has."""
    sample = text[:100_000]
    controls = len(re.findall(r"[\x01-\x08\x0e-\x1f\x7f]", sample))
    return "\x00" in text or controls > max(4, len(sample) // 50)


def _doubts(lines: list[str]) -> list[Warning]:
    """Characters that nobody sees, and text that was decoded wrongly before it came here."""
    doubts: list[Warning] = []
    for pattern, what, kind in (
        (_HIDDEN_CLASS, "onzichtbare tekens of tekens die de leesrichting omkeren", "verborgen"),
        (_MOJIBAKE, "tekens die op een verkeerde codering wijzen", "codering"),
    ):
        hits = [(number, pattern.findall(line)) for number, line in enumerate(lines, start=1)]
        found = [(number, chars) for number, chars in hits if chars]
        if kind == "verborgen" and found and found[0][1] == ["\ufeff"] and found[0][0] == 1:
            found = found[1:]
        if found:
            count = sum(len(chars) for _, chars in found)
            codes = sorted({f"U+{ord(char):04X}" for _, chars in found for char in chars[0][:1]})
            doubts.append(
                Warning(
                    code=WarningCode.TEKST_VERDACHT,
                    message=f"De tekst bevat {count} {what}; lees na of er staat wat u ziet.",
                    line=found[0][0],
                    details={"soort": kind, "aantal": count, "tekens": codes[:20]},
                )
            )
    return doubts
