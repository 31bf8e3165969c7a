"""准予查看身份: the custodian agrees for the pack's hours, or does not, with the reason."""

from datetime import datetime, timedelta
from uuid import UUID

from hotline.errors import NotFound, StepRefused
from hotline.records import IdentityAsk
from hotline.rules.actor import Actor
from hotline.rules.terms import Step
from hotline.rules.wording import reason
from hotline.steps.custody import pack_for
from hotline.steps.own import check_covered
from hotline.steps.transition import RequestChange, Target, request_transition


async def grant_identity(tenant_id: str, ask_id: UUID, *, by: Actor, now: datetime) -> None:
    """The person who asked may look until then; each look is an event of its own."""
    ask = await open_ask(tenant_id, ask_id)
    async with request_transition(
        Target(tenant_id, ask.request_id), Step.GRANT_IDENTITY, by, now
    ) as change:
        custody = (await pack_for(change.request)).protection.custody
        if custody is None:
            raise StepRefused("unmask.no_custody")
        until = now + timedelta(hours=custody.hours)
        await decide_ask(change, ask_id, granted=True, until=until)


async def open_ask(tenant_id: str, ask_id: UUID) -> IdentityAsk:
    """NotFound for one that is not there or was decided."""
    found = await IdentityAsk.get_or_none(tenant_id=tenant_id, id=ask_id, decided_at__isnull=True)
    if found is None:
        raise NotFound("identity_ask")
    return found


async def decide_ask(
    change: RequestChange,
    ask_id: UUID,
    *,
    granted: bool,
    until: datetime | None = None,
    why: str = "",
) -> None:
    """Under the report's lock: decided once, and never by whoever asked."""
    ask = await open_ask(change.request.tenant_id, ask_id)
    await check_covered(change.request, change.by)
    if change.by.is_one_of(ask.asked_by):
        raise StepRefused("unmask.own_ask")
    said = reason(why) if not granted else ""
    await IdentityAsk.filter(tenant_id=ask.tenant_id, id=ask.id).update(
        decided_by=change.by.id,
        decided_at=change.now,
        granted=granted,
        until=until,
        answer=said[:1000],
    )
    change.detail |= {"reason": said or ask.why, "until": until.isoformat() if until else None}
