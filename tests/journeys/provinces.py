"""Packs an authority turned on or wrote, and a report walked to its public answer under them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg

from hotline.policy.store import forget
from hotline.records import Publication, WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.terms import ActorKind, Finding, Role
from hotline.steps.answer import answer
from hotline.steps.close import close
from hotline.steps.decide import decide
from hotline.steps.disclose import Proposal, approve, propose
from hotline.steps.find import Conclusion, find
from hotline.steps.import_policy import import_packs
from hotline.steps.sign import sign
from hotline.steps.submit import submit
from hotline.steps.write import Writing, write
from tests.steps.builders import NOW, registered
from tests.steps.desk import TEXTS, at

LATER = NOW + timedelta(hours=1)
TOLD = Proposal("某企业异味问题", "群众反映一家企业气味难闻。", "经查，收集设施有破损，已修复。")


@asynccontextmanager
async def in_force(folder: Path, owner_url: str) -> AsyncIterator[list[str]]:
    """The packs of a folder beside those imported; gone again afterwards."""
    before = datetime.now(UTC)
    added = await import_packs(before, folder)
    try:
        yield added
    finally:
        owner = await asyncpg.connect(owner_url)
        try:
            await owner.execute("DELETE FROM policy_version WHERE imported_at = $1", before)
        finally:
            await owner.close()
        forget()


async def order_from(tenant: str, code: str, text: str) -> WorkOrder:
    """The order that a report opens."""
    receipt = await registered(text, tenant_id=tenant, jurisdiction=code)
    await decide(tenant, receipt.request_id, NOW)
    return await WorkOrder.get(tenant_id=tenant, first_request_id=receipt.request_id)


async def made_public(order: WorkOrder) -> Publication:
    """Handled by its own desk, reviewed, closed, and told to everybody."""
    handler = _staff(order, Role.HANDLER, department=order.lead or "")
    reviewer = _staff(order, Role.REVIEWER)
    await sign(at(order), by=handler, now=LATER)
    await find(at(order), Conclusion(Finding.TRUE), by=handler, now=LATER)
    for kind, text in TEXTS.items():
        await write(at(order), Writing(kind, text), by=handler, now=LATER)
    await submit(at(order), by=handler, now=LATER)
    await answer(at(order), by=reviewer, now=LATER)
    await close(at(order), by=reviewer, now=LATER)
    number = await propose(at(order), TOLD, by=handler, now=LATER)
    await approve(order.tenant_id, number, by=_staff(order, Role.PUBLISHER), now=LATER)
    return await Publication.get(tenant_id=order.tenant_id, number=number)


def _staff(order: WorkOrder, role: Role, department: str = "") -> Actor:
    who = f"{order.jurisdiction}-{role}"
    return Actor(ActorKind.STAFF, who, frozenset({role}), department, order.jurisdiction, who)
