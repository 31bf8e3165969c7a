"""接入渠道: a signed sender is added, its secret changed without a gap, and shut off.

With a profile it is a platform of its own tongue 对接平台 (steps.partner).
"""

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
from hotline.rules.partner import Profile
from hotline.rules.partner_profile import profile
from hotline.rules.terms import Channel

PREFIX: Final = "whsec_"
SECRET_BYTES: Final = 32
SHORTEST_GIVEN, LONGEST_GIVEN = 16, 256
OVERLAP: Final = timedelta(days=7)  # both secrets are good while the sender changes over
NAME_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_.")
LONGEST_NAME: Final = 64
NO_DOORS: Final = frozenset({Channel.WEB, Channel.IMPORT})


@dataclass(frozen=True, slots=True)
class Fresh:
    """A secret as the sender needs it; shown once, kept sealed."""

    name: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Tongue:
    """How a platform speaks: its profile as TOML, and the secret it gave us, if it gave one."""

    profile: str
    given: str = field(default="", repr=False)

    @property
    def known(self) -> Profile:
        """ProfileError when it cannot be used."""
        return profile(self.profile)


async def add_channel(
    name: str, jurisdiction: str, kind: Channel, now: datetime, tongue: Tongue | None = None
) -> Fresh:
    """Let a sender in. StepRefused for a name that is taken or no name; PolicyGap."""
    _check(name, kind)
    tenant_id = (await packs()).pack(jurisdiction).tenant
    channel_id, secret = new_id(), _drawn(tongue)
    envelope = kek_envelope(tenant_id, channel_id)
    async with transaction():
        await lock_channel(name)
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
            profile=tongue.profile if tongue else None,
            calls=told_of(tongue.known) if tongue else [],
            created_at=now,
        )
    return Fresh(name, _shown(secret, tongue))


async def rotate_channel(
    name: str, now: datetime, overlap: timedelta = OVERLAP, given: str = ""
) -> Fresh:
    """A new secret, or the one a platform gave; that before stays good for `overlap`. NotFound."""
    async with transaction():
        await lock_channel(name)
        channel = await active_channel(name)
        tongue = Tongue(channel.profile, given) if channel.profile else None
        secret = _drawn(tongue)
        before = kek_envelope(channel.tenant_id, channel.id, channel.kek_id)
        after = kek_envelope(channel.tenant_id, channel.id)
        channel.previous = after.seal("secret", before.unseal("secret", channel.secret))
        channel.previous_until = now + overlap
        if channel.call_secret:
            calling = before.unseal("call_secret", channel.call_secret)
            channel.call_secret = after.seal("call_secret", calling)
        channel.kek_id, channel.secret = after.kek_id, after.seal("secret", secret)
        await HookChannel.filter(tenant_id=channel.tenant_id, id=channel.id).update(
            previous=channel.previous,
            previous_until=channel.previous_until,
            kek_id=channel.kek_id,
            secret=channel.secret,
            call_secret=channel.call_secret,
        )
    return Fresh(name, _shown(secret, tongue))


async def retire_channel(name: str) -> None:
    """Shut a sender off; its reports and deliveries stay. NotFound."""
    async with transaction():
        await lock_channel(name)
        channel = await active_channel(name)
        await HookChannel.filter(tenant_id=channel.tenant_id, id=channel.id).update(active=False)


def shown(secret: bytes) -> str:
    """A secret in the form of the Standard Webhooks rules."""
    return PREFIX + base64.b64encode(secret).decode()


def told_of(known: Profile) -> list[str]:
    """The message keys a platform wants to be called back for."""
    return [f"partner.{step}" for step in known.calls.steps] if known.calls else []


def _drawn(tongue: Tongue | None) -> bytes:
    """A secret that was given, else one by lot; one that is typed into a page is plain text."""
    if tongue is None or tongue.known.proof.scheme == "standard-webhooks":
        return secrets.token_bytes(SECRET_BYTES)
    if not tongue.given:
        return secrets.token_hex(SECRET_BYTES).encode()
    if not (SHORTEST_GIVEN <= len(tongue.given) <= LONGEST_GIVEN and tongue.given.isascii()):
        raise StepRefused("partner.bad_secret", least=SHORTEST_GIVEN)
    return tongue.given.encode()


def _shown(secret: bytes, tongue: Tongue | None) -> str:
    if tongue is None or tongue.known.proof.scheme == "standard-webhooks":
        return shown(secret)
    return secret.decode()


def _check(name: str, kind: Channel) -> None:
    if not name or len(name) > LONGEST_NAME or not set(name) <= NAME_LETTERS:
        raise StepRefused("channel.bad_name", name=name)
    if kind in NO_DOORS:
        raise StepRefused("channel.no_such_kind", kind=kind.value)


async def lock_channel(name: str) -> None:
    """Whoever changes a sender waits for whoever changes it."""
    await rows("SELECT pg_advisory_xact_lock(hashtext('hook_channel'), hashtext($1))", name)


async def active_channel(name: str) -> HookChannel:
    """NotFound for an unknown and for a retired one."""
    channel = await HookChannel.filter(name=name, active=True).first()
    if channel is None:
        raise NotFound("channel")
    return channel
