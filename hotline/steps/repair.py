"""修复: what no door could take becomes a report by a person's hand, or is set aside with a reason.

The raw words are shown for a stated reason alone, and every look is noted.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from hotline.database import row, rows
from hotline.errors import NotAllowed, StepRefused
from hotline.rules.actor import Actor
from hotline.rules.report import Delivery, Report
from hotline.rules.terms import Role, Step
from hotline.rules.wording import reason
from hotline.steps.attempt import Bucket, Limit, count_attempt
from hotline.steps.intake_rows import body_hash
from hotline.steps.register import Receipt, register
from hotline.steps.unmask import OF_A_PERSON

MENDERS: Final = frozenset({Role.TRIAGE, Role.SUPERVISOR})
LONGEST_NOTE: Final = 200
LOOKS: Final[Limit] = OF_A_PERSON

MADE: Final = """
SELECT r.id, r.number, r.registered_at FROM held_delivery h JOIN service_request r
  ON r.tenant_id = h.tenant_id AND r.id = h.request_id
WHERE h.tenant_id = $1 AND h.channel = $2 AND h.delivery_id = $3 AND h.body_hash = $4
"""
HASH: Final = "SELECT body_hash FROM held_delivery WHERE tenant_id = $1 AND id = $2"
# what fails for the same cause of the same sender's under the same id is the same thing
SETTLE: Final = """
UPDATE held_delivery SET resolved_at = $3, resolved_by = $4, request_id = $5, note = $6
WHERE tenant_id = $1 AND id = $2 AND resolved_at IS NULL RETURNING id
"""
LOOK: Final = """
UPDATE held_delivery SET looks = looks || $3::jsonb WHERE tenant_id = $1 AND id = $2
"""


@dataclass(frozen=True, slots=True)
class HeldOne:
    """Which delivery is mended, and how its sender knows it."""

    tenant_id: str
    id: UUID
    channel: str
    delivery_id: str


async def made_into(tenant_id: str, delivery: Delivery) -> Receipt | None:
    """The report that a person has made of this very delivery."""
    same = body_hash(tenant_id, delivery.body)
    found = await row(MADE, tenant_id, delivery.channel, delivery.delivery_id, same)
    if found is None:
        return None
    return Receipt(found["id"], found["number"], found["registered_at"], again=True)


async def repair(
    held: HeldOne, report: Report, sent: bytes, *, by: Actor, now: datetime
) -> Receipt:
    """Registered in the sender's name, once: a second person finds it settled. BadReport."""
    _check(by)
    mark = await row(HASH, held.tenant_id, held.id)
    if mark is None:
        raise StepRefused("repair.gone")
    # of its own: under the sender's id something else may have been registered meanwhile
    name = f"{held.delivery_id[:120]}#{mark['body_hash'].hex()[:16]}"
    delivery = Delivery(held.channel, name, mark["body_hash"], strict=False, sent=sent)
    receipt = await register(report, delivery, by=by, now=now)
    await _settle(held, by, now, (receipt.request_id, None))
    return receipt


async def set_aside(held: HeldOne, why: str, *, by: Actor, now: datetime) -> None:
    """No report: a trial, a repeat of what was mended. It stays sealed, with the reason."""
    _check(by)
    said = reason(why)
    if len(said) > LONGEST_NOTE:
        raise StepRefused("reason.too_long", most=LONGEST_NOTE)
    await _settle(held, by, now, (None, said))


async def look(held: HeldOne, why: str, *, by: Actor, now: datetime) -> None:
    """Noted before the words are handed out; so many in half a day and no more."""
    _check(by)
    said = {"by": by.name or by.id, "at": now.isoformat(timespec="seconds"), "why": reason(why)}
    await count_attempt(Bucket(held.tenant_id, "unmask", by.id), LOOKS, now)
    await rows(LOOK, held.tenant_id, held.id, json.dumps([said], ensure_ascii=False))


async def _settle(
    held: HeldOne, by: Actor, now: datetime, made: tuple[UUID | None, str | None]
) -> None:
    done = await row(SETTLE, held.tenant_id, held.id, now, by.id, *made)
    if done is None and made[0] is None:
        raise StepRefused("repair.gone")


def _check(by: Actor) -> None:
    if not by.roles & MENDERS:
        raise NotAllowed(Step.REGISTER.value)
