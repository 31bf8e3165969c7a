"""安全模式: AES-256-CBC as the platform describes it: 16 lots, length, message, app id, padding."""

import base64
import binascii
import os
import struct
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from hotline.errors import HotlineError

BLOCK: Final = 32  # the padding's, twice that of AES
LOTS: Final = 16
HEAD: Final = LOTS + 4


class NotOpened(HotlineError):
    """Not made with this account's key."""


def opened(encrypted: str, aes_key: str, app_id: str) -> bytes:
    """The message within. NotOpened; the app id is the platform's proof of whom it is for."""
    try:
        sealed = base64.b64decode(encrypted, validate=True)
    except (binascii.Error, ValueError):
        raise NotOpened from None
    if not sealed or len(sealed) % 16:
        raise NotOpened
    decryptor = _cipher(aes_key).decryptor()
    plain = decryptor.update(sealed) + decryptor.finalize()
    pad = plain[-1]
    if not 1 <= pad <= BLOCK or len(plain) < HEAD + pad:
        raise NotOpened
    plain = plain[:-pad]
    (length,) = struct.unpack("!I", plain[LOTS:HEAD])
    message, said_for = plain[HEAD : HEAD + length], plain[HEAD + length :]
    if len(message) != length or said_for != app_id.encode():
        raise NotOpened
    return message


def sealed(message: bytes, aes_key: str, app_id: str) -> str:
    """A message for the platform."""
    plain = os.urandom(LOTS) + struct.pack("!I", len(message)) + message + app_id.encode()
    pad = BLOCK - len(plain) % BLOCK
    encryptor = _cipher(aes_key).encryptor()
    made = encryptor.update(plain + bytes([pad]) * pad) + encryptor.finalize()
    return base64.b64encode(made).decode()


def _cipher(aes_key: str) -> Cipher[modes.CBC]:
    key = base64.b64decode(aes_key + "=")
    return Cipher(algorithms.AES(key), modes.CBC(key[:16]))
