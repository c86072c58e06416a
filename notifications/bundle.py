"""Several matters for one reader in one mail, grouped by dossier."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from notifications.message import MAX_SUBJECT, shortened
from notifications.render import Rendered, Value, checked, environment, wrapped

PARTS = ("kop", "inhoud", "uiterlijk", "vraag")
WHY = "Alles wat vandaag voor u is, staat in deze ene mail. Bij elk punt staat waarom."


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One matter: its template and all its values, as `render` takes them."""

    template: str
    values: Mapping[str, Value]


def render_bundle(parts: Sequence[Part]) -> Rendered:
    """One mail of two or more parts, in the order given; those of one dossier together.

    Name, sender and day come from the first part. ValueError as `render`.
    """
    clean = [(part.template, checked(part.template, part.values)) for part in parts]
    frame = {
        **clean[0][1],
        "kenmerk": "",
        "onderwerp": "",
        "link": "",
        "antwoordlink": "",
        "reden": WHY,
    }
    texts = {form: _rendered(form, clean, frame) for form in ("txt", "html")}
    return Rendered(
        subject=shortened(_subject(clean), MAX_SUBJECT),
        text=wrapped(texts["txt"]),
        html=texts["html"],
    )


def _rendered(
    form: str, parts: Sequence[tuple[str, Mapping[str, Value]]], frame: Mapping[str, Value]
) -> str:
    """The whole mail in one form."""
    dossiers: dict[str, list[Mapping[str, Value]]] = {}
    points: dict[str, list[dict[str, object]]] = {}
    for template, values in parts:
        of = str(values["kenmerk"] or values["link"])
        dossiers.setdefault(of, []).append(values)
        own = {name: values[name] for name in ("reden", "antwoordlink")}
        point = {**_blocks(form, template, values), **own}
        points.setdefault(of, []).append(point)
    shown = tuple(
        {"kop": _heading(known[0]), "link": known[0]["link"], "punten": points[of]}
        for of, known in dossiers.items()
    )
    page = environment(form).get_template(f"bundel.{form}.j2")
    return page.render(**frame, aantal=len(parts), dossiers=shown)


def _blocks(form: str, template: str, values: Mapping[str, Value]) -> dict[str, object]:
    """The blocks of one mail, made as in that mail; in HTML every value is escaped already."""
    source = environment(form).get_template(f"{template}.j2")
    context = source.new_context(dict(values))
    return {
        name: "".join(source.blocks[name](context)) if name in source.blocks else ""
        for name in PARTS
    }


def _heading(values: Mapping[str, Value]) -> str:
    """What a dossier is called."""
    if values["kenmerk"]:
        return f"{values['kenmerk']}: {values['onderwerp']}"
    return str(values["onderwerp"]) or "Afspraken"


def _subject(parts: Sequence[tuple[str, Mapping[str, Value]]]) -> str:
    """How many matters, and about what."""
    known = list(dict.fromkeys(str(values["kenmerk"]) for _, values in parts if values["kenmerk"]))
    if len(known) == 1:
        return f"{len(parts)} herinneringen over voorstel {known[0]}"
    return f"{len(parts)} herinneringen, over {len(known) or len(parts)} voorstellen"
