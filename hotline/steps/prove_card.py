"""出示监督员证: a reporter proves an appointment; the role is kept, not the number."""

from datetime import datetime
from typing import Final

from hotline.database import row
from hotline.errors import StepRefused
from hotline.rules.actor import Actor
from hotline.rules.cards import card_number
from hotline.rules.clocks import SHANGHAI
from hotline.rules.terms import Step
from hotline.steps.own import check_own, order_of
from hotline.steps.transition import Target, request_transition

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
        came = request.registered_at
        day = came.astimezone(SHANGHAI).date()
        found = await row(GOOD, request.tenant_id, number, day, came)
        if found is None:
            raise StepRefused("card.unknown")
        request.card = found["kind"]
        change.detail["card"] = found["kind"]
