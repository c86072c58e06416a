"""A tree of texts becomes a typed model, or a list of Dutch problems with their lines."""

import re
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from workflow.engine.problems import Problem, hint, listed, shortened
from workflow.engine.source import Group, Items, line_of
from workflow.engine.values import FORMS

_M = TypeVar("_M", bound=BaseModel)
_Path = tuple[str | int, ...]
_LEFT_OUT = ("missing", "too_short")
_ATTEMPTS = 20  # each attempt drops what was wrong, so that the rest can be looked at too


def read_model(file: str, tree: Any, model: type[_M]) -> tuple[_M | None, list[Problem], bool]:
    """The model in `tree`, everything wrong with its shape, and whether it is whole.

    What is wrong is reported and then left out of `tree`, so that the rest can
    still be checked; the answer is then not whole, and for reading only. The
    model is None when too little is left.
    """
    problems: list[Problem] = []
    for attempt in range(_ATTEMPTS):
        try:
            return model.model_validate(tree), problems, not problems
        except ValidationError as error:
            wrong = [(_real_path(tree, item["loc"]), item) for item in error.errors()]
        paths = [path for path, _ in wrong]
        if attempt:  # what we left out ourselves is not missing
            wrong = [(path, item) for path, item in wrong if item["type"] not in _LEFT_OUT]
        problems += _told(file, tree, wrong, model)
        if not _drop(tree, paths):
            break
    return None, problems, False


def _real_path(tree: Any, loc: _Path) -> _Path:
    """`loc` without the names of union members, which pydantic puts between the keys."""
    path: list[str | int] = []
    for part in loc:
        inside_group = isinstance(tree, Group) and part in tree
        inside_items = isinstance(tree, Items) and isinstance(part, int) and part < len(tree)
        if not inside_group and not inside_items:
            continue
        path.append(part)
        tree = tree[part]
    return tuple(path)


def _told(file: str, tree: Any, wrong: list[tuple[_Path, Any]], model: type) -> list[Problem]:
    """One problem for each place: a value that fits no member of a union is told once."""
    told: dict[tuple[_Path, str], Problem] = {}
    inner = {path[:-1] for path, _ in wrong}
    for path, error in wrong:
        if error["type"] == "too_short" and path in inner:
            continue  # it counts only what was right; the wrong one is told
        code, message = _sentence(error, path, model)
        missing = str(error["loc"][-1]) if code == "sleutel_ontbreekt" else ""
        told.setdefault(
            (path, missing),
            Problem(file=file, line=line_of(tree, path), code=code, message=message),
        )
    return list(told.values())


def _drop(tree: Any, paths: list[_Path]) -> bool:
    """Take what `paths` point to out of `tree`; False when nothing could be taken out."""
    dropped = False
    for path in sorted(set(paths), key=_backwards, reverse=True):
        holder = tree
        for part in path[:-1]:
            holder = holder[part]
        if path:
            del holder[path[-1]]
            del holder.lines[path[-1]]
            dropped = True
    return dropped


def _backwards(path: _Path) -> tuple[tuple[int, str], ...]:
    """Order in which deeper and later places come last, so that positions stay right."""
    return tuple((part, "") if isinstance(part, int) else (-1, part) for part in path)


def _sentence(error: Any, path: _Path, model: type) -> tuple[str, str]:
    """The code and the Dutch sentence of one pydantic error."""
    kind, given = str(error["type"]), shortened(str(error["input"]))
    key = next((str(part) for part in reversed(path) if isinstance(part, str)), "bestand")
    context = error.get("ctx", {})
    if kind == "extra_forbidden":
        key = str(error["loc"][-1])
        known = _keys_at(model, path[:-1])
        return "onbekende_sleutel", f"Onbekende sleutel ‘{shortened(key)}’.{_or_list(key, known)}"
    if kind == "missing":
        return "sleutel_ontbreekt", f"De sleutel ‘{error['loc'][-1]}’ ontbreekt."
    if kind == "enum" and error["loc"][-1] == "[key]":
        known = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        return "onbekende_sleutel", f"Onbekende sleutel ‘{given}’.{_or_list(given, known)}"
    if kind in ("literal_error", "enum"):
        choices = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        return "ongeldige_keuze", f"‘{given}’ kan niet bij ‘{key}’.{_or_list(given, choices)}"
    if kind == "string_pattern_mismatch":
        advice = FORMS.get(str(context.get("pattern")), "")
        return "ongeldige_vorm", f"‘{given}’ kan niet bij ‘{key}’. {advice}".strip()
    if kind in _SENTENCES:
        code, sentence = _SENTENCES[kind]
        return code, sentence.format(key=key, given=given, **context)
    if "_type" in kind or "parsing" in kind or kind.startswith("is_instance"):
        return "ongeldige_waarde", f"‘{given}’ kan niet bij ‘{key}’."
    message = str(error["msg"])
    return kind, f"Bij ‘{key}’: {message[:1].lower()}{message[1:]}"


def _or_list(wrong: str, known: list[str]) -> str:
    """A near match, else all that is possible."""
    return hint(wrong, known) or (f" Kies uit: {listed(known)}." if known else "")


_SENTENCES = {  # pydantic's error type -> our code and sentence
    "string_too_short": ("leeg", "‘{key}’ is leeg."),
    "string_too_long": ("te_lang", "‘{key}’ is langer dan {max_length} tekens."),
    "string_type": ("geen_tekst", "Bij ‘{key}’ hoort één tekst."),
    "int_parsing": ("geen_getal", "‘{given}’ bij ‘{key}’ is geen heel getal."),
    "int_from_float": ("geen_getal", "‘{given}’ bij ‘{key}’ is geen heel getal."),
    "int_type": ("geen_getal", "Bij ‘{key}’ hoort een heel getal."),
    "int_parsing_size": ("geen_getal", "Het getal bij ‘{key}’ is te groot."),
    "greater_than_equal": ("te_klein", "‘{given}’ bij ‘{key}’ is te klein: ten minste {ge}."),
    "less_than_equal": ("te_groot", "‘{given}’ bij ‘{key}’ is te groot: ten hoogste {le}."),
    "too_short": ("te_weinig", "Bij ‘{key}’ horen ten minste {min_length} waarden."),
    "too_long": ("te_veel", "Bij ‘{key}’ horen ten hoogste {max_length} waarden."),
    "tuple_type": ("geen_lijst", "Bij ‘{key}’ hoort een lijst."),
    "model_type": ("geen_groep", "Bij ‘{key}’ hoort een groep van sleutels en waarden."),
    "model_attributes_type": ("geen_groep", "Bij ‘{key}’ hoort een groep sleutels en waarden."),
}


def _keys_at(model: Any, path: _Path) -> list[str]:
    """The keys that may stand at `path` below `model`, sorted; none when that is unclear."""
    for part in path:
        if isinstance(part, str):
            field = getattr(model, "model_fields", {}).get(part)
            model = _model_in(field.annotation) if field else None
    return sorted(getattr(model, "model_fields", {}))


def _model_in(annotation: Any) -> Any:
    """The definition model inside an annotation such as `tuple[Stap, ...] | None`."""
    if get_origin(annotation) in (Annotated, tuple, Union, UnionType):
        found = (_model_in(inner) for inner in get_args(annotation))
        return next((inner for inner in found if inner is not None), None)
    is_model = isinstance(annotation, type) and issubclass(annotation, BaseModel)
    return annotation if is_model else None
