"""领取回拨: a missed caller becomes one agent's; whoever has it in hand alone reads the number."""

from datetime import datetime
from uuid import UUID

from hotline.database import transaction
from hotline.errors import NotFound, StepRefused
from hotline.policy.sight import sight_of
from hotline.records import CallBack
from hotline.records.writing import put
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may
from hotline.rules.phone import is_free
from hotline.rules.terms import Aggregate, Step
from hotline.steps.append import Chain, Happening, append


async def take_call_back(ref: str, by: Actor, now: datetime) -> None:
    """Twice by the same person is once. NotAllowed, NotFound, StepRefused."""
    check_may(Step.TAKE_CALL_BACK, by)
    async with transaction():
        found = await locked_call_back(ref, by)
        if str(found.taken_by) == by.id and not is_free(found.taken_at, now):
            return
        if not is_free(found.taken_at, now):
            raise StepRefused("call_back.taken")
        found.taken_by, found.taken_at = UUID(by.id), now
        await save_call_back(found, Step.TAKE_CALL_BACK, by, now)


async def locked_call_back(ref: str, by: Actor) -> CallBack:
    """One that is still open. NotFound; StepRefused once it is over."""
    sight = await sight_of(by)
    rows = CallBack.filter(
        tenant_id=sight.tenant_id, ref=ref, jurisdiction__in=sorted(sight.jurisdictions)
    )
    found = await rows.select_for_update(no_key=True).first()
    if found is None:
        raise NotFound("call_back")
    if found.state != "open":
        raise StepRefused("call_back.over")
    return found


async def save_call_back(
    found: CallBack, step: Step, by: Actor, now: datetime, result: str = ""
) -> None:
    """The row and its event."""
    found.version += 1
    await put(found)
    chain = Chain(found.tenant_id, Aggregate.CALL_BACK, found.id)
    await append(chain, Happening(step, found.state, by, now), {"result": result})
