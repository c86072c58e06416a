"""Addresses of dossiers: a kenmerk may hold any character that paper holds."""

from urllib.parse import quote

from starlette.convertors import Convertor, register_url_convertor


def encode(kenmerk: str) -> str:
    """One path segment. A slash or a dot alone would change the path, so '~' escapes them."""
    safe = kenmerk.replace("~", "~7E").replace("/", "~2F")
    if safe.strip(".") == "":
        safe = safe.replace(".", "~2E")
    return quote(safe, safe="")


def decode(segment: str) -> str:
    """The kenmerk of a segment that the server has percent-decoded."""
    return segment.replace("~2F", "/").replace("~2E", ".").replace("~7E", "~")


def dossier_path(kenmerk: str) -> str:
    """Where a dossier stands: '/voorstellen/24005969'."""
    return f"/voorstellen/{encode(kenmerk)}"


class KenmerkConvertor(Convertor[str]):
    """`{kenmerk:kenmerk}` in a route."""

    regex = "[^/]+"

    def convert(self, value: str) -> str:
        return decode(value)

    def to_string(self, value: str) -> str:
        return encode(value)


register_url_convertor("kenmerk", KenmerkConvertor())
