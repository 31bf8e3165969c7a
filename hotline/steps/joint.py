"""联合处置: another province is asked to handle its part of a matter, by an order of its own.

What goes along is what a person wrote for it: no report's words, nothing of any reporter. Over
there it is a report like any other, decided by that province's own rules.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from hotline.database import row, rows
from hotline.errors import HotlineError, PolicyGap, StepRefused
from hotline.policy.pack import Pack
from hotline.policy.store import packs
from hotline.records import JointHandling, WorkOrder, new_id
from hotline.rules.actor import Actor
from hotline.rules.canonical import canonical_json
from hotline.rules.report import SHORTEST_TEXT, Delivery, Report, Story
from hotline.rules.terms import ActorKind, Channel, Step, Wish
from hotline.rules.wording import letter
from hotline.steps.desk import desk_transition, pack_of
from hotline.steps.referral_words import own_words
from hotline.steps.register import register
from hotline.steps.transition import Target

SERVICE: Final = Actor(ActorKind.SYSTEM, "joint")
LONGEST: Final = 2000
SOON: Final = timedelta(seconds=30)  # whoever asked hands it over; later the clock does
ASKED: Final = """
SELECT 1 FROM joint_handling WHERE tenant_id = $1 AND order_id = $2 AND peer_jurisdiction = $3
"""
PAGE: Final = 50
WAITING: Final = """
SELECT tenant_id, id FROM joint_handling WHERE handed_at IS NULL AND at <= $1
ORDER BY coalesce(tried_at, at), id LIMIT $2
"""
# one statement: handed over is told once, on both sides or on none
HANDED: Final = """
WITH told AS (UPDATE joint_handling SET handed_at = $4, peer_number = $3
  WHERE tenant_id = $1 AND id = $2 AND handed_at IS NULL RETURNING id)
INSERT INTO joint_handling (id, tenant_id, request_id, peer_tenant, peer_jurisdiction, peer_number,
  county, text, by, at, handed_at)
SELECT $5, $6, $7, $1, $8, $9, $10, $11, $12, $4, $4 FROM told
"""


@dataclass(frozen=True, slots=True)
class Joint:
    """Which jurisdiction, which of its counties ("" = open), and what it is to know."""

    jurisdiction: str
    county: str
    text: str


async def ask_joint(target: Target, ask: Joint, *, by: Actor, now: datetime) -> UUID:
    """One row, handed over at once or by the clock. StepRefused when the text betrays somebody."""
    pack, text = await _peer(target.tenant_id, ask), letter(ask.text)[:LONGEST]
    if len(text) < SHORTEST_TEXT:  # over there it would be no report
        raise StepRefused("text.too_short", least=SHORTEST_TEXT)
    async with desk_transition(target, Step.JOINT, by, now) as change:
        order = change.order
        text = await own_words(text, order, await pack_of(order))
        if await row(ASKED, order.tenant_id, order.id, pack.code):
            raise StepRefused("joint.already")
        asked = await JointHandling.create(
            id=new_id(),
            tenant_id=order.tenant_id,
            order_id=order.id,
            peer_tenant=pack.tenant,
            peer_jurisdiction=pack.code,
            county=ask.county or None,
            text=text,
            by=by.id,
            at=now,
        )
        change.detail |= {"jurisdiction": pack.code, "reason": text}
    await hand_over(order.tenant_id, asked.id, now)
    return UUID(str(asked.id))


async def hand_over(tenant_id: str, joint_id: UUID, now: datetime) -> None:
    """A report over there, however often it is tried."""
    asked = await JointHandling.get(tenant_id=tenant_id, id=joint_id)
    if asked.handed_at is not None:
        return
    order = await WorkOrder.get(tenant_id=tenant_id, id=asked.order_id)
    report = Report(
        tenant_id=asked.peer_tenant,
        jurisdiction=asked.peer_jurisdiction,
        channel=Channel.PARTNER,
        wish=Wish.REPORT,
        story=Story(text=asked.text),
        county=asked.county,
        kinds=tuple(order.kinds),
        foreign_number=order.number,
        partner_received_at=now,
    )
    body = canonical_json({"number": order.number, "text": asked.text})
    # two jurisdictions of one province may both be asked about the same order
    once = f"{order.number}:{asked.peer_jurisdiction}"
    delivery = Delivery(f"joint:{order.jurisdiction}", once, body)
    receipt = await register(report, delivery, by=SERVICE, now=now)
    await rows(
        HANDED, tenant_id, joint_id, receipt.number, now, new_id(), asked.peer_tenant,
        receipt.request_id, order.jurisdiction, order.number, asked.county, asked.text, asked.by,
    )  # fmt: skip


async def hand_over_waiting(now: datetime) -> tuple[int, int]:
    """What a process that ended in between has left: how many went, how many could not."""
    handed, stuck = 0, 0
    for one in await rows(WAITING, now - SOON, PAGE):
        try:
            await hand_over(one["tenant_id"], one["id"], now)
            handed += 1
        except HotlineError:  # nobody else waits for it
            await JointHandling.filter(**one).update(tried_at=now)
            stuck += 1
    return handed, stuck


async def _peer(tenant_id: str, ask: Joint) -> Pack:
    """A province of this installation other than the own; within one, an order goes on as it is."""
    try:
        pack = (await packs()).pack(ask.jurisdiction)
    except PolicyGap:
        raise StepRefused("joint.nowhere") from None
    if pack.tenant == tenant_id or not pack.serves:
        raise StepRefused("joint.nowhere")
    return pack
