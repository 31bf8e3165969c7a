"""滋扰认定生效: another person agrees; in force for the time and no longer."""

from datetime import datetime
from uuid import UUID

from hotline.errors import StepRefused
from hotline.records import Nuisance
from hotline.rules.actor import Actor
from hotline.rules.terms import Step
from hotline.steps.mark_nuisance import LASTS, covered, standing_at
from hotline.steps.transition import Target, request_transition


async def confirm_nuisance(tenant_id: str, nuisance: UUID, *, by: Actor, now: datetime) -> None:
    """Never by whoever proposed it."""
    found = await standing_at(tenant_id, nuisance)
    target = Target(tenant_id, found.request_id)
    async with request_transition(target, Step.CONFIRM_NUISANCE, by, now) as change:
        found = await covered(change, nuisance)
        if by.is_one_of(found.proposed_by):
            raise StepRefused("nuisance.own")
        if found.approved_at is not None:
            raise StepRefused("nuisance.already")
        await Nuisance.filter(tenant_id=tenant_id, id=nuisance).update(
            approved_by=by.id, approved_at=now, until=now + LASTS
        )
        change.detail |= {"until": (now + LASTS).date().isoformat()}
