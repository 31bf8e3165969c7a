"""接口密钥: whose key it is and what it may do, held for a few seconds."""

import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from hotline.database import row
from hotline.records import ApiKey
from hotline.records.sealing import api_key_hash
from hotline.rules.actor import Actor
from hotline.rules.terms import ActorKind, Channel, Role, Scope

FRESH_FOR: Final = 3.0  # seconds a rotated or revoked key may still be known as it was
MOST_HELD: Final = 256  # keys that somebody made up must not fill the memory
LONGEST_KEY: Final = 128

FIND: Final = """
SELECT tenant_id, name, jurisdiction, kind, scopes, per_minute,
  CASE WHEN secret_hash <> $1 THEN previous_until END AS good_until
FROM api_key WHERE active AND (secret_hash = $1 OR previous_hash = $1)
ORDER BY secret_hash = $1 DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """A machine that showed a good key."""

    tenant_id: str
    name: str
    jurisdiction: str
    kind: Channel
    scopes: frozenset[Scope]
    per_minute: int
    good_until: datetime | None  # of a key that was rotated away

    @property
    def channel(self) -> str:
        """How its deliveries are told from everybody else's."""
        return f"key:{self.name}"

    @property
    def actor(self) -> Actor:
        """Acts on what came by its own key alone."""
        return Actor(ActorKind.PARTNER, self.channel, frozenset({Role.MACHINE}))


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key as the operator sees it: never the key."""

    name: str
    jurisdiction: str
    kind: str
    scopes: tuple[str, ...]
    per_minute: int
    active: bool
    previous_until: datetime | None


_held: dict[bytes, tuple[float, KeyHolder | None]] = {}


async def key_holder(key: str, now: datetime) -> KeyHolder | None:
    """Whose key this is; None for an unknown, an outdated and a revoked one alike."""
    if not key or len(key) > LONGEST_KEY or not key.isascii():
        return None
    found = await _known(api_key_hash(key))
    if found is None or (found.good_until is not None and now >= found.good_until):
        return None
    return found


async def api_keys() -> list[KeyRow]:
    """Every key, the revoked ones too."""
    return [
        KeyRow(
            name=one.name,
            jurisdiction=one.jurisdiction,
            kind=one.kind,
            scopes=tuple(one.scopes),
            per_minute=one.per_minute,
            active=one.active,
            previous_until=one.previous_until,
        )
        for one in await ApiKey.all().order_by("name")
    ]


def forget() -> None:
    """Read afresh next time: between tests, and after a change in this process."""
    _held.clear()


async def _known(hashed: bytes) -> KeyHolder | None:
    now = time.monotonic()
    if (held := _held.get(hashed)) and now < held[0]:
        return held[1]
    found = await row(FIND, hashed)
    if len(_held) >= MOST_HELD:
        _held.clear()
    holder = _holder(found) if found else None
    _held[hashed] = (now + FRESH_FOR, holder)
    return holder


def _holder(found: dict[str, Any]) -> KeyHolder:
    kind, scopes = Channel(found["kind"]), frozenset(Scope(one) for one in found["scopes"])
    return KeyHolder(**{**found, "kind": kind, "scopes": scopes})
