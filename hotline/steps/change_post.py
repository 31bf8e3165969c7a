"""调整岗位: a person's roles, place and department change from now on; what stood is kept."""

from datetime import datetime

from hotline.database import transaction
from hotline.errors import NotAllowed, NotFound, StepRefused
from hotline.records import Staff
from hotline.rules.accounts import login_of
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may
from hotline.rules.terms import Aggregate, Role, Step
from hotline.steps.append import Chain, Happening, append
from hotline.steps.enrol import ACTIVE
from hotline.steps.invite import Post, check_above, check_post


async def change_post(login: str, post: Post, by: Actor, now: datetime) -> None:
    """BadReport, NotAllowed, NotFound; StepRefused("post.same").

    Nobody gives up the own administration: the last administrator stays. A page that is open has
    what the person may do at its next act; it is read anew each time.
    """
    check_may(Step.CHANGE_POST, by)
    tenant_id = await check_post(post, by)
    async with transaction():
        held = Staff.filter(login=login_of(login), tenant_id=tenant_id, active=True)
        staff = await held.select_for_update().first()
        if staff is None:
            raise NotFound("account")
        await check_above(staff.jurisdiction, by)
        if by.id == str(staff.id) and Role.ADMIN not in post.roles:
            raise NotAllowed(Step.CHANGE_POST.value)
        before = _told(_post(staff))
        after = _told(post)
        if before == after:
            raise StepRefused("post.same")
        await Staff.filter(tenant_id=tenant_id, id=staff.id).update(
            roles=after["roles"],
            department=after["department"],
            jurisdiction=after["jurisdiction"],
            kinds=after["kinds"],
            version=staff.version + 1,
        )
        chain = Chain(tenant_id, Aggregate.STAFF, staff.id)
        happening = Happening(Step.CHANGE_POST, ACTIVE, by, now)
        await append(chain, happening, {"before": before, "after": after})


def _post(staff: Staff) -> Post:
    roles = frozenset(Role(role) for role in staff.roles)
    return Post(staff.jurisdiction, roles, staff.department or "", frozenset(staff.kinds))


def _told(post: Post) -> dict[str, object]:
    return {
        "roles": sorted(role.value for role in post.roles),
        "department": post.department or None,
        "jurisdiction": post.jurisdiction,
        "kinds": sorted(post.kinds),
    }
