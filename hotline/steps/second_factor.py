"""两步验证: an authenticator beside the password: offered, confirmed, asked for, taken away."""

import os
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from hotline.database import transaction
from hotline.errors import NotFound, StepRefused
from hotline.policy.store import NATIONAL
from hotline.records import SecondFactor, Staff, StaffSession
from hotline.records.sealing import kek_envelope, token_hash
from hotline.rules.accounts import login_of
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may
from hotline.rules.terms import ActorKind, Aggregate, Step
from hotline.rules.totp import plain_code, step_that_fits
from hotline.steps.append import Chain, Happening, append
from hotline.steps.attempt import Bucket, Limit, count_attempt
from hotline.steps.invite import check_above
from hotline.steps.sign_in import LIFE
from hotline.steps.sign_out import end_sessions

SECRET_BYTES: Final = 20
CODES: Final = 10
FIELD: Final = "totp"
TRIES: Final = Limit(10, timedelta(minutes=15))
NO_CODE: Final = "factor.wrong"


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose authenticator it is."""

    tenant_id: str
    id: UUID

    @property
    def actor(self) -> Actor:
        """The person, who does this alone."""
        return Actor(ActorKind.STAFF, str(self.id))


async def offer_factor(owner: Owner, now: datetime) -> bytes:
    """A secret to be put into an authenticator; the same one until it is confirmed."""
    async with transaction():
        await _locked(owner)
        found = await _of(owner)
        if found is None:
            envelope = kek_envelope(owner.tenant_id, owner.id)
            found = await SecondFactor.create(
                tenant_id=owner.tenant_id,
                staff_id=owner.id,
                kek_id=envelope.kek_id,
                secret=envelope.seal(FIELD, os.urandom(SECRET_BYTES)),
                made_at=now,
            )
        if found.confirmed_at:
            raise StepRefused("factor.stands")
        return _secret(found)


async def confirm_factor(owner: Owner, typed: str, now: datetime) -> tuple[str, ...]:
    """In force from the first right code on; the recovery codes, told this once."""
    async with transaction():
        await _locked(owner)
        found = await _of(owner)
        if found is None or found.confirmed_at:
            raise StepRefused("factor.stands" if found else NO_CODE)
        step = step_that_fits(_secret(found), plain_code(typed), now, found.last_step)
        if step is None:
            raise StepRefused(NO_CODE)
        codes = tuple(secrets.token_hex(5) for _ in range(CODES))
        found.confirmed_at, found.last_step = now, step
        found.recovery = [_hash(owner, code) for code in codes]
        await found.save(update_fields=["confirmed_at", "last_step", "recovery"])
        await _note(owner, "on", owner.actor, now)
    return codes


async def pass_factor(token: str, typed: str, now: datetime) -> None:
    """A session that had the password alone stands from now on. StepRefused, TooMany."""
    session = await _waiting(token, now)
    owner = Owner(session.tenant_id, session.staff_id)
    await count_attempt(Bucket(NATIONAL, "second_factor", str(owner.id)), TRIES, now)
    async with transaction():
        await _locked(owner)
        await _use(owner, typed, now)
        await _stand(session, now)


async def let_through(token: str, now: datetime) -> None:
    """Right after the authenticator was confirmed no second code is asked."""
    session = await _waiting(token, now)
    found = await _of(Owner(session.tenant_id, session.staff_id))
    if found is None or found.confirmed_at != now:
        raise StepRefused(NO_CODE)
    await _stand(session, now)


async def drop_factor(owner: Owner, typed: str, now: datetime) -> None:
    """By its owner, who shows a code of it."""
    await count_attempt(Bucket(NATIONAL, "second_factor", str(owner.id)), TRIES, now)
    async with transaction():
        await _locked(owner)
        await _use(owner, typed, now)
        await SecondFactor.filter(tenant_id=owner.tenant_id, staff_id=owner.id).delete()
        await _note(owner, "off", owner.actor, now)


async def reset_factor(login: str, by: Actor, now: datetime) -> None:
    """By an administrator, for who lost the telephone; all sessions of the person end."""
    check_may(Step.SECOND_FACTOR, by)
    async with transaction():
        staff = await Staff.get_or_none(login=login_of(login), active=True)
        if staff is None:
            raise NotFound("account")
        await check_above(staff.jurisdiction, by)
        owner = Owner(staff.tenant_id, staff.id)
        await _locked(owner)
        await SecondFactor.filter(tenant_id=owner.tenant_id, staff_id=owner.id).delete()
        await end_sessions(owner.tenant_id, owner.id, now)
        await _note(owner, "off", by, now)


async def _use(owner: Owner, typed: str, now: datetime) -> None:
    """A code of the authenticator, or one of the recovery codes: each is taken once."""
    found = await _of(owner)
    if found is None or found.confirmed_at is None:
        raise StepRefused(NO_CODE)
    held = SecondFactor.filter(tenant_id=owner.tenant_id, id=found.id)
    code, spare = plain_code(typed), _hash(owner, "".join(typed.split()).lower())
    if code and (step := step_that_fits(_secret(found), code, now, found.last_step)):
        await held.update(last_step=step)
    elif spare in found.recovery:
        left = [one for one in found.recovery if one != spare]
        await held.update(recovery=left)
        await _note(owner, "recovery", owner.actor, now, left=len(left))
    else:
        raise StepRefused(NO_CODE)


async def _waiting(token: str, now: datetime) -> StaffSession:
    found = await StaffSession.get_or_none(
        token_hash=token_hash(token), revoked_at__isnull=True, expires_at__gt=now, passed=False
    )
    if found is None:
        raise NotFound("session")
    return found


async def _stand(session: StaffSession, now: datetime) -> None:
    held = StaffSession.filter(tenant_id=session.tenant_id, id=session.id)
    await held.update(passed=True, seen_at=now, expires_at=now + LIFE)


async def _of(owner: Owner) -> SecondFactor | None:
    return await SecondFactor.get_or_none(tenant_id=owner.tenant_id, staff_id=owner.id)


async def _locked(owner: Owner) -> None:
    """One at a time; whoever has left needs no authenticator."""
    held = Staff.filter(tenant_id=owner.tenant_id, id=owner.id, active=True)
    if await held.select_for_update().first() is None:
        raise NotFound("account")


def _secret(found: SecondFactor) -> bytes:
    envelope = kek_envelope(found.tenant_id, found.staff_id, found.kek_id)
    return envelope.unseal(FIELD, found.secret)


def _hash(owner: Owner, code: str) -> str:
    return token_hash(f"recovery:{owner.id}:{code}").hex()


async def _note(owner: Owner, stage: str, by: Actor, now: datetime, **detail: int) -> None:
    chain = Chain(owner.tenant_id, Aggregate.STAFF, owner.id)
    await append(chain, Happening(Step.SECOND_FACTOR, stage, by, now), detail)
