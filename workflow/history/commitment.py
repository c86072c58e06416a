"""A promise about a text that does not give the text away.

What an event says about a person is a commitment: a hash over a secret salt and
the text. Whoever has both can show that they fit; when salt and text are erased,
nobody can find the text back, and the event stands unchanged.
"""

import hmac
import unicodedata
from base64 import b64encode
from hashlib import sha256

SALT_BYTES = 32
_DOMAIN = b"besluitroute/commitment/1\x00"  # no other hash of ours starts like this


def commit(text: str, salt: bytes) -> str:
    """The commitment to `text`: 32 bytes in standard base64.

    Hashed are the domain, then salt and text (UTF-8, normal form C), each after
    its length in 8 bytes, so that no two pairs give the same input. Raises
    ValueError when the salt is not 32 bytes or the text holds half a surrogate pair.
    """
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    words = unicodedata.normalize("NFC", text).encode()
    digest = sha256(_DOMAIN)
    for part in (salt, words):
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return b64encode(digest.digest()).decode()


def matches(commitment: str, text: str, salt: bytes) -> bool:
    """Whether `commitment` was made from this text and this salt."""
    try:
        return hmac.compare_digest(commit(text, salt).encode(), commitment.encode())
    except ValueError:
        return False
