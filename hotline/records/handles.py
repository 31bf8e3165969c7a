"""What stands for an id outside the house: an id tells a time, its handle tells nothing."""

import hmac
from uuid import UUID

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB

from hotline.settings import keys

DIGITS = 32


def handle(kind: str, of: UUID) -> str:
    """The same for the same id, and of one kind alone."""
    encryptor = _cipher(kind).encryptor()
    return (encryptor.update(of.bytes) + encryptor.finalize()).hex()


def opened(kind: str, told: str) -> UUID | None:
    """The id; None for what is no handle at all. A made-up one opens an id that nothing has."""
    try:
        raw = bytes.fromhex(told)
    except ValueError:
        return None
    if len(told) != DIGITS or len(raw) != DIGITS // 2:
        return None
    decryptor = _cipher(kind).decryptor()
    return UUID(bytes=decryptor.update(raw) + decryptor.finalize())


def _cipher(kind: str) -> "Cipher[ECB]":
    """One block, one id: a permutation under a key, which is all that is asked for."""
    key = hmac.digest(keys().web, f"handle:{kind}".encode(), "sha256")[:16]
    return Cipher(AES(key), ECB())  # noqa: S305
