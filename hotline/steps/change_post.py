"""调整岗位: a person's roles, place and department change from now on; what stood is kept."""

from datetime import datetime
from uuid import UUID

from tortoise.expressions import Q

from hotline.database import transaction
from hotline.errors import NotAllowed, NotFound, Stale, StepRefused
from hotline.records import Staff
from hotline.rules.accounts import login_of
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may
from hotline.rules.terms import ActorKind, Aggregate, Role, Step
from hotline.steps.append import Chain, Happening, append
from hotline.steps.enrol import ACTIVE
from hotline.steps.invite import Post, check_above, check_post


async def change_post(login: str, post: Post, by: Actor, now: datetime, seen: int = 0) -> None:
    """BadReport, NotAllowed, NotFound; StepRefused("post.same", "post.still_admin"); Stale.

    Nobody gives up the own administration, nor do two take each other's: the last administrator
    stays. `seen` is the version the page showed, 0 for whoever saw none. A page that is open has
    what the person may do at its next act; it is read anew each time.
    """
    check_may(Step.CHANGE_POST, by)
    tenant_id = await check_post(post, by)
    async with transaction():
        staff = await _held(tenant_id, login_of(login), by)
        await check_above(staff.jurisdiction, by)
        if by.id == str(staff.id) and Role.ADMIN not in post.roles:
            raise StepRefused("post.still_admin")
        if seen and seen != staff.version:
            raise Stale(seen, staff.version)
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


async def _held(tenant_id: str, login: str, by: Actor) -> Staff:
    """The account; whoever changes it is held too, who may just have been changed by it."""
    both = Staff.filter(Q(login=login) | Q(id__in=_own(by)), tenant_id=tenant_id, active=True)
    found = {str(one.id): one for one in await both.order_by("id").select_for_update()}
    own = found.get(by.id)
    if by.kind is ActorKind.STAFF and (own is None or Role.ADMIN not in own.roles):
        raise NotAllowed(Step.CHANGE_POST.value)
    staff = next((one for one in found.values() if one.login == login), None)
    if staff is None:
        raise NotFound("account")
    return staff


def _own(by: Actor) -> list[UUID]:
    return [UUID(by.id)] if by.kind is ActorKind.STAFF else []


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
