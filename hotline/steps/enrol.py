"""建立人员账号: by an administrator at once, or by the invited person through a one-time link."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from hotline.database import rows, transaction
from hotline.errors import BadReport, NotFound
from hotline.records import Invite, Staff, new_id
from hotline.records.sealing import token_hash
from hotline.rules.accounts import account_faults, login_of
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may
from hotline.rules.terms import ActorKind, Aggregate, Step
from hotline.steps.append import Chain, Happening, append
from hotline.steps.hashing import hashed
from hotline.steps.invite import Post, check_login, check_post

ACTIVE = "active"


@dataclass(frozen=True, slots=True)
class Person:
    """Who signs in, and with what."""

    login: str
    name: str = field(repr=False)
    password: str = field(repr=False)


async def enrol(person: Person, post: Post, by: Actor, now: datetime) -> UUID:
    """An account with a password that somebody hands over. BadReport, NotAllowed."""
    check_may(Step.ENROL, by)
    tenant_id = await check_post(post, by)
    password_hash = await _checked(person)
    staff = _staff(new_id(), tenant_id, person, password_hash, now)
    staff.jurisdiction, staff.department = post.jurisdiction, post.department or None
    staff.roles = sorted(role.value for role in post.roles)
    staff.kinds = sorted(post.kinds)
    async with transaction():
        await _create(staff, by, now)
    return staff.id


async def accept_invite(token: str, login: str, name: str, password: str, now: datetime) -> UUID:
    """The invited person's own account; the link is then used up. BadReport, NotFound."""
    held = await _open_invite(token, now)
    person = Person(held.login or login, name, password)
    password_hash = await _checked(person)
    async with transaction():
        await _use_up(held, now)
        staff = _staff(held.id, held.tenant_id, person, password_hash, now)
        staff.jurisdiction, staff.department = held.jurisdiction, held.department
        staff.roles, staff.kinds = held.roles, held.kinds
        await _create(staff, Actor(ActorKind.STAFF, str(staff.id)), now)
    return staff.id


async def _checked(person: Person) -> str:
    """Faults before the hash: it is dear, and a refused form must not use up a link."""
    if found := account_faults(login_of(person.login), person.name, person.password):
        raise BadReport(found)
    return await hashed(person.password)


def _staff(
    staff_id: UUID, tenant_id: str, person: Person, password_hash: str, now: datetime
) -> Staff:
    return Staff(
        id=staff_id,
        tenant_id=tenant_id,
        login=login_of(person.login),
        name=person.name.strip(),
        password_hash=password_hash,
        created_at=now,
    )


async def _create(staff: Staff, by: Actor, now: datetime) -> None:
    await rows("SELECT pg_advisory_xact_lock(hashtext($1))", f"login:{staff.login}")
    await check_login(staff.login)
    await staff.save(force_create=True)
    detail = {"login": staff.login, "roles": staff.roles, "department": staff.department,
              "jurisdiction": staff.jurisdiction, "kinds": staff.kinds}  # fmt: skip
    chain = Chain(staff.tenant_id, Aggregate.STAFF, staff.id)
    await append(chain, Happening(Step.ENROL, ACTIVE, by, now), detail)


async def _open_invite(token: str, now: datetime) -> Invite:
    found = await Invite.get_or_none(
        token_hash=token_hash(token), used_at__isnull=True, expires_at__gt=now
    )
    if found is None:
        raise NotFound("invitation")
    return found


async def _use_up(invite: Invite, now: datetime) -> None:
    used = await Invite.filter(
        tenant_id=invite.tenant_id, id=invite.id, used_at__isnull=True
    ).update(used_at=now)
    if not used:
        raise NotFound("invitation")
