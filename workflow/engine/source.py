"""YAML in, plain lists and texts out, each with its line. Nothing in it is ever executed.

Only the event stream of the parser is used: no constructor, no tags, no aliases,
and every bound is checked while reading, so that a hostile file costs little.
"""

import unicodedata
from collections.abc import Iterator
from typing import Any

import yaml

from workflow.engine.problems import Problem, shortened

MAX_BYTES = 1_000_000  # one file
MAX_DEPTH = 20  # nested lists and groups
MAX_VALUES = 50_000  # keys and values in one file
_NOTHING = frozenset({"", "~", "null"})
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same events, faster


class Group(dict[str, Any]):
    """A YAML mapping; `lines` has the line of each key, `line` where it begins."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


class Items(list[Any]):
    """A YAML list; `lines` has the line of each item, `line` where it begins."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: list[int] = []


class _Unreadable(Exception):
    """Stops the reading of one file."""

    def __init__(self, line: int, code: str, message: str) -> None:
        self.line, self.code, self.message = line, code, message


def read_source(file: str, content: bytes) -> tuple[Any, list[Problem]]:
    """The tree of `content` (Group, Items, str or None), and what is wrong with its form.

    All values are text: their meaning depends on the key, not on YAML's guesses.
    The tree is None when the file could not be read at all.
    """
    reader = _Reader(file)
    try:
        return reader.read(content), reader.problems
    except _Unreadable as stop:
        reader.note(stop.line, stop.code, stop.message)
        return None, reader.problems


def line_of(tree: Any, path: tuple[str | int, ...]) -> int:
    """The line of the deepest part of `path` that stands in `tree`, counted from 1."""
    line = getattr(tree, "line", 1)
    for part in path:
        if isinstance(tree, Group) and part in tree:
            line, tree = tree.lines[str(part)], tree[str(part)]
        elif isinstance(tree, Items) and isinstance(part, int) and part < len(tree):
            line, tree = tree.lines[part], tree[part]
        else:
            break
    return line


class _Reader:
    """Builds one tree from the events of one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.values = 0

    def note(self, line: int, code: str, message: str) -> None:
        self.problems.append(Problem(file=self.file, line=line, code=code, message=message))

    def read(self, content: bytes) -> Any:
        if len(content) > MAX_BYTES:
            raise _Unreadable(1, "te_groot", f"Het bestand is groter dan {MAX_BYTES:,} bytes.")
        try:
            text = unicodedata.normalize("NFC", content.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            raise _Unreadable(
                line, "geen_tekst", "Dit is geen tekst in UTF-8. Sla het bestand op als UTF-8."
            ) from None
        try:
            return self._document(iter(yaml.parse(text, Loader=_LOADER)))
        except yaml.YAMLError as error:
            raise _syntax_error(error) from None

    def _document(self, events: Iterator[Any]) -> Any:
        tree: Any = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents == 2:
                    raise _Unreadable(
                        _line(event),
                        "meer_documenten",
                        "Eén bestand bevat één definitie: haal ‘---’ weg.",
                    )
            elif isinstance(event, yaml.NodeEvent):
                tree = self._value(event, events, depth=1)
        if tree is None:
            raise _Unreadable(1, "leeg", "Het bestand is leeg.")
        return tree

    def _value(self, event: Any, events: Iterator[Any], depth: int) -> Any:
        line = _line(event)
        self.values += 1
        if self.values > MAX_VALUES:
            raise _Unreadable(line, "te_groot", f"Het bestand heeft meer dan {MAX_VALUES} waarden.")
        if depth > MAX_DEPTH:
            raise _Unreadable(line, "te_diep", f"Meer dan {MAX_DEPTH} niveaus diep kan niet.")
        if isinstance(event, yaml.AliasEvent):
            self.note(line, "verwijzing", f"Een verwijzing als ‘*{event.anchor}’ kan hier niet.")
            return None
        if getattr(event, "tag", None) is not None:
            self.note(
                line, "tag", f"‘{shortened(event.tag)}’ kan hier niet: schrijf alleen gewone tekst."
            )
        if isinstance(event, yaml.MappingStartEvent):
            return self._group(line, events, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._items(line, events, depth)
        plain = not event.style
        return None if plain and event.value in _NOTHING else event.value

    def _items(self, line: int, events: Iterator[Any], depth: int) -> Items:
        items = Items(line)
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.lines.append(_line(event))
            items.append(self._value(event, events, depth + 1))
        return items

    def _group(self, line: int, events: Iterator[Any], depth: int) -> Group:
        group = Group(line)
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            self._pair(group, event, events, depth)
        return group

    def _pair(self, group: Group, event: Any, events: Iterator[Any], depth: int) -> None:
        line = _line(event)
        key = self._value(event, events, depth + 1)
        if not isinstance(event, yaml.ScalarEvent):
            self.note(line, "sleutel_geen_tekst", "Een sleutel is één woord, geen lijst of groep.")
            key = None
        value = self._value(next(events), events, depth + 1)
        if not isinstance(key, str):
            return
        if key in group:
            first = group.lines[key]
            self.note(line, "dubbele_sleutel", f"‘{shortened(key)}’ staat er al (regel {first}).")
            return
        group[key], group.lines[key] = value, line


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _syntax_error(error: yaml.YAMLError) -> _Unreadable:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = mark.line + 1 if mark else 1
    return _Unreadable(
        line,
        "geen_yaml",
        "Dit is geen geldige YAML. Kijk naar inspringing, aanhalingstekens, haken en "
        "dubbele punten op of vlak boven deze regel.",
    )
