"""接入渠道: which signed senders there are, and a sender's secrets, held for a few seconds."""

import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from hotline.records import HookChannel
from hotline.records.sealing import kek_envelope
from hotline.rules.terms import Channel

FRESH_FOR: Final = 3.0  # seconds a changed or retired channel may still be known as it was
MOST_HELD: Final = 256  # names that somebody made up must not fill the memory


@dataclass(frozen=True, slots=True)
class HookSender:
    """A sender whose signature can be checked."""

    tenant_id: str
    name: str
    jurisdiction: str
    kind: Channel
    secret: bytes = field(repr=False)
    previous: bytes | None = field(repr=False)
    previous_until: datetime | None
    profile: str = ""  # 对接平台: how it speaks, as TOML

    def secrets(self, now: datetime) -> tuple[bytes, ...]:
        """The secrets that are good now: two during a change-over."""
        if self.previous and self.previous_until and now < self.previous_until:
            return self.secret, self.previous
        return (self.secret,)


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """A sender as the operator sees it; never with a secret."""

    name: str
    tenant_id: str
    jurisdiction: str
    kind: str
    active: bool
    created_at: datetime
    previous_until: datetime | None


_held: dict[str, tuple[float, HookSender | None]] = {}


async def sender(name: str) -> HookSender | None:
    """The active sender of this name; None for an unknown and for a retired one alike."""
    if not name.isprintable():
        return None
    now = time.monotonic()
    if (held := _held.get(name)) and now < held[0]:
        return held[1]
    if held:  # one asks anew; whoever comes meanwhile takes what is held
        _held[name] = (now + FRESH_FOR, held[1])
    found = await _read(name)
    if len(_held) >= MOST_HELD:
        _held.clear()
    _held[name] = (now + FRESH_FOR, found)
    return found


async def channels() -> list[ChannelRow]:
    """Every sender, the retired ones too."""
    return [
        ChannelRow(
            name=one.name,
            tenant_id=one.tenant_id,
            jurisdiction=one.jurisdiction,
            kind=one.kind,
            active=one.active,
            created_at=one.created_at,
            previous_until=one.previous_until,
        )
        for one in await HookChannel.all().order_by("name")
    ]


def forget() -> None:
    """Read afresh next time: between tests, and after a change in this process."""
    _held.clear()


async def _read(name: str) -> HookSender | None:
    one = await HookChannel.filter(name=name, active=True).first()
    if one is None:
        return None
    envelope = kek_envelope(one.tenant_id, one.id, one.kek_id)
    return HookSender(
        tenant_id=one.tenant_id,
        name=one.name,
        jurisdiction=one.jurisdiction,
        kind=Channel(one.kind),
        secret=envelope.unseal("secret", one.secret),
        previous=envelope.unseal("secret", one.previous) if one.previous else None,
        previous_until=one.previous_until,
        profile=one.profile or "",
    )
