"""Envelope encryption: one data key a subject, wrapped by a key-encryption key; blind indexes.

AES-256-GCM; the associated data names tenant, subject and field, so a ciphertext moved to another
row does not open. Losing the data key is erasure, backups included.
"""

import hmac
import os
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b, sha256
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hotline.errors import HotlineError
from hotline.settings import keys

ALG = "A256GCM"
NONCE = 12


class UnreadableError(HotlineError):
    """The seal does not open: erased, damaged, moved, or made under a key that is not here."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """One subject's data key, open in memory for as long as the work lasts."""

    tenant_id: str
    subject: UUID
    kek_id: str
    wrapped_key: bytes
    cipher: AESGCM

    def seal(self, field: str, plain: bytes) -> bytes:
        """nonce ‖ ciphertext, bound to this subject's field."""
        nonce = os.urandom(NONCE)
        return nonce + self.cipher.encrypt(nonce, plain, self._bound_to(field))

    def unseal(self, field: str, sealed: bytes) -> bytes:
        """The plain bytes; UnreadableError when the seal does not open."""
        try:
            return self.cipher.decrypt(sealed[:NONCE], sealed[NONCE:], self._bound_to(field))
        except InvalidTag as error:
            raise UnreadableError(field) from error

    def _bound_to(self, field: str) -> bytes:
        return f"{self.tenant_id}:{self.subject}:{field}".encode()


def new_envelope(tenant_id: str, subject: UUID) -> Envelope:
    """A fresh data key, wrapped under the current key-encryption key."""
    lot, kek_id = os.urandom(NONCE + 32), keys().current_kek
    nonce, key = lot[:NONCE], lot[NONCE:]
    wrapped = nonce + _kek(kek_id).encrypt(nonce, key, f"{tenant_id}:{subject}".encode())
    return Envelope(tenant_id, subject, kek_id, wrapped, AESGCM(key))


def open_envelope(
    tenant_id: str, subject: UUID, kek_id: str, wrapped_key: bytes | None
) -> Envelope:
    """The data key of a stored subject; UnreadableError once erased."""
    if wrapped_key is None:
        raise UnreadableError("erased")
    key = bare_key(tenant_id, subject, kek_id, wrapped_key)
    return Envelope(tenant_id, subject, kek_id, wrapped_key, AESGCM(key))


def bare_key(tenant_id: str, subject: UUID, kek_id: str, wrapped_key: bytes) -> bytes:
    """A data key itself: for what is counted under it rather than sealed."""
    bound = f"{tenant_id}:{subject}".encode()
    try:
        return _kek(kek_id).decrypt(wrapped_key[:NONCE], wrapped_key[NONCE:], bound)
    except InvalidTag as error:
        raise UnreadableError("data key") from error


def rewrapped(tenant_id: str, subject: UUID, kek_id: str, wrapped_key: bytes) -> bytes:
    """The same data key under the current key-encryption key; what it sealed stays as it is."""
    key = bare_key(tenant_id, subject, kek_id, wrapped_key)
    bound, nonce = f"{tenant_id}:{subject}".encode(), os.urandom(NONCE)
    return nonce + _kek(keys().current_kek).encrypt(nonce, key, bound)


def kek_envelope(tenant_id: str, subject: UUID, kek_id: str = "") -> Envelope:
    """Directly under the key-encryption key: for a machine's secrets, which nobody erases apart."""
    kek_id = kek_id or keys().current_kek
    return Envelope(tenant_id, subject, kek_id, b"", _kek(kek_id))


def _kek(kek_id: str) -> AESGCM:
    if kek_id not in keys().kek:
        keys.cache_clear()  # one that came since this process began
    try:
        return _cipher(keys().kek[kek_id])
    except KeyError as error:
        raise UnreadableError(f"no key-encryption key {kek_id}") from error


@lru_cache(maxsize=8)
def _cipher(key: bytes) -> AESGCM:
    """By the key itself: another installation's may bear the same name."""
    return AESGCM(key)


def blind_index(tenant_id: str, kind: str, value: str) -> bytes:
    """HMAC of a normalised phone, openid or ID number: equal values meet, nothing can be read."""
    return hmac.digest(keys().index, f"{tenant_id}:{kind}:{value}".encode(), sha256)[:16]


def body_key(tenant_id: str, text: str) -> bytes:
    """Keyed digest of a normalised body: the same text meets itself, nothing can be read."""
    return blind_index(tenant_id, "body", text)


def code_hash(tenant_id: str, number: str, code: str) -> bytes:
    """查询码 under a pepper kept apart from the database; 53 bits of code need no slow hash."""
    message = f"{tenant_id}:{number}:{code}".encode()
    return blake2b(message, key=keys().code, digest_size=32).digest()


def peppered_secret(tenant_id: str, request_id: UUID, words: str) -> str:
    """领奖密语 before its slow hash: under a pepper that is not in the database either."""
    return _beside_codes(b"reward secret", f"{tenant_id}:{request_id}:{words}").hex()


def claim_code_hash(tenant_id: str, request_id: UUID, code: str) -> bytes:
    """领奖验证码, good for minutes and once."""
    return _beside_codes(b"claim code", f"{tenant_id}:{request_id}:{code}")


def _beside_codes(purpose: bytes, message: str) -> bytes:
    own = blake2b(purpose, key=keys().code, digest_size=32).digest()
    return blake2b(message.encode(), key=own, digest_size=32).digest()


def api_key_hash(key: str) -> bytes:
    """Of an API key: 256 bits of lot need no slow hash; the key itself is never stored."""
    return token_hash(f"api key:{key}")


def token_hash(token: str) -> bytes:
    """Of a session, draft or invitation token; the token itself is never stored."""
    return blake2b(token.encode(), key=keys().web, digest_size=32).digest()
