"""申请查看身份: where the pack has a custodian, the motive is read before anything is shown."""

from datetime import datetime

from hotline.errors import StepRefused
from hotline.records import IdentityAsk, new_id
from hotline.rules.actor import Actor
from hotline.rules.terms import Step
from hotline.rules.wording import reason
from hotline.steps.custody import check_need
from hotline.steps.own import check_own, order_of
from hotline.steps.transition import Target, request_transition


async def ask_identity(target: Target, why: str, *, by: Actor, now: datetime) -> None:
    """One open question a person and report; asked for nothing that could not be shown anyway."""
    async with request_transition(target, Step.ASK_IDENTITY, by, now) as change:
        request = change.request
        order = await order_of(target)
        await check_own(request, order, by)
        await check_need(request, order, by)
        said = reason(why)
        open_ = IdentityAsk.filter(
            tenant_id=request.tenant_id,
            request_id=request.id,
            asked_by=by.id,
            decided_at__isnull=True,
        )
        if await open_.exists():
            raise StepRefused("unmask.asked_already")
        await IdentityAsk.create(
            id=new_id(),
            tenant_id=request.tenant_id,
            request_id=request.id,
            order_id=order.id if order else None,
            asked_by=by.id,
            asked_at=now,
            why=said[:1000],
        )
        change.detail |= {"reason": said}
