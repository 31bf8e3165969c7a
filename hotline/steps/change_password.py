"""修改密码: by its owner, who knows the old one; every other session of the person ends."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from hotline.database import transaction
from hotline.errors import BadReport, NotFound, StepRefused
from hotline.policy.store import packs
from hotline.records import Staff
from hotline.rules.accounts import login_of, password_fault
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may
from hotline.rules.terms import Aggregate, Step
from hotline.steps.append import Chain, Happening, append
from hotline.steps.enrol import ACTIVE
from hotline.steps.hashing import hashed, matches
from hotline.steps.invite import check_above
from hotline.steps.sign_out import end_sessions


@dataclass(frozen=True, slots=True)
class NewPassword:
    """The old one and the new one; `session` is the token that stays signed in."""

    old: str = field(repr=False)
    new: str = field(repr=False)
    session: str = field(default="", repr=False)


async def change_password(ask: NewPassword, by: Actor, now: datetime) -> None:
    """BadReport for the new one, StepRefused("password.wrong") for the old one."""
    tenant_id = (await packs()).pack(by.jurisdiction).tenant
    staff = await Staff.get_or_none(tenant_id=tenant_id, id=UUID(by.id), active=True)
    if staff is None:
        raise NotFound("account")
    if fault := password_fault(staff.login, ask.new):
        raise BadReport({"new": fault})
    if not await matches(staff.password_hash, ask.old):
        raise StepRefused("password.wrong")
    await _write(staff, await hashed(ask.new), by, now)
    await end_sessions(tenant_id, staff.id, now, but=ask.session)


async def reset_password(login: str, by: Actor, now: datetime) -> str:
    """A password drawn by lot, to be handed over once; every session of the person ends."""
    check_may(Step.ENROL, by)
    staff = await Staff.get_or_none(login=login_of(login), active=True)
    if staff is None:
        raise NotFound("account")
    await check_above(staff.jurisdiction, by)
    drawn = secrets.token_urlsafe(15)
    await _write(staff, await hashed(drawn), by, now)
    await end_sessions(staff.tenant_id, staff.id, now)
    return drawn


async def _write(staff: Staff, password_hash: str, by: Actor, now: datetime) -> None:
    async with transaction():
        changed = await Staff.filter(
            tenant_id=staff.tenant_id, id=staff.id, version=staff.version
        ).update(password_hash=password_hash, version=staff.version + 1)
        if not changed:
            raise StepRefused("password.wrong")  # changed meanwhile: the old one is another now
        chain = Chain(staff.tenant_id, Aggregate.STAFF, staff.id)
        await append(chain, Happening(Step.CHANGE_PASSWORD, ACTIVE, by, now), {})
