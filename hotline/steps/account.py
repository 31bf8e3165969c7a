"""人员账号 under its lock: whoever would add to its history, or give the person work, waits."""

from uuid import UUID

from hotline.errors import NotFound
from hotline.records import Staff


async def locked_staff(tenant_id: str, staff_id: UUID) -> Staff:
    """The account's row, locked till the transaction ends. NotFound."""
    held = Staff.filter(tenant_id=tenant_id, id=staff_id).select_for_update(no_key=True)
    staff = await held.first()
    if staff is None:
        raise NotFound("account")
    return staff


async def has_left(tenant_id: str, staff_id: UUID) -> bool:
    """Whether no work may come into these hands: an account just being closed is waited for."""
    held = Staff.filter(tenant_id=tenant_id, id=staff_id).select_for_update(no_key=True)
    staff = await held.first()
    return staff is not None and not staff.active
