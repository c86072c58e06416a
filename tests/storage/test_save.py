"""What two people do to one row at the same moment."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from workflow.domain.dossier import Change
from workflow.domain.events import LostRace
from workflow.domain.text import ErasableText
from workflow.domain.voorstel import Document
from workflow.storage.database import WRITES
from workflow.storage.load import VOORSTEL
from workflow.storage.save import save_changes


def test_a_letter_is_put_in_one_dossier_only(register: Engine) -> None:
    """Who was second finds that the letter does not wait any more, and tries again."""
    name = ErasableText("naam-van-het-bestand")
    letter = Document(id="brief", sha256="", filename=name, kind="raadsinformatiebrief")
    with register.connect().execution_options(**{WRITES: True}) as connection:
        ids = connection.execute(sa.select(VOORSTEL.c.id)).scalars().all()
        save_changes(connection, [Change(before=None, after=letter)])
        placed = [Change(before=letter, after=replace(letter, voorstel_id=one)) for one in ids[:2]]

        save_changes(connection, placed[:1])

        with pytest.raises(LostRace):
            save_changes(connection, placed[1:])
