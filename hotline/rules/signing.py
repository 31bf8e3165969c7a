"""签名: the digests that gateways ask for, over words that their profile puts together."""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from typing import Final

from cryptography.hazmat.primitives import hashes

SCHEMES: Final[Mapping[str, Callable[[str, str], str]]] = {
    "": lambda said, secret: "",
    "md5": lambda said, secret: hashlib.md5(_bytes(said), usedforsecurity=False).hexdigest(),
    "sha256": lambda said, secret: hashlib.sha256(_bytes(said)).hexdigest(),
    "sm3": lambda said, secret: _sm3(_bytes(said)).hex(),
    "hmac-sha1": lambda said, secret: _keyed(said, secret, "sha1"),
    "hmac-sha256": lambda said, secret: _keyed(said, secret, "sha256"),
}


def signature(scheme: str, said: str, secret: str) -> str:
    """Lower-case hexadecimal; "" for a gateway that asks for none. Plain digests hold the secret
    within the words themselves."""
    return SCHEMES[scheme](said, secret)


def in_order(fields: Mapping[str, str]) -> str:
    """`a=1&b=2` by name, empty values left out: what many gateways sign."""
    return "&".join(f"{name}={fields[name]}" for name in sorted(fields) if fields[name])


def _bytes(said: str) -> bytes:
    """A body that is no UTF-8 is signed as it is: its odd bytes came in as surrogates."""
    return said.encode("utf-8", "surrogateescape")


def _keyed(said: str, secret: str, algorithm: str) -> str:
    return hmac.new(_bytes(secret), _bytes(said), algorithm).hexdigest()


def _sm3(said: bytes) -> bytes:
    digest = hashes.Hash(hashes.SM3())
    digest.update(said)
    return digest.finalize()
