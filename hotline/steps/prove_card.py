"""出示监督员证: a reporter proves an appointment; the role is kept, not the number."""

from datetime import datetime, timedelta
from typing import Final

from hotline.database import row
from hotline.errors import StepRefused
from hotline.policy.store import NATIONAL
from hotline.rules.actor import Actor
from hotline.rules.cards import CardKind, card_number
from hotline.rules.clocks import SHANGHAI
from hotline.rules.terms import Step
from hotline.steps.attempt import Bucket, Limit, count_attempt, counted
from hotline.steps.own import check_own, order_of
from hotline.steps.transition import Target, request_transition

TRIES: Final = Limit(20, timedelta(hours=1))
GOOD: Final = """
SELECT kind FROM reporter_card WHERE tenant_id = $1 AND number = $2 AND valid_from <= $3
  AND (valid_to IS NULL OR valid_to >= $3) AND (revoked_at IS NULL OR revoked_at > $4)
"""


async def prove_card(target: Target, typed: str, *, by: Actor, now: datetime) -> None:
    """By the day the report came; unknown, over and taken back are one refusal."""
    number = card_number(typed)
    async with request_transition(target, Step.PROVE_CARD, by, now) as change:
        request = change.request
        await check_own(request, await order_of(target), by)
        kind = await good_card(request.tenant_id, number, request.registered_at)
        request.card = kind.value
        change.detail["card"] = kind.value


async def try_card(tenant_id: str, typed: str, who: str, now: datetime) -> None:
    """Before the report is sent: every try of `who` counts, whatever comes of it.

    TooMany; StepRefused, with the same words as prove_card.
    """
    await count_try(who, now)
    await good_card(tenant_id, card_number(typed), now)


async def count_try(who: str, now: datetime) -> None:
    """By an address, an account or a key: at every door the same count. TooMany."""
    await count_attempt(Bucket(NATIONAL, "card", who), TRIES, now)


async def prove_for(target: Target, typed: str, *, by: Actor, now: datetime) -> None:
    """For a partner, which has many reporters: wrong numbers alone count. TooMany, as above.

    Each is counted before it is looked at, so that none slips by beside another, and given back
    when it was no wrong number.
    """
    missed = Bucket(NATIONAL, "card_missed", by.id)
    wrong = False
    try:
        await count_attempt(missed, TRIES, now)
        await prove_card(target, typed, by=by, now=now)
    except StepRefused:
        wrong = True
        raise
    finally:
        if not wrong:
            await counted(missed, TRIES, now, -1)


async def good_card(tenant_id: str, number: str, at: datetime) -> CardKind:
    """StepRefused for a card that is none, or none at that moment."""
    day = at.astimezone(SHANGHAI).date()
    found = await row(GOOD, tenant_id, number, day, at)
    if found is None:
        raise StepRefused("card.unknown")
    return CardKind(found["kind"])
