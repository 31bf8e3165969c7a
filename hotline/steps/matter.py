"""Opening, joining and dispatching a matter: what a decision writes, inside the matter lock."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hotline.errors import StepRefused
from hotline.policy.pack import Pack
from hotline.policy.routes import by_table, explained, facts_of
from hotline.records import Held, Membership, ServiceRequest, WorkOrder, new_id
from hotline.records.writing import add, fresh, put
from hotline.rules.accepting import accepting_body
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import OVER, next_order_stage
from hotline.rules.recusal import OFFICE_ACCUSED
from hotline.rules.routing import Routed
from hotline.rules.terms import Aggregate, Duty, OrderStage, Relation, Step
from hotline.steps.append import Chain, Happening, append, begin
from hotline.steps.clocks import start_order_clocks
from hotline.steps.flag_sensitive import flag_sensitive
from hotline.steps.handed import handed_to
from hotline.steps.matters import blames_lead, matter_from
from hotline.steps.numbers import fresh_number
from hotline.steps.outbox import raise_alarm, tell_department, tell_of_growth
from hotline.steps.recused import check_not_recused
from hotline.steps.transition import OrderChange, Target, locked_order, save_order


@dataclass(frozen=True, slots=True)
class Deciding:
    """One decision under way: for which report, under which pack, by whom and when."""

    request: ServiceRequest
    pack: Pack
    by: Actor
    now: datetime
    since: datetime | None = None  # 拆出: the acceptance that its terms and age count from


@dataclass(frozen=True, slots=True)
class Tie:
    """How a report belongs to an order, why, and which report of it it was like."""

    relation: Relation
    reasons: tuple[str, ...] = ()
    like: UUID | None = None


async def open_order(at: Deciding, earlier: UUID | None = None) -> WorkOrder:
    """立单: a new order with this report as its first, dispatched if the pack knows to whom."""
    request = at.request
    order = WorkOrder(
        id=new_id(),
        tenant_id=request.tenant_id,
        jurisdiction=at.pack.code,
        number=fresh_number(f"{_prefix(at)}G", at.now),
        stage=OrderStage.OPENED.value,
        county=request.county,
        township=request.township,
        also=request.also,
        kinds=request.kinds,
        industry=request.industry,
        title=request.title,
        emergency=bool(request.emergency),
        first_request_id=request.id,
        earlier_order_id=earlier,
        opened_at=request.registered_at if request.historical else at.since or at.now,
        historical=request.historical,
    )
    chain = Chain(order.tenant_id, Aggregate.ORDER, order.id)
    await add(order)
    begin(chain)
    detail = {"number": order.number, "first": request.id, "earlier": earlier}
    await append(chain, Happening(Step.OPEN, OrderStage.OPENED, at.by, at.now), detail)
    await bind(at, order.id, Tie(Relation.FIRST))
    await start_order_clocks(order, at.pack, Step.ACCEPT, at.since or at.now)
    await put(order)
    if order.emergency:
        await raise_alarm(order, at.now)
    if not order.historical:
        await dispatch_by_table(at, order)
    await flag_sensitive(order, request, at.pack, at.now)
    return order


def _prefix(at: Deciding) -> str:
    """分别受理: an accepting body counts its own orders."""
    body = at.pack.accepting.get(at.request.body or "")
    return body.prefix if body else at.pack.prefix


async def join_order(at: Deciding, order_id: UUID, tie: Tie) -> WorkOrder:
    """并单: the report becomes a member; events stay where they happened."""
    order = await locked_order(Target(at.request.tenant_id, order_id))
    await check_not_recused(order.tenant_id, order.id, at.by)
    if OrderStage(order.stage) in OVER:  # closed since it was looked up
        raise StepRefused("join.order_over", order=order.number)
    if blames_lead(at.request, order, at.pack):  # 回避: it would be handled by whom it is about
        raise StepRefused("join.accused", order=order.number)
    change = OrderChange(order, at.by, at.now, next_order_stage(OrderStage(order.stage), Step.JOIN))
    order.report_count += 1
    if at.request.emergency and not order.emergency:
        await raise_alarm(order, at.now)
    order.emergency = order.emergency or bool(at.request.emergency)
    order.kinds = list(dict.fromkeys([*order.kinds, *at.request.kinds]))
    change.detail |= {
        "request": at.request.id,
        "relation": tie.relation,
        "reasons": tie.reasons,
    }
    await bind(at, order_id, tie)
    await save_order(change, Step.JOIN)
    await flag_sensitive(order, at.request, at.pack, at.now)
    if order.lead:
        await tell_of_growth(order, order.lead, at.now, number=order.number)
    return order


async def bind(at: Deciding, order_id: UUID, tie: Tie) -> None:
    """One open membership a report."""
    member = Membership(
        id=new_id(),
        tenant_id=at.request.tenant_id,
        request_id=at.request.id,
        order_id=order_id,
        relation=tie.relation.value,
        reasons=list(tie.reasons),
        like_id=tie.like,
        by=f"{at.by.kind.value}:{at.by.id}",
        from_at=at.now,
    )
    await add(member)


async def dispatch_by_table(at: Deciding, order: WorkOrder) -> Routed:
    """交办 by the pack's table; without an answer the order waits at the triage desk.

    So does what is about an office: the table might hand it to those it is about (回避).
    """
    pack = at.pack
    facts = facts_of(pack, matter_from(order, at.request))
    answer = by_table(pack, facts)
    if answer.lead is None or not order.county or at.request.triage_cause == OFFICE_ACCUSED:
        return answer  # without a place a person must look, whatever the table says
    if not await _is_of_body(at.request, pack, answer.lead):
        return answer  # 移交受理: the body that has it now says who handles it
    stage = next_order_stage(OrderStage(order.stage), Step.DISPATCH)
    change = OrderChange(order, at.by, at.now, stage)
    change.detail |= {"why": answer.why, "source": answer.source}
    change.detail["route"] = explained(pack, facts, answer)
    await hand_over(change, answer.lead, answer.co)
    await start_order_clocks(order, pack, Step.DISPATCH, at.now)
    await save_order(change, Step.DISPATCH)
    return answer


async def _is_of_body(request: ServiceRequest, pack: Pack, lead: str) -> bool:
    handed = await handed_to(request, pack)
    return handed is None or accepting_body(pack.accepting, pack.departments, lead) == handed


async def hand_over(change: OrderChange, lead: str, co: tuple[str, ...]) -> None:
    """Give the order to 主办 and 协办 from now on; whoever held it before is relieved."""
    order, now = change.order, change.now
    if fresh(Held, order.id) is None:
        before = Held.filter(tenant_id=order.tenant_id, order_id=order.id, to_at=None)
        await before.update(to_at=now)
    for department, duty in [(lead, Duty.LEAD), *((one, Duty.CO) for one in co)]:
        held = Held(
            id=new_id(),
            tenant_id=order.tenant_id,
            order_id=order.id,
            department=department,
            duty=duty.value,
            from_at=now,
        )
        await add(held)
        await tell_department(order, department, "order.dispatched", now, number=order.number)
    order.lead, order.dispatched_at, order.handler_id = lead, now, None
    change.detail |= {"lead": lead, "co": co}
