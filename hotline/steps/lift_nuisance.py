"""滋扰认定撤销: turned down, or ended before its time."""

from datetime import datetime
from uuid import UUID

from hotline.records import Nuisance
from hotline.rules.actor import Actor
from hotline.rules.terms import Step
from hotline.rules.wording import reason
from hotline.steps.mark_nuisance import covered, standing_at
from hotline.steps.transition import Target, request_transition


async def lift_nuisance(
    tenant_id: str, nuisance: UUID, why: str, *, by: Actor, now: datetime
) -> None:
    """With the reason."""
    found = await standing_at(tenant_id, nuisance)
    target = Target(tenant_id, found.request_id)
    async with request_transition(target, Step.LIFT_NUISANCE, by, now) as change:
        await covered(change, nuisance)
        said = reason(why)
        await Nuisance.filter(tenant_id=tenant_id, id=nuisance).update(
            lifted_by=by.id, lifted_at=now
        )
        change.detail |= {"reason": said}
