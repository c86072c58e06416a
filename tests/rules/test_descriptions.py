"""Every key of a definition is explained in Dutch, and no sentence explains a key that is gone."""

from workflow.engine.descriptions import EVERYWHERE, OF_MODEL
from workflow.engine.schema import kinds, schema_of


def _keys() -> dict[tuple[str, str], bool]:
    """Every key by its model, and whether the schema explains it."""
    found: dict[tuple[str, str], bool] = {}
    for kind, model in kinds().items():
        schema = schema_of(kind)
        for name, part in {model.__name__: schema, **schema.get("$defs", {})}.items():
            for key, about in part.get("properties", {}).items():
                found[name, key] = "description" in about
    return found


def test_every_key_is_explained() -> None:
    """A new key needs a sentence in workflow/engine/descriptions.py."""
    bare = [f"{model}.{key}" for (model, key), explained in _keys().items() if not explained]
    assert bare == [], "write what it means, in Dutch, in workflow/engine/descriptions.py"


def test_no_sentence_explains_a_key_that_is_gone() -> None:
    """What was taken out of the models is taken out of their explanation."""
    keys = _keys()
    gone = [
        f"{model}.{key}"
        for model, texts in OF_MODEL.items()
        for key in texts
        if (model, key) not in keys
    ]
    names = {key for _, key in keys}
    assert gone == []
    assert [key for key in EVERYWHERE if key not in names] == []
