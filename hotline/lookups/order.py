"""One 工单 as a desk sees it: header, terms, reports, texts, history, and what may be done now."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from hotline.asking import together
from hotline.database import rows
from hotline.errors import NotAllowed, NotFound
from hotline.lookups.charged import Charged, charged, hand
from hotline.lookups.history import Line, order_history
from hotline.lookups.names import Named, department, kind_names, pack_of, place_label, trade_named
from hotline.lookups.order_texts import PublicationView, TextView, publications, texts
from hotline.lookups.report import ReportView, as_seen, reports
from hotline.lookups.routing import WhyView, why
from hotline.lookups.terms import Left, TermView, left, terms
from hotline.policy.pack import Pack
from hotline.policy.sight import sight_of
from hotline.records import WorkOrder
from hotline.records.recused import is_recused
from hotline.rules.actor import Actor
from hotline.rules.numbering import asked
from hotline.rules.permits import OrderFacts, permitted
from hotline.rules.sight import Sight, is_lead
from hotline.rules.terms import Duty, Finding, OrderStage, Step, TextKind

MOST_REPORTS: Final = 30  # of a matter with more, the first and the newest are shown
OBJECTION: Final = "objection"

MEMBERS: Final = """
SELECT request_id FROM membership WHERE tenant_id = $1 AND order_id = $2 AND to_at IS NULL
ORDER BY relation <> 'first', from_at DESC LIMIT $3
"""

HELD: Final = """
SELECT department, duty, to_at FROM held WHERE tenant_id = $1 AND order_id = $2 ORDER BY from_at
"""
NUMBER: Final = "SELECT number FROM work_order WHERE tenant_id = $1 AND id = $2"


@dataclass(frozen=True, slots=True)
class OrderView:
    """Everything on the page of one order. `id` is for the steps and never leaves the house."""

    id: UUID
    tenant_id: str
    number: str
    version: int
    stage: OrderStage
    title: str
    emergency: bool
    historical: bool
    county: str | None
    township: str | None
    place: str
    kinds: tuple[Named, ...]
    industry: Named | None
    lead: Named | None
    co: tuple[Named, ...]
    leads: bool
    opened_at: datetime
    dispatched_at: datetime | None
    signed_at: datetime | None
    answered_at: datetime | None
    closed_at: datetime | None
    left: Left | None
    terms: tuple[TermView, ...]
    finding: Finding | None
    ruled: bool
    redo_count: int
    redo_wanted: bool
    report_count: int
    earlier: str
    interim_left: str
    archived_at: datetime | None
    keep_until: date | None
    reports: tuple[ReportView, ...]
    texts: Mapping[TextKind, TextView]
    publications: tuple[PublicationView, ...]
    steps: tuple[Step, ...]
    history: tuple[Line, ...]
    also: tuple[Named, ...]  # further counties of a cross-boundary matter
    why: WhyView | None
    handler: str = ""  # 经办人
    charged: tuple[Charged, ...] = ()


async def seen_order(by: Actor, number: str) -> tuple[str, UUID]:
    """Tenant and id of an order that this person may see. NotFound."""
    sight = await sight_of(by)
    found = await WorkOrder.get_or_none(tenant_id=sight.tenant_id, number=asked(number))
    if found is None or not sight.covers(found.tenant_id, found.jurisdiction):
        raise NotFound("order")
    if not sight.holds((await _held(found)).keys()) or not _takes(sight, found):
        raise NotFound("order")
    return found.tenant_id, found.id


async def order(by: Actor, number: str, now: datetime) -> OrderView:
    """NotFound for an order that is not there, or that this person has nothing to do with."""
    sight = await sight_of(by)
    found = await WorkOrder.get_or_none(tenant_id=sight.tenant_id, number=asked(number))
    if found is None or not sight.covers(found.tenant_id, found.jurisdiction):
        raise NotFound("order")
    async with together():
        held, view, recused, handler, times = await asyncio.gather(
            _held(found),
            _view(found, by, now),
            is_recused(found.tenant_id, found.id, by),
            hand(found.tenant_id, found.handler_id),
            charged(await pack_of(found.jurisdiction), found.tenant_id, found.id, now),
        )
    if not sight.holds(held.keys()) or not _takes(sight, found):
        raise NotFound("order")
    if recused:  # 回避
        raise NotAllowed("recused")
    co = _assisting(held, await pack_of(found.jurisdiction))
    return replace(view, co=co, handler=handler, charged=times)


def _takes(sight: Sight, order: WorkOrder) -> bool:
    return sight.takes(order.kinds, order.handler_id)


async def _held(order: WorkOrder) -> dict[str, Duty]:
    """Who holds it now; of a closed one, who held it last."""
    every = await rows(HELD, order.tenant_id, order.id)
    now = [one for one in every if one["to_at"] is None]
    last = max((one["to_at"] for one in every if one["to_at"]), default=None)
    current = now or [one for one in every if one["to_at"] == last]
    return {one["department"]: Duty(one["duty"]) for one in current}


def _assisting(held: Mapping[str, Duty], pack: Pack) -> tuple[Named, ...]:
    return tuple(department(pack, code) for code, duty in held.items() if duty is Duty.CO)


async def _view(order: WorkOrder, by: Actor, now: datetime) -> OrderView:
    pack, tenant = await pack_of(order.jurisdiction), order.tenant_id
    (shown, history), written, public, running, earlier, reasons = await asyncio.gather(
        _reports(order, pack, now),
        texts(tenant, order.id),
        publications(tenant, order.id),
        terms(pack, tenant, order.id, now),
        _earlier(order),
        why(pack, tenant, order.id),
    )
    return OrderView(
        **_columns(order),
        **_names(order, pack),
        co=(),
        stage=OrderStage(order.stage),
        leads=is_lead(by, order.lead),
        left=left(pack, order.next_due_at, now),
        terms=running,
        finding=Finding(order.finding) if order.finding else None,
        redo_wanted=_redo_wanted(order, shown),
        earlier=earlier,
        reports=tuple(as_seen(by, one) for one in shown),
        texts=written,
        publications=public,
        steps=permitted(_facts(order, written, public, running), by),
        history=history,
        why=reasons,
    )


COLUMNS: Final = (
    "id", "tenant_id", "number", "version", "title", "emergency", "historical", "county",
    "township", "opened_at", "dispatched_at", "signed_at", "answered_at", "closed_at", "ruled",
    "redo_count", "report_count", "interim_left", "archived_at", "keep_until",
)  # fmt: skip


def _columns(order: WorkOrder) -> dict[str, Any]:
    return {name: getattr(order, name) for name in COLUMNS}


def _names(order: WorkOrder, pack: Pack) -> dict[str, Any]:
    return {
        "place": place_label(pack, order.county, order.township),
        "also": tuple(Named(code, place_label(pack, code, None)) for code in order.also),
        "kinds": kind_names(pack, order.kinds),
        "industry": trade_named(pack, order.industry),
        "lead": department(pack, order.lead) if order.lead else None,
    }


def _redo_wanted(order: WorkOrder, shown: tuple[ReportView, ...]) -> bool:
    """Somebody who rated the answer that stands asked for it."""
    since = order.answered_at
    ratings = [rating for report in shown for rating in report.ratings]
    return since is not None and any(one.wants_redo and one.at >= since for one in ratings)


async def _reports(
    order: WorkOrder, pack: Pack, now: datetime
) -> tuple[tuple[ReportView, ...], tuple[Line, ...]]:
    """Those that are shown, and what happened to the order and to them."""
    tenant = order.tenant_id
    members = [one["request_id"] for one in await rows(MEMBERS, tenant, order.id, MOST_REPORTS)]
    return await asyncio.gather(
        reports(tenant, members, now), order_history(pack, tenant, order.id, members)
    )


async def _earlier(order: WorkOrder) -> str:
    if order.earlier_order_id is None:
        return ""
    before = await rows(NUMBER, order.tenant_id, order.earlier_order_id)
    return str(before[0]["number"])


def _facts(
    order: WorkOrder,
    written: Mapping[TextKind, TextView],
    public: tuple[PublicationView, ...],
    running: tuple[TermView, ...],
) -> OrderFacts:
    to_object = [term for term in running if term.scheme == OBJECTION and not term.outcome]
    return OrderFacts(
        stage=OrderStage(order.stage),
        lead=order.lead,
        may_object=not order.ruled and any(not term.left.overdue for term in to_object),
        writers={text.writer_id for text in written.values()},
        is_disclosed=any(one.stage != "retracted" for one in public),
        archived=order.archived_at is not None,
    )
