"""结束会话: one signed-in browser is signed out, by its owner or by an administrator."""

from datetime import datetime

from hotline.database import transaction
from hotline.errors import NotFound
from hotline.records import StaffSession
from hotline.records.handles import opened
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may
from hotline.rules.terms import Aggregate, Step
from hotline.steps.account import locked_staff
from hotline.steps.append import Chain, Happening, append
from hotline.steps.invite import check_above

KIND = "session"


async def revoke(told: str, by: Actor, now: datetime) -> None:
    """NotAllowed, NotFound. The own ones may be ended by anybody."""
    async with transaction():
        found = await StaffSession.get_or_none(id=opened(KIND, told), revoked_at__isnull=True)
        if found is None:
            raise NotFound("session")
        staff = await locked_staff(found.tenant_id, found.staff_id)
        if by.id != str(staff.id):
            check_may(Step.REVOKE, by)
            await check_above(staff.jurisdiction, by)
        await StaffSession.filter(tenant_id=found.tenant_id, id=found.id).update(revoked_at=now)
        chain = Chain(found.tenant_id, Aggregate.STAFF, staff.id)
        await append(chain, Happening(Step.REVOKE, "signed_out", by, now), {})
