"""签名值: a word that only this service can have handed out, not longer ago than so long."""

import hmac
import time
from hashlib import blake2b
from typing import Final

from hotline.settings import keys

SIZE: Final = 24  # bytes of the seal
AHEAD: Final = 60  # seconds by which the clock of one process may be before another's


def signed(purpose: bytes, word: str) -> str:
    """The word, the moment, and the seal of both for this purpose (at most 16 bytes) alone."""
    said = f"{word}.{int(time.time())}"
    return f"{said}.{_seal(purpose, said)}"


def opened(purpose: bytes, text: str, *, seconds: int) -> str:
    """The word, or "" when the text is not ours, for something else, or older."""
    said, _, seal = text.rpartition(".")
    if not seal.isascii() or not hmac.compare_digest(seal, _seal(purpose, said)):
        return ""
    word, _, at = said.rpartition(".")
    return word if -AHEAD <= time.time() - int(at) <= seconds else ""


def _seal(purpose: bytes, said: str) -> str:
    message = said.encode("utf-8", "surrogatepass")
    return blake2b(message, key=keys().web, digest_size=SIZE, person=purpose).hexdigest()
