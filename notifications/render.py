"""Mail texts in Dutch: one source per situation, in plain text and in HTML.

A template says its words once and leaves the form to `layout.…` and `delen.…`, of which
there is one for text and one for HTML. Only plain values go in: text, dates, numbers,
and tuples of these; so a template can never reach an object.
"""

import datetime as dt
import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateNotFound

from notifications.message import MAX_SUBJECT, shortened

TEMPLATES = Path(__file__).parent / "templates"
FIRST_LINE = re.compile(r"\{#-?\s*In:(.*?)-?#\}", re.DOTALL)
WIDTH = 72
MAX_VALUE = 2_000  # characters of one value; a subject is rarely over 200

Value = str | int | bool | dt.date | tuple["Value", ...]

DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """The three texts of one mail."""

    subject: str
    text: str
    html: str


def render(template: str, values: Mapping[str, Value]) -> Rendered:
    """The mail of `template` ("op_agenda") with `values`.

    `values` must hold exactly the names that the template lists in its first line and
    those of `layout.txt.j2`; ValueError names what is missing or too much. Line breaks
    in values become spaces, so that no value can pose as a paragraph or a header.
    """
    clean = checked(template, values)
    text_env, html_env = environment("txt"), environment("html")
    source = text_env.get_template(f"{template}.j2")
    subject = "".join(source.blocks["onderwerp"](source.new_context(clean)))
    return Rendered(
        subject=shortened(subject, MAX_SUBJECT),
        text=wrapped(source.render(clean)),
        html=html_env.get_template(f"{template}.j2").render(clean),
    )


def checked(template: str, values: Mapping[str, Value]) -> dict[str, Value]:
    """The values, each on one line and within bounds; ValueError: missing, or too many."""
    needed = inputs(template)
    if needed != values.keys():
        wrong = sorted(needed ^ values.keys())
        raise ValueError(f"template {template}: missing or unknown {', '.join(wrong)}")
    clean = {name: _clean(value) for name, value in values.items()}
    for name in ("link", "antwoordlink"):
        clean[name] = _web_address(str(clean[name]))
    return clean


def common_inputs() -> frozenset[str]:
    """The names that every mail needs and no reminder brings: reader, sender, link, reason."""
    return _listed("layout.txt.j2") - {"kenmerk", "onderwerp"}


@cache
def inputs(template: str) -> frozenset[str]:
    """The names that `template` needs, its layout's included.

    ValueError when there is no such template.
    """
    return _listed(f"{template}.j2") | _listed("layout.txt.j2")


def situations() -> tuple[str, ...]:
    """The templates that exist, by name."""
    return tuple(sorted(path.name[:-3] for path in TEMPLATES.glob("[a-z]*.j2") if _is_mail(path)))


def short_day(day: dt.date) -> str:
    """'do 4 juli'."""
    return f"{DAYS[day.weekday()][:2]} {day.day} {MONTHS[day.month - 1]}"


def long_day(day: dt.date) -> str:
    """'donderdag 4 juli 2024'."""
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def listed(values: tuple[str, ...]) -> str:
    """'a, b en c'."""
    if len(values) < 2:
        return "".join(values)
    return f"{', '.join(values[:-1])} en {values[-1]}"


def meeting_lines(meetings: tuple[tuple[str, dt.date, bool], ...]) -> tuple[str, ...]:
    """Per (overleg, day, derived) a line: 'DO: donderdag 27 maart 2025', with the doubt."""
    doubt = " (de gewone vergaderdag, nog niet bevestigd)"
    return tuple(
        f"{overleg}: {long_day(day)}{doubt if derived else ''}"
        for overleg, day, derived in meetings
    )


def _is_mail(path: Path) -> bool:
    """Not a layout or a part."""
    return path.name.count(".") == 1


def _listed(name: str) -> frozenset[str]:
    """The names in the first line of a template."""
    try:
        source, _, _ = FileSystemLoader(TEMPLATES).get_source(Environment(autoescape=True), name)
    except TemplateNotFound as missing:
        raise ValueError(f"no mail template {name}") from missing
    found = FIRST_LINE.match(source)
    if found is None:
        raise ValueError(f"template {name} does not list what it needs in its first line")
    without_types = re.sub(r"\([^()]*(?:\([^()]*\)[^()]*)*\)", "", found[1])
    return frozenset(re.findall(r"[a-z_]+", without_types)) - {"nothing"}


@cache
def environment(form: str) -> Environment:
    """One environment per form: HTML escapes every value, plain text none."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=form == "html",  # noqa: S701  (plain text would show &amp; to its reader)
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        kort=short_day, lang=long_day, opsomming=listed, vergaderingen=meeting_lines
    )
    environment.globals["layout"] = f"layout.{form}.j2"
    environment.globals["delen"] = environment.get_template(f"delen.{form}.j2").module
    return environment


def _clean(value: Value) -> Value:
    """Text on one line and within bounds; tuples part by part."""
    if isinstance(value, tuple):
        return tuple(_clean(part) for part in value)
    if isinstance(value, str):
        return shortened(_CONTROL.sub(" ", value), MAX_VALUE)
    return value


def _web_address(link: str) -> str:
    """The link when it leads to a web page, else none: no other scheme gets into a mail."""
    return link if urlsplit(link).scheme in {"http", "https"} else ""


def wrapped(text: str) -> str:
    """The plain text as it is sent: at most 72 characters a line; items of a list hang."""
    paragraphs = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        lines = [" ".join(line.split()) for line in paragraph.splitlines() if line.strip()]
        paragraphs.append("\n".join(_wrapped_line(line) for line in lines))
    return "\n\n".join(part for part in paragraphs if part) + "\n"


def _wrapped_line(line: str) -> str:
    """One line, broken at spaces only, so that an address stays whole."""
    hanging = "  " if line.startswith("- ") else ""
    return textwrap.fill(
        line, WIDTH, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False
    )
