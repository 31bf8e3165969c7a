"""设置领奖密语: drawn by the service, shown once, kept as a slow hash that nobody can read back.

Drawn when its holder asks for it, on the receipt or, after a call, at the first look at the
progress: a page that was lost may be asked for again within half an hour, and never after.
"""

import secrets
from datetime import datetime

from hotline.errors import StepRefused
from hotline.records import RewardSecret
from hotline.records.sealing import peppered_secret
from hotline.rules.actor import Actor
from hotline.rules.secret_words import AGAIN_WITHIN, DRAWN, secret_from
from hotline.rules.terms import Channel, Step
from hotline.steps.hashing import hashed
from hotline.steps.outbox import tell_reporter
from hotline.steps.transition import Target, request_transition


async def set_secret(target: Target, *, by: Actor, now: datetime) -> tuple[str, ...]:
    """The words, for the one page that shows them. StepRefused once they stand."""
    words = secret_from(secrets.token_bytes(DRAWN))
    slow = await hashed(peppered_secret(target.tenant_id, target.id, "".join(words)))
    async with request_transition(target, Step.SET_SECRET, by, now) as change:
        if not change.request.wants_reward:
            raise StepRefused("secret.no_reward")
        held = await RewardSecret.get_or_none(tenant_id=target.tenant_id, id=target.id)
        if held is None:
            held = RewardSecret(tenant_id=target.tenant_id, id=target.id, made_at=now, drawn=0)
        elif now - held.made_at > AGAIN_WITHIN:
            raise StepRefused("secret.stands")
        held.hash, held.drawn = slow, held.drawn + 1
        await held.save(force_create=held.drawn == 1)
        if change.request.channel != Channel.WEB:  # others have read or heard the query code
            await tell_reporter(change.request, "request.secret_set", now)
        change.detail |= {"drawn": held.drawn}
    return words
