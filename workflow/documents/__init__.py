"""Papers in: a draft and its doubts out. Pure: no database, no clock, no network."""

from workflow.documents.model import (
    REQUIRED_FIELDS,
    Beslispunt,
    Bijlage,
    Brief,
    Contactpersoon,
    GelezenBehandeling,
    Onderdeel,
    Ondertekenaar,
    ReadDocument,
    Toezegging,
    Voorblad,
    missing_fields,
)
from workflow.documents.reader import read_document
from workflow.documents.warning import Warning, WarningCode
from workflow.domain.paper import Kind

__all__ = [
    "REQUIRED_FIELDS",
    "Beslispunt",
    "Bijlage",
    "Brief",
    "Contactpersoon",
    "GelezenBehandeling",
    "Kind",
    "Onderdeel",
    "Ondertekenaar",
    "ReadDocument",
    "Toezegging",
    "Voorblad",
    "Warning",
    "WarningCode",
    "missing_fields",
    "read_document",
]
