"""Rekent de geschiedenis van een register na, zonder een regel van Besluitroute.

Gebruik:  python controle.py besluitroute.db
Nodig:    Python 3.11 en een kopie van de database (SQLite).
"""

import json
import sqlite3
import sys
from base64 import b64encode
from hashlib import sha256


def root(leaves: list[bytes]) -> bytes:
    """De wortel van de Merkle-boom over deze bladeren (RFC 6962, paragraaf 2.1)."""
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256(b"").digest()
    half = 1 << (len(leaves) - 1).bit_length() - 1  # de grootste macht van 2 onder het aantal
    return sha256(b"\x01" + root(leaves[:half]) + root(leaves[half:])).digest()


def main(database: str) -> None:
    """Druk het aantal gebeurtenissen en de wortel af, of stop bij de eerste fout."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    leaves: list[bytes] = []
    last: dict[str, tuple[int, str]] = {}  # per dossier: nummer en hash van de laatste
    for seq, body in connection.execute("SELECT seq, body FROM event ORDER BY seq"):
        event = json.loads(body)
        leaves.append(sha256(b"\x00" + body).digest())
        number, hash_before = last.get(event["stream"], (0, None))
        here = (seq, event["seq"], event["stream_seq"], event["prev"])
        if here != (len(leaves), len(leaves), number + 1, hash_before):
            sys.exit(f"Gebeurtenis {seq} staat niet op haar plaats in {event['stream']}.")
        last[event["stream"]] = (number + 1, b64encode(leaves[-1]).decode())
    print(len(leaves), "gebeurtenissen, wortel", b64encode(root(leaves)).decode())


if __name__ == "__main__":
    main(sys.argv[1])
