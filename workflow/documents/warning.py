"""Doubts about what was read: each has a code, a place and a Dutch sentence."""

import dataclasses
from collections.abc import Mapping
from enum import StrEnum


class WarningCode(StrEnum):
    """The closed list of the public contract (`import --json`)."""

    JAAR_AFGELEID = "jaar_afgeleid"
    DATUM_IS_PERIODE = "datum_is_periode"
    DATUM_BESTAAT_NIET = "datum_bestaat_niet"
    DATUM_ONTBREEKT = "datum_ontbreekt"
    WEEKDAG_KLOPT_NIET = "weekdag_klopt_niet"
    DATUM_VOOR_DOCUMENT = "datum_voor_document"
    DOEL_ONBEKEND = "doel_onbekend"
    DOEL_GECORRIGEERD = "doel_gecorrigeerd"
    DOEL_DUBBEL = "doel_dubbel"
    DOEL_ONTBREEKT = "doel_ontbreekt"
    OVERLEG_ONBEKEND = "overleg_onbekend"
    OVERLEG_AFGELEID = "overleg_afgeleid"
    OVERLEG_ONTBREEKT = "overleg_ontbreekt"
    CONCLUSIE_ONBEKEND = "conclusie_onbekend"
    LABEL_GECORRIGEERD = "label_gecorrigeerd"
    VELD_ONTBREEKT = "veld_ontbreekt"
    VELD_DUBBEL = "veld_dubbel"
    EMAIL_ONGELDIG = "email_ongeldig"
    EMAIL_NIET_TOEGEWEZEN = "email_niet_toegewezen"
    NAMEN_GESPLITST = "namen_gesplitst"
    NUMMERING = "nummering"
    VERSCHIL_TUSSEN_VERSIES = "verschil_tussen_versies"
    NAAM_GENORMALISEERD = "naam_genormaliseerd"
    KENMERK_VREEMD = "kenmerk_vreemd"
    TEKST_VERDACHT = "tekst_verdacht"
    NIET_BEGREPEN = "niet_begrepen"
    LEEG = "leeg"
    TE_GROOT = "te_groot"
    BINAIR = "binair"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Warning:
    """One doubt. `field` is a path such as `behandelingen[0].overleg`, None for the whole file.

    `line` counts from 1 in the file as an editor shows it; None when the doubt has no
    one line. `message` is one Dutch sentence: what was read, and what is doubtful.
    """

    code: WarningCode
    message: str
    field: str | None = None
    line: int | None = None
    details: Mapping[str, object] = dataclasses.field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """The shape of the public contract."""
        return {
            "code": self.code.value,
            "field": self.field,
            "message": self.message,
            "line": self.line,
            "details": dict(self.details),
        }
