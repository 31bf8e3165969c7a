"""接入渠道: a signed sender is added, its secret changed without a gap, and shut off."""

import base64
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from hotline.database import rows, transaction
from hotline.errors import NotFound, StepRefused
from hotline.policy.store import packs
from hotline.records import HookChannel, new_id
from hotline.records.sealing import kek_envelope
from hotline.rules.terms import Channel

PREFIX: Final = "whsec_"
SECRET_BYTES: Final = 32
OVERLAP: Final = timedelta(days=7)  # both secrets are good while the sender changes over
NAME_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_.")
LONGEST_NAME: Final = 64
NO_DOORS: Final = frozenset({Channel.WEB, Channel.IMPORT})


@dataclass(frozen=True, slots=True)
class Fresh:
    """A secret as the sender needs it; shown once, kept sealed."""

    name: str
    secret: str = field(repr=False)


async def add_channel(name: str, jurisdiction: str, kind: Channel, now: datetime) -> Fresh:
    """Let a sender in. StepRefused for a name that is taken or no name; PolicyGap."""
    _check(name, kind)
    tenant_id = (await packs()).pack(jurisdiction).tenant
    channel_id, secret = new_id(), secrets.token_bytes(SECRET_BYTES)
    envelope = kek_envelope(tenant_id, channel_id)
    async with transaction():
        await _lock(name)
        if await HookChannel.filter(name=name).exists():  # of any tenant: the address is the name
            raise StepRefused("channel.name_taken", name=name)
        await HookChannel.create(
            id=channel_id,
            tenant_id=tenant_id,
            name=name,
            jurisdiction=jurisdiction,
            kind=kind.value,
            kek_id=envelope.kek_id,
            secret=envelope.seal("secret", secret),
            created_at=now,
        )
    return Fresh(name, shown(secret))


async def rotate_channel(name: str, now: datetime, overlap: timedelta = OVERLAP) -> Fresh:
    """A new secret; the one before stays good for `overlap`. NotFound."""
    secret = secrets.token_bytes(SECRET_BYTES)
    async with transaction():
        await _lock(name)
        channel = await _active(name)
        before = kek_envelope(channel.tenant_id, channel.id, channel.kek_id)
        after = kek_envelope(channel.tenant_id, channel.id)
        channel.previous = after.seal("secret", before.unseal("secret", channel.secret))
        channel.previous_until = now + overlap
        channel.kek_id, channel.secret = after.kek_id, after.seal("secret", secret)
        await HookChannel.filter(tenant_id=channel.tenant_id, id=channel.id).update(
            previous=channel.previous,
            previous_until=channel.previous_until,
            kek_id=channel.kek_id,
            secret=channel.secret,
        )
    return Fresh(name, shown(secret))


async def retire_channel(name: str) -> None:
    """Shut a sender off; its reports and deliveries stay. NotFound."""
    async with transaction():
        await _lock(name)
        channel = await _active(name)
        await HookChannel.filter(tenant_id=channel.tenant_id, id=channel.id).update(active=False)


def shown(secret: bytes) -> str:
    """A secret in the form of the Standard Webhooks rules."""
    return PREFIX + base64.b64encode(secret).decode()


def _check(name: str, kind: Channel) -> None:
    if not name or len(name) > LONGEST_NAME or not set(name) <= NAME_LETTERS:
        raise StepRefused("channel.bad_name", name=name)
    if kind in NO_DOORS:
        raise StepRefused("channel.no_such_kind", kind=kind.value)


async def _lock(name: str) -> None:
    await rows("SELECT pg_advisory_xact_lock(hashtext('hook_channel'), hashtext($1))", name)


async def _active(name: str) -> HookChannel:
    channel = await HookChannel.filter(name=name, active=True).first()
    if channel is None:
        raise NotFound("channel")
    return channel
