"""Which version of the letter to the raden a gemeente is offered: one that the dossier has."""

from collections.abc import Sequence

from workflow.domain.dossier import Dossier
from workflow.domain.dutch import join_words
from workflow.domain.errors import InvalidField
from workflow.domain.voorstel import Paper
from workflow.engine.attempt import Attempt

FIELD = "versie"


def letter_of(dossier: Dossier, words: Sequence[str]) -> tuple[Paper, ...]:
    """The versions of the letter, oldest first; none when the dossier has no letter.

    `words` are what the title of a letter holds, the surest first; of several
    papers that hold the same word, the one that was added last counts.
    """
    for word in words:
        found = [one for one in dossier.papers if word.casefold() in one.title.casefold()]
        if found:
            last = max(found, key=lambda one: (one.added_on, int(one.id[1:]), one.version))
            same = [one for one in found if one.id == last.id]
            return tuple(sorted(same, key=lambda one: one.version))
    return ()


def offered_version(attempt: Attempt) -> int | None:
    """The version as asked, else the newest one of the regional letter; None: there is none.

    A gemeente with a text of its own is offered no version, unless one is named.
    Raises InvalidField for a version that the dossier does not have.
    """
    words = attempt.rules.definities.organisatie.brief_in_titel
    versions = [one.version for one in letter_of(attempt.dossier, words)]
    asked = attempt.given.number(FIELD)
    if asked is None:
        own_text = bool(attempt.given.values.get("eigen_tekst", False))
        return None if own_text or not versions else versions[-1]
    if not versions:
        raise InvalidField(
            FIELD,
            f"dit dossier heeft nog geen brief. Voeg een stuk toe met ‘{words[-1]}’ in de titel, "
            "of laat dit veld leeg.",
        )
    if asked not in versions:
        known = join_words([str(one) for one in versions])
        raise InvalidField(
            FIELD, f"versie {asked} van de brief is er niet. Wel: {known}. Leeg: de nieuwste."
        )
    return asked
