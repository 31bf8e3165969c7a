"""Whole lives of matters: registered, decided, signed, found, written, answered, closed, sought.

By the steps and look-ups of the service, as people at desks take them. All is made up（虚构）.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from uuid import UUID, uuid4

from hotline import database
from hotline.commands.benchmark.deciding import SEEDED, registered
from hotline.commands.drilling.made_up import Author, MadeUp
from hotline.errors import StepRefused
from hotline.lookups.search import search
from hotline.policy.store import packs
from hotline.records import Membership, WorkOrder
from hotline.records.rarity import Known, counted
from hotline.rules.actor import Actor
from hotline.rules.terms import ActorKind, Finding, OrderStage, Role, TextKind
from hotline.steps.answer import answer
from hotline.steps.close import close
from hotline.steps.decide import decide
from hotline.steps.dispatch import dispatch
from hotline.steps.find import Conclusion, find
from hotline.steps.holders import Holders
from hotline.steps.import_policy import import_packs
from hotline.steps.sign import sign
from hotline.steps.submit import submit
from hotline.steps.transition import Target
from hotline.steps.write import Writing, write

SIDE_BY_SIDE: Final = 4  # people at work at once
OFFICE: Final = ".environment"
BEGUN: Final = (OrderStage.OPENED, OrderStage.DISPATCHED)
ASKED: Final = 6  # characters of a title that somebody looks for
NAMED: Final = 3  # characters of a made-up firm's name
FIRST: Final = 0x5200  # of 256 characters, whatever they mean
TEXT: Final = "经现场检查（虚构），该厂已停产整改，周边气味已消除，感谢您对环境保护工作的支持。" * 4


@dataclass
class Lives:
    """Matters of one tenant, one after the other, several at once."""

    tenant_id: str
    counties: list[tuple[str, str]]
    author: Author
    known: Known
    whole: int = 0  # lived to their end
    broken: list[str] = field(default_factory=list)  # joined another, or waits at the triage desk

    async def lived(self, count: int) -> int:
        """So many new ones; how many of them lived their whole life."""
        before = self.whole
        work = iter(range(count))
        await asyncio.gather(*(self._line(work) for _ in range(SIDE_BY_SIDE)))
        return self.whole - before

    async def _line(self, work: Iterator[int]) -> None:
        for _ in work:
            await self._one(_of_its_own(self.author.report()))

    async def _one(self, made: MadeUp) -> None:
        request_id = await registered(self.tenant_id, made, chosen=True)
        stage = await decide(self.tenant_id, request_id, _now(), self.known)
        order = await self._order_of(request_id)
        if order is None or order.stage not in BEGUN:
            self.broken.append(str(order.stage if order else stage))
            return
        try:
            await self._handled(order, made.county)
        except StepRefused as refusal:  # its words may accuse the very department
            self.broken.append(refusal.key)
            return
        await search(_somebody(order.jurisdiction, Role.REVIEWER), made.title[:ASKED])
        self.whole += 1

    async def _order_of(self, request_id: UUID) -> WorkOrder | None:
        member = await Membership.get_or_none(
            tenant_id=self.tenant_id, request_id=request_id, to_at__isnull=True
        )
        return await WorkOrder.get(tenant_id=self.tenant_id, id=member.order_id) if member else None

    async def _handled(self, order: WorkOrder, county: str) -> None:
        """By the county's own department where the rules name none."""
        target, lead = Target(order.tenant_id, order.id), order.lead or f"{county}{OFFICE}"
        by = _somebody(order.jurisdiction, Role.HANDLER, lead)
        reviewer = _somebody(order.jurisdiction, Role.REVIEWER)
        if order.stage == OrderStage.OPENED:
            chief = _somebody(order.jurisdiction, Role.SUPERVISOR)
            await dispatch(target, Holders(lead), by=chief, now=_now())
        await sign(target, by=by, now=_now())
        await find(target, Conclusion(Finding.TRUE, remark=TEXT), by=by, now=_now())
        for kind in TextKind:
            await write(target, Writing(kind, TEXT), by=by, now=_now())
        await submit(target, by=by, now=_now())
        await answer(target, by=reviewer, now=_now())
        await close(target, by=reviewer, now=_now())


def _of_its_own(made: MadeUp) -> MadeUp:
    """About a firm that nobody has named: what is like another waits for a person."""
    fresh = "".join(chr(FIRST + byte) for byte in uuid4().bytes[-NAMED:])
    named = made.title[:NAMED]
    return made._replace(title=fresh + made.title[NAMED:], text=made.text.replace(named, fresh))


@asynccontextmanager
async def living() -> AsyncIterator[Lives]:
    """In the scratch database at hand, in the last of the tenants."""
    await database.connect()
    try:
        await import_packs(_now())
        root = (await packs()).tenants()[-1]
        counties = [(one.code, one.name) for one in root.gazetteer.counties()]
        yield Lives(root.tenant, counties, Author(counties, SEEDED), await counted())
    finally:
        await database.disconnect()


def _somebody(jurisdiction: str, role: Role, department: str = "") -> Actor:
    who = str(uuid4())
    return Actor(ActorKind.STAFF, who, frozenset({role}), department, jurisdiction, "某某（虚构）")


def _now() -> datetime:
    return datetime.now(UTC)
