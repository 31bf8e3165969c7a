"""停用账号: who has left signs in no more, nor by a link kept back; what was done stays."""

from datetime import datetime
from typing import Final

from hotline.database import transaction
from hotline.errors import NotAllowed, NotFound, StepRefused
from hotline.records import Invite, Staff, WorkOrder
from hotline.rules.accounts import login_of
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may
from hotline.rules.terms import ActorKind, Aggregate, Step
from hotline.steps.append import Chain, Happening, append
from hotline.steps.invite import check_above
from hotline.steps.sign_out import end_sessions

OPEN: Final = ("signed", "returned", "submitted", "answered", "closed_interim")


async def close_account(login: str, by: Actor, now: datetime) -> None:
    """NotAllowed, NotFound; StepRefused while orders are in this person's hand.

    Nobody closes the own account: the last administrator stays.
    """
    check_may(Step.CLOSE_ACCOUNT, by)
    async with transaction():
        found = Staff.filter(login=login_of(login), active=True).select_for_update()
        staff = await found.first()
        if staff is None:
            raise NotFound("account")
        await check_above(staff.jurisdiction, by)
        if by.id == str(staff.id):
            raise NotAllowed(Step.CLOSE_ACCOUNT.value)
        await _check_handed_over(staff)
        await Staff.filter(tenant_id=staff.tenant_id, id=staff.id).update(
            active=False, version=staff.version + 1
        )
        chain = Chain(staff.tenant_id, Aggregate.STAFF, staff.id)
        await append(chain, Happening(Step.CLOSE_ACCOUNT, "closed", by, now), {})
        made_by = f"{ActorKind.STAFF.value}:{staff.id}"
        await Invite.filter(made_by=made_by, used_at__isnull=True).delete()
        await end_sessions(staff.tenant_id, staff.id, now)


async def _check_handed_over(staff: Staff) -> None:
    """交接 comes first: no order is left in the hand of who has gone."""
    held = WorkOrder.filter(tenant_id=staff.tenant_id, handler_id=staff.id, stage__in=OPEN)
    if n := await held.count():
        raise StepRefused("account.holds_orders", n=n)
