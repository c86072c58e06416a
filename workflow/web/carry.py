"""Papers travel with the review form itself, so that nothing is stored before 'Maak aan'.

No waiting room on the server: a restart, a second tab or the back button loses
nothing, and several web processes need not share anything.
"""

import base64
import binascii
import zlib

from starlette.exceptions import HTTPException


def pack(data: bytes) -> str:
    """The bytes as text for a hidden field."""
    return base64.b64encode(zlib.compress(data, level=6)).decode("ascii")


def unpack(text: str, limit: int) -> bytes:
    """The bytes again, at most `limit`; raises a 400 for anything that `pack` did not make."""
    try:
        packed = base64.b64decode(text, validate=True)
        opener = zlib.decompressobj()
        data = opener.decompress(packed, limit + 1)
    except (binascii.Error, zlib.error, ValueError):
        raise HTTPException(status_code=400) from None
    if len(data) > limit or not opener.eof:
        raise HTTPException(status_code=400)
    return data
