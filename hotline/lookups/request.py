"""One 来件 as triage desk and agent see it: masked words, the cause, and what it is like."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from hotline.database import row, rows
from hotline.errors import NotFound
from hotline.lookups.history import Line, request_history
from hotline.lookups.names import Named, kind_names, pack_of, place_label
from hotline.lookups.report import ReportView, as_seen, reports
from hotline.lookups.terms import TermView, terms
from hotline.policy.sight import sight_of
from hotline.records import ServiceRequest
from hotline.rules.acceptance import Reason
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import REQUEST_MOVES, ROLES
from hotline.rules.numbering import asked
from hotline.rules.terms import OrderStage, Relation, RequestStage, Step

OF_PERSON: Final = (
    Step.ACCEPT, Step.REFUSE, Step.FORWARD, Step.ANSWER_ON_SPOT, Step.WITHDRAW
)  # fmt: skip
ORDER_OF: Final = """
SELECT o.number, o.lead, o.kinds, o.handler_id FROM membership m
JOIN work_order o ON o.tenant_id = m.tenant_id AND o.id = m.order_id
WHERE m.tenant_id = $1 AND m.request_id = $2 AND m.to_at IS NULL
"""
SUGGESTED: Final = """
SELECT number, jurisdiction, stage, title, county, township, report_count, opened_at
FROM work_order WHERE tenant_id = $1 AND number = ANY($2) AND jurisdiction = ANY($3)
"""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A matter this report may belong to, and why."""

    order: str
    stage: OrderStage
    title: str
    place: str
    opened_at: datetime
    report_count: int
    relation: Relation
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RequestView:
    """Everything on the page of one report. `id` is for the steps and never leaves the house."""

    id: UUID
    tenant_id: str
    number: str
    version: int
    stage: RequestStage
    report: ReportView
    county: str | None
    township: str | None
    place: str
    kinds: tuple[Named, ...]
    emergency: tuple[str, ...]
    cause: str
    suggestions: tuple[Suggestion, ...]
    refuse_reason: str
    refer_to: str
    reasons: tuple[Reason, ...]
    order: str
    body: str  # 分别受理: the code of the body that has it, "" for nobody yet
    terms: tuple[TermView, ...]
    steps: tuple[Step, ...]
    history: tuple[Line, ...]


async def request(by: Actor, number: str, now: datetime) -> RequestView:
    """NotFound for a report that is not there, or that this person has nothing to do with."""
    sight = await sight_of(by)
    found = await ServiceRequest.get_or_none(tenant_id=sight.tenant_id, number=asked(number))
    if found is None or not sight.covers(found.tenant_id, found.jurisdiction):
        raise NotFound("request")
    order = await row(ORDER_OF, found.tenant_id, found.id)
    if not sight.holds({order["lead"] or ""} if order else set()):
        raise NotFound("request")
    if not sight.takes(*((order["kinds"], order["handler_id"]) if order else (found.kinds,))):
        raise NotFound("request")
    return await _view(found, order["number"] if order else "", by, now)


async def _view(found: ServiceRequest, order: str, by: Actor, now: datetime) -> RequestView:
    pack, tenant = await pack_of(found.jurisdiction), found.tenant_id
    (report,) = await reports(tenant, [found.id], now)
    stage = RequestStage(found.stage)
    return RequestView(
        id=found.id,
        tenant_id=tenant,
        number=found.number,
        version=found.version,
        stage=stage,
        report=as_seen(by, report),
        county=found.county,
        township=found.township,
        place=place_label(pack, found.county, found.township),
        kinds=kind_names(pack, found.kinds),
        emergency=tuple(found.emergency),
        cause=found.triage_cause or "",
        suggestions=await _suggestions(found, by),
        refuse_reason=found.refuse_reason or "",
        refer_to=found.refer_to,
        reasons=pack.acceptance.reasons,
        order=order,
        body=found.body or "",
        terms=await terms(pack, tenant, found.id, now),
        steps=_steps(stage, by),
        history=await request_history(pack, tenant, found.id),
    )


async def _suggestions(found: ServiceRequest, by: Actor) -> tuple[Suggestion, ...]:
    """As the intake found them, with the orders as they stand now; likest first."""
    told = found.suggestions if isinstance(found.suggestions, list) else []
    sight = await sight_of(by)
    stands = await rows(
        SUGGESTED, found.tenant_id, [one["number"] for one in told], sorted(sight.jurisdictions)
    )
    orders = {one["number"]: one for one in stands}
    return tuple(
        [await _suggestion(one, orders[one["number"]]) for one in told if one["number"] in orders]
    )


async def _suggestion(told: Mapping[str, Any], order: Mapping[str, Any]) -> Suggestion:
    pack = await pack_of(order["jurisdiction"])
    return Suggestion(
        order=order["number"],
        stage=OrderStage(order["stage"]),
        title=order["title"],
        place=place_label(pack, order["county"], order["township"]),
        opened_at=order["opened_at"],
        report_count=order["report_count"],
        relation=Relation(told["relation"]),
        score=told["score"],
        reasons=tuple(told["reasons"]),
    )


def _steps(stage: RequestStage, by: Actor) -> tuple[Step, ...]:
    """What this person may do with it now; to join a matter is one way of accepting."""
    possible = [step for step in OF_PERSON if (stage, step) in REQUEST_MOVES]
    if Step.ACCEPT in possible:
        possible.append(Step.JOIN)
    return tuple(step for step in possible if any(by.may(role) for role in ROLES[step]))
