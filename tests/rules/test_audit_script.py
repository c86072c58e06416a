"""The script in the documentation, with which an auditor checks without our software."""

import datetime as dt
import json
import sqlite3
import subprocess
import sys
from base64 import b64encode
from pathlib import Path

import pytest

from tests.rules import source
from workflow.history.event import Event, body_of, hash_text
from workflow.history.tree import Frontier, append, leaf_hash, root

MOMENT = dt.datetime(2024, 6, 27, 14, 0, tzinfo=dt.UTC)


def bodies(count: int) -> list[bytes]:
    """Events of two dossiers in turn, as the register stores them."""
    made: list[bytes] = []
    last: dict[str, tuple[int, str | None]] = {}
    for seq in range(1, count + 1):
        stream = f"voorstel/{seq % 2}"
        number, before = last.get(stream, (0, None))
        body = body_of(
            Event(
                seq=seq,
                stream=stream,
                stream_seq=number + 1,
                prev=before,
                type="plan",
                at=MOMENT,
                recorded_at=MOMENT,
                actor=b64encode(bytes(32)).decode(),
                inputs={"overleg": "beëdigd"},
            )
        )
        last[stream] = (number + 1, hash_text(leaf_hash(body)))
        made.append(body)
    return made


def register(folder: Path, events: list[tuple[int, bytes]]) -> Path:
    """A database with the two columns that are promised to auditors."""
    path = folder / "kopie.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE event (seq INTEGER PRIMARY KEY, body BLOB)")
    connection.executemany("INSERT INTO event VALUES (?, ?)", events)
    connection.commit()
    connection.close()
    return path


def run(database: Path) -> subprocess.CompletedProcess[str]:
    """What the script says of this database."""
    script = source.ROOT / "docs" / "controle.py"
    return subprocess.run(
        [sys.executable, "-I", script, database], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("count", [0, 1, 2, 3, 7, 8, 21])
def test_the_script_finds_the_root_that_we_find(tmp_path: Path, count: int) -> None:
    """Forty lines of somebody else's Python come to the same root as ours."""
    frontier = Frontier()
    for body in bodies(count):
        frontier, _ = append(frontier, leaf_hash(body))

    said = run(register(tmp_path, list(enumerate(bodies(count), start=1))))

    assert said.returncode == 0
    assert said.stdout.split()[0] == str(count)
    assert said.stdout.split()[-1] == hash_text(root(frontier))


def test_the_script_sees_a_changed_byte_a_gap_and_a_swap(tmp_path: Path) -> None:
    """What was altered shows, as another root or at once."""
    whole = list(enumerate(bodies(6), start=1))
    good = run(register(tmp_path, whole)).stdout
    other = json.loads(whole[-1][1]) | {"type": "trek_in"}
    altered = {
        "changed": [*whole[:-1], (6, json.dumps(other).encode())],
        "gap": whole[:2] + whole[3:],
        "swap": [*whole[:1], (2, whole[2][1]), (3, whole[1][1]), *whole[3:]],
    }

    for name, events in altered.items():
        folder = tmp_path / name
        folder.mkdir()
        said = run(register(folder, events))
        assert said.returncode != 0 or said.stdout != good, name
