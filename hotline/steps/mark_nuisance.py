"""滋扰认定: a sender of many reports is found a nuisance by two people, for a time.

Nothing of theirs is refused, dropped or hidden: at the form they wait their turn, as in a flood.
A first report, or a third, is never enough.
"""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from hotline.database import row
from hotline.errors import NotFound, StepRefused
from hotline.records import Nuisance, new_id
from hotline.rules.actor import Actor
from hotline.rules.terms import Step
from hotline.rules.wording import reason
from hotline.steps.own import check_covered
from hotline.steps.transition import RequestChange, Target, request_transition

LEAST: Final = 4  # reports of one sender within the time
WITHIN: Final = timedelta(days=30)
LASTS: Final = timedelta(days=90)
COUNT: Final = """
SELECT count(*) AS n FROM service_request
WHERE tenant_id = $1 AND sender_index = $2 AND registered_at > $3
"""


async def mark_nuisance(target: Target, why: str, *, by: Actor, now: datetime) -> None:
    """Proposed on one of the sender's reports; in force once another person agrees."""
    async with request_transition(target, Step.MARK_NUISANCE, by, now) as change:
        request, said = change.request, reason(why)
        await check_covered(request, by)
        if request.sender_index is None:
            raise StepRefused("nuisance.unknown_sender")
        many = await row(COUNT, request.tenant_id, request.sender_index, now - WITHIN)
        if many is None or many["n"] < LEAST:
            raise StepRefused("nuisance.too_few", least=LEAST, days=WITHIN.days)
        standing = Nuisance.filter(
            tenant_id=request.tenant_id, sender_index=request.sender_index, lifted_at__isnull=True
        )
        if await standing.filter(until__isnull=True).exists():
            raise StepRefused("nuisance.already")
        if await standing.filter(until__gt=now).exists():
            raise StepRefused("nuisance.already")
        await Nuisance.create(
            id=new_id(),
            tenant_id=request.tenant_id,
            sender_index=request.sender_index,
            request_id=request.id,
            why=said,
            proposed_by=by.id,
            proposed_at=now,
        )
        change.detail |= {"reason": said}


async def standing_at(tenant_id: str, nuisance_id: UUID) -> Nuisance:
    """NotFound for one that was lifted."""
    found = await Nuisance.get_or_none(tenant_id=tenant_id, id=nuisance_id, lifted_at__isnull=True)
    if found is None:
        raise NotFound("nuisance")
    return found


async def covered(change: RequestChange, nuisance_id: UUID) -> Nuisance:
    """Under its report's lock, and within the doer's sight."""
    await check_covered(change.request, change.by)
    return await standing_at(change.request.tenant_id, nuisance_id)
