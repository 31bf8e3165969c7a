"""履历: the arithmetic of an unbroken history, one chain for each aggregate.

A digest covers the one before it, the event's header and a salted commitment to its detail.
Detail and salt stand apart: erasing them leaves the commitment, so the chain still verifies.
"""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from hotline.rules.canonical import canonical_json

SIZE: Final = hashlib.sha256().digest_size
GENESIS: Final = bytes(SIZE)  # what the first event of a chain follows
SHORTEST_SALT: Final = 16
_DETAIL: Final = b"hotline/detail/1\0"
_EVENT: Final = b"hotline/event/1\0"


@dataclass(frozen=True, slots=True)
class Link:
    """One stored event, as far as the chain is concerned."""

    header: Mapping[str, Any]
    commitment: bytes
    digest: bytes


def commitment(salt: bytes, detail: Mapping[str, Any]) -> bytes:
    """Binds the detail without telling it: without the salt a short detail could be guessed."""
    if len(salt) < SHORTEST_SALT:
        raise ValueError(f"a salt needs {SHORTEST_SALT} bytes")
    length = len(salt).to_bytes(4, "big")
    return hashlib.sha256(_DETAIL + length + salt + canonical_json(detail)).digest()


def digest(key: bytes, previous: bytes, commitment: bytes, header: Mapping[str, Any]) -> bytes:
    """The event's seal. Its header names tenant, aggregate and seq: none can change places."""
    if not key:
        raise ValueError("the history key is empty")
    if len(previous) != SIZE or len(commitment) != SIZE:
        raise ValueError(f"previous digest and commitment have {SIZE} bytes each")
    message = _EVENT + previous + commitment + canonical_json(header)
    return hmac.digest(key, message, "sha256")


def first_break(key: bytes, links: Iterable[Link], previous: bytes = GENESIS) -> int | None:
    """The place (from 0) of the first event that does not follow from those before it, or None."""
    for place, link in enumerate(links):
        if not hmac.compare_digest(
            digest(key, previous, link.commitment, link.header), link.digest
        ):
            return place
        previous = link.digest
    return None
