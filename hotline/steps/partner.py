"""对接平台: a platform is let in with its profile, which a tried one may follow later."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from hotline.database import transaction
from hotline.errors import NotFound, StepRefused
from hotline.policy.sight import sight_of
from hotline.records import HookChannel
from hotline.records.sealing import kek_envelope
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may
from hotline.rules.partner_profile import profile
from hotline.rules.partner_table import ProfileError
from hotline.rules.terms import Aggregate, Step
from hotline.rules.wording import reason
from hotline.steps.append import Chain, Happening, append
from hotline.steps.channel import (
    LONGEST_GIVEN,
    SHORTEST_GIVEN,
    Fresh,
    Tongue,
    active_channel,
    add_channel,
    lock_channel,
    told_of,
)

TOPIC: Final = "partner"
IN_FORCE: Final = "enacted"
LONGEST_PROFILE: Final = 100_000


@dataclass(frozen=True, slots=True)
class NewProfile:
    """What a platform is to be spoken to by, and why; `replaces`: digest of what its doer saw."""

    name: str
    profile: str
    reason: str
    replaces: str


async def add_partner(name: str, jurisdiction: str, tongue: Tongue, now: datetime) -> Fresh:
    """Its secret is shown once. StepRefused, PolicyGap, ProfileError."""
    return await add_channel(name, jurisdiction, tongue.known.channel, now, tongue)


async def put_profile(ask: NewProfile, *, by: Actor, now: datetime) -> None:
    """The new one is in force within seconds. NotAllowed, NotFound, StepRefused, ProfileError."""
    check_may(Step.ENACT, by)
    if len(ask.profile) > LONGEST_PROFILE:
        raise ProfileError(f"more than {LONGEST_PROFILE} characters")
    known, why = profile(ask.profile), reason(ask.reason)
    async with transaction():
        await lock_channel(ask.name)
        channel = await _own(ask.name, by)
        before = profile(channel.profile or "")
        if digest(channel.profile or "") != ask.replaces:
            raise StepRefused("partner.changed")
        if known.proof.scheme != before.proof.scheme or known.channel.value != channel.kind:
            raise StepRefused("partner.other_kind")  # its secret is of another kind
        await HookChannel.filter(tenant_id=channel.tenant_id, id=channel.id).update(
            profile=ask.profile, calls=told_of(known)
        )
        chain = Chain(channel.tenant_id, Aggregate.POLICY, channel.id)
        said = {"topic": TOPIC, "name": ask.name, "sha256": digest(ask.profile), "reason": why}
        await append(chain, Happening(Step.ENACT, IN_FORCE, by, now), said)


async def put_call_secret(name: str, given: str) -> None:
    """The secret the platform gave us for what we send there. NotFound, StepRefused."""
    if not (SHORTEST_GIVEN <= len(given) <= LONGEST_GIVEN and given.isascii()):
        raise StepRefused("partner.bad_secret", least=SHORTEST_GIVEN)
    async with transaction():
        await lock_channel(name)
        channel = await active_channel(name)
        if not channel.profile:
            raise NotFound("channel")
        sealed = kek_envelope(channel.tenant_id, channel.id, channel.kek_id).seal(
            "call_secret", given.encode()
        )
        await HookChannel.filter(tenant_id=channel.tenant_id, id=channel.id).update(
            call_secret=sealed
        )


def digest(text: str) -> str:
    """What ties a change to the profile that was seen."""
    return sha256(text.encode()).hexdigest()


async def _own(name: str, by: Actor) -> HookChannel:
    """An administrator answers for the own jurisdiction and those inside it."""
    channel, sight = await active_channel(name), await sight_of(by)
    if not (channel.profile and sight.covers(channel.tenant_id, channel.jurisdiction)):
        raise NotFound("channel")
    return channel
