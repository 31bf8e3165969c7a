"""邀请: a one-time link by which a person makes the own account; only its hash is kept."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from hotline.database import transaction
from hotline.errors import BadReport, NotAllowed
from hotline.policy.store import packs
from hotline.records import Invite, Staff, new_id
from hotline.records.sealing import token_hash
from hotline.rules.accounts import HELD, login_fault, login_of
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may
from hotline.rules.terms import ActorKind, Aggregate, Role, Step
from hotline.steps.append import Chain, Happening, append

PATH: Final = "/invitation/"
LIFE: Final = timedelta(hours=24)
OPERATOR: Final = Actor(ActorKind.SYSTEM, "operator")  # whoever may run commands on the machine
FIRST: Final = Actor(ActorKind.SYSTEM, "first")


@dataclass(frozen=True, slots=True)
class Post:
    """What an account is for: the roles, where, and 限办类型 (none: every kind)."""

    jurisdiction: str
    roles: frozenset[Role]
    department: str = ""
    kinds: frozenset[str] = frozenset()


async def first_administrator(now: datetime) -> str | None:
    """The path that makes the first administrator; an unused one ends. None when there is one."""
    tenants = (await packs()).tenants()
    if not tenants or await _has_administrator():
        return None
    await Invite.filter(made_by=_name(FIRST), used_at__isnull=True).delete()
    post = Post(tenants[0].code, frozenset({Role.ADMIN}))
    return await invite(post, FIRST, now)


async def invite(post: Post, by: Actor, now: datetime, login: str = "") -> str:
    """The path of a one-time link, valid for a day. BadReport, NotAllowed, PolicyGap."""
    check_may(Step.ENROL, by)
    tenant_id = await check_post(post, by)
    if login := login_of(login):
        await check_login(login)
    token, invite_id = secrets.token_urlsafe(32), new_id()  # the account will have this id
    chain = Chain(tenant_id, Aggregate.STAFF, invite_id)
    async with transaction():
        await Invite.create(
            id=invite_id,
            tenant_id=tenant_id,
            token_hash=token_hash(token),
            login=login or None,
            roles=sorted(role.value for role in post.roles),
            jurisdiction=post.jurisdiction,
            department=post.department or None,
            kinds=sorted(post.kinds),
            made_by=_name(by),
            made_at=now,
            expires_at=now + LIFE,
        )
        await append(chain, Happening(Step.ENROL, "invited", by, now), _detail(post))
    return PATH + token


async def check_post(post: Post, by: Actor) -> str:
    """The tenant of a post that exists and that this doer may fill. BadReport, NotAllowed."""
    pack = (await packs()).pack(post.jurisdiction)
    if not post.roles or not post.roles <= HELD:
        raise BadReport({"roles": "roles.none"})
    if post.department and post.department not in {one.code for one in pack.departments}:
        raise BadReport({"department": "department.unknown"})
    if any(not (found := pack.lexicon.kind(one)) or not found.ours for one in post.kinds):
        raise BadReport({"kinds": "kinds.unknown"})
    await check_above(post.jurisdiction, by)
    return pack.tenant


async def check_above(jurisdiction: str, by: Actor) -> None:
    """NotAllowed unless the doer's jurisdiction is this one or holds it."""
    gazetteer = (await packs()).pack(jurisdiction).gazetteer
    above = {place.code for place in gazetteer.path(jurisdiction)}
    if by.kind is not ActorKind.SYSTEM and by.jurisdiction not in above:
        raise NotAllowed(Step.ENROL.value)


async def check_login(login: str) -> None:
    """A login is one person's over all tenants: the sign-in page does not ask for the place."""
    if fault := login_fault(login):
        raise BadReport({"login": fault})
    if await Staff.filter(login=login).exists():
        raise BadReport({"login": "login.taken"})


async def _has_administrator() -> bool:
    return await Staff.filter(active=True, roles__contains=[Role.ADMIN.value]).exists()


def _detail(post: Post) -> Mapping[str, Any]:
    return {
        "roles": post.roles,
        "department": post.department,
        "jurisdiction": post.jurisdiction,
        "kinds": sorted(post.kinds),
    }


def _name(by: Actor) -> str:
    return f"{by.kind.value}:{by.id}"
