"""接口密钥: a machine is given a key, gets a new one without a gap, and is shut off."""

import secrets
from collections.abc import Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from hotline.database import rows, transaction
from hotline.errors import NotFound, StepRefused
from hotline.policy.store import packs
from hotline.records import ApiKey, new_id
from hotline.records.sealing import api_key_hash
from hotline.rules.terms import Channel, Scope
from hotline.steps.channel import LONGEST_NAME, NAME_LETTERS, NO_DOORS

PREFIX: Final = "hk_"  # so that a scanner of code finds a key that was left in it
SECRET_BYTES: Final = 32
OVERLAP: Final = timedelta(days=7)  # both keys are good while the partner changes over
PER_MINUTE: Final = 600
MOST_PER_MINUTE: Final = 100_000


@dataclass(frozen=True, slots=True)
class KeyWish:
    """Whose key it is to be, and what for. `kind` is the channel its reports come by."""

    name: str
    jurisdiction: str
    scopes: Set[Scope]
    kind: Channel = Channel.PARTNER
    per_minute: int = PER_MINUTE


@dataclass(frozen=True, slots=True)
class FreshKey:
    """A key as its holder needs it; shown once, kept as a keyed hash."""

    name: str
    key: str = field(repr=False)


async def add_key(wish: KeyWish, now: datetime) -> FreshKey:
    """Let a machine in. StepRefused for a name that is taken or no name; PolicyGap."""
    _check(wish)
    tenant_id = (await packs()).pack(wish.jurisdiction).tenant
    key = _drawn()
    async with transaction():
        await _lock(wish.name)
        if await ApiKey.filter(name=wish.name).exists():  # of any tenant, so that one word names it
            raise StepRefused("channel.name_taken", name=wish.name)
        await ApiKey.create(
            id=new_id(),
            tenant_id=tenant_id,
            name=wish.name,
            jurisdiction=wish.jurisdiction,
            kind=wish.kind.value,
            scopes=sorted(scope.value for scope in wish.scopes),
            secret_hash=api_key_hash(key),
            per_minute=wish.per_minute,
            created_at=now,
        )
    return FreshKey(wish.name, key)


async def rotate_key(name: str, now: datetime, overlap: timedelta = OVERLAP) -> FreshKey:
    """A new key; the one before stays good for `overlap`. NotFound."""
    fresh = _drawn()
    async with transaction():
        await _lock(name)
        found = await _active(name)
        await ApiKey.filter(tenant_id=found.tenant_id, id=found.id).update(
            previous_hash=found.secret_hash,
            previous_until=now + overlap,
            secret_hash=api_key_hash(fresh),
        )
    return FreshKey(name, fresh)


async def revoke_key(name: str) -> None:
    """Shut a machine off, both its keys; its reports stay. NotFound."""
    async with transaction():
        await _lock(name)
        found = await _active(name)
        await ApiKey.filter(tenant_id=found.tenant_id, id=found.id).update(active=False)


def _check(wish: KeyWish) -> None:
    if not wish.name or len(wish.name) > LONGEST_NAME or not set(wish.name) <= NAME_LETTERS:
        raise StepRefused("channel.bad_name", name=wish.name)
    if wish.kind in NO_DOORS:
        raise StepRefused("channel.no_such_kind", kind=wish.kind.value)
    if not wish.scopes:
        raise StepRefused("api_key.no_scope")
    if not 1 <= wish.per_minute <= MOST_PER_MINUTE:
        raise StepRefused("api_key.bad_rate", most=MOST_PER_MINUTE)


def _drawn() -> str:
    return PREFIX + secrets.token_urlsafe(SECRET_BYTES)


async def _lock(name: str) -> None:
    await rows("SELECT pg_advisory_xact_lock(hashtext('api_key'), hashtext($1))", name)


async def _active(name: str) -> ApiKey:
    found = await ApiKey.filter(name=name, active=True).first()
    if found is None:
        raise NotFound("api key")
    return found
