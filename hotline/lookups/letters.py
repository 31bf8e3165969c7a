"""文书 on paper: the order's sheet, 转送函, and for one reporter 受理、不予受理 and 答复.

No letter names a reporter: the number does, and whoever hands it over writes the name by hand.
What goes to a body outside, or to a department, is the masked text alone.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from hotline.database import row
from hotline.errors import NotFound
from hotline.lookups.forwarding import Whereto, forwarded, forwarded_order
from hotline.lookups.names import Named, pack_of
from hotline.lookups.order import OrderView, order
from hotline.lookups.order_texts import texts
from hotline.lookups.report import ReportView
from hotline.lookups.request import RequestView, request
from hotline.lookups.terms import TermView
from hotline.policy.pack import Pack
from hotline.records import ServiceRequest, WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.clocks import SHANGHAI, Scheme
from hotline.rules.reviewing import RIGHTS, ReviewKind
from hotline.rules.terms import RequestStage, TextKind

RECEIPT: Final = "forward_receipt"
WHEN: Final = """
SELECT max(at) AS at FROM event WHERE tenant_id = $1 AND aggregate = 'request'
  AND aggregate_id = $2 AND step = ANY($3)
"""


@dataclass(frozen=True, slots=True)
class Letter:
    """One sheet of paper. `to`: "" for the reporter of `number`."""

    kind: str
    house: str
    contact: str
    number: str
    on: date
    to: str
    place: str
    kinds: tuple[Named, ...]
    said: str = field(repr=False, default="")
    body: str = field(repr=False, default="")
    reason: str = ""
    refer_to: str = ""
    department: str = ""
    registered_on: date | None = None
    terms: tuple[TermView, ...] = ()
    within: Scheme | None = None  # 申请复查, 转送告知: as the pack has it


async def order_letter(by: Actor, number: str, kind: str, now: datetime) -> Letter:
    """工单 for the department that handles it, 转送函 for the body outside. NotFound."""
    view = await order(by, number, now)
    held = await WorkOrder.get(tenant_id=view.tenant_id, id=view.id)
    pack, first = await pack_of(held.jurisdiction), view.reports[0] if view.reports else None
    if kind == "sheet":
        return Letter(
            to=view.lead.name if view.lead else "",
            on=_day(view.opened_at),
            said=_said(first),
            terms=tuple(one for one in view.terms if not one.outcome),
            **_of_order(kind, view, pack),
        )
    gone = await forwarded_order(view.tenant_id, view.id)
    if kind != "forward" or gone is None:
        raise NotFound("letter")
    there = _there(gone, pack)
    return Letter(**there, said=_said(first), **_of_order(kind, view, pack))


async def report_letter(by: Actor, number: str, kind: str, now: datetime) -> Letter:
    """受理、不予受理告知书, 答复意见; 转送函 of what no order holds. NotFound."""
    view = await request(by, number, now)
    if kind not in OF_REPORT:
        raise NotFound("letter")
    held = await ServiceRequest.get(tenant_id=view.tenant_id, id=view.id)
    return await OF_REPORT[kind](view, await pack_of(held.jurisdiction))


async def _acceptance(view: RequestView, pack: Pack) -> Letter:
    if not view.order:
        raise NotFound("letter")
    held = await WorkOrder.get(tenant_id=view.tenant_id, number=view.order)
    department = pack.department(held.lead).name if held.lead else ""
    on = await _when(view, "accept", "join")
    running = tuple(one for one in view.terms if one.scheme not in RIGHTS.values())
    return Letter(on=on, department=department, terms=running, **_of_report("accept", view, pack))


async def _refusal(view: RequestView, pack: Pack) -> Letter:
    if view.stage is not RequestStage.REFUSED or not view.refuse_reason:
        raise NotFound("letter")
    reason = pack.acceptance.reason(view.refuse_reason)
    return Letter(
        on=await _when(view, "refuse"),
        reason=reason.text,
        refer_to=view.refer_to or reason.refer_to,
        **_of_report("refuse", view, pack),
    )


async def _answer(view: RequestView, pack: Pack) -> Letter:
    """As it was approved, never a draft."""
    held = await WorkOrder.get_or_none(tenant_id=view.tenant_id, number=view.order or "-")
    reply = (await texts(held.tenant_id, held.id)).get(TextKind.REPLY) if held else None
    told = view.stage in (RequestStage.ANSWERED, RequestStage.CLOSED)
    if held is None or reply is None or reply.approved_at is None or not told:
        raise NotFound("letter")
    return Letter(
        on=_day(reply.approved_at),
        body=reply.text,
        within=_scheme(pack, RIGHTS[ReviewKind.REVIEW]),
        department=pack.department(held.lead).name if held.lead else "",
        **_of_report("answer", view, pack),
    )


async def _forwarding(view: RequestView, pack: Pack) -> Letter:
    gone = await forwarded(view.tenant_id, view.id)
    if gone is None:
        raise NotFound("letter")
    base = _of_report("forward", view, pack)
    return Letter(**{**base, **_there(gone, pack), "said": _said(view.report)})


OF_REPORT: Final[Mapping[str, Callable[[RequestView, Pack], Awaitable[Letter]]]] = {
    "accept": _acceptance,
    "refuse": _refusal,
    "answer": _answer,
    "forward": _forwarding,
}


def _of_order(kind: str, view: OrderView, pack: Pack) -> dict[str, Any]:
    return {
        "kind": kind,
        "house": pack.authority,
        "contact": pack.hotline,
        "number": view.number,
        "place": view.place,
        "kinds": view.kinds,
    }


def _of_report(kind: str, view: RequestView, pack: Pack) -> dict[str, Any]:
    """分别受理: the body that took it signs."""
    body = pack.accepting.get(view.body)
    return {
        "kind": kind,
        "house": pack.department(body.code).name if body else pack.authority,
        "contact": (body.contact if body else "") or pack.hotline,
        "number": view.number,
        "to": "",
        "place": view.place,
        "kinds": view.kinds,
        "registered_on": _day(view.report.registered_at),
    }


def _there(gone: Whereto, pack: Pack) -> dict[str, Any]:
    within = _scheme(pack, RECEIPT)
    return {"to": gone.body, "reason": gone.reason, "on": _day(gone.at), "within": within}


def _scheme(pack: Pack, code: str) -> Scheme | None:
    return next((one for one in pack.schemes if one.code == code), None)


def _said(report: ReportView | None) -> str:
    """Masked, with where and whom it accuses: what the body needs, and nobody's name."""
    if report is None:
        return ""
    begun = report.text.startswith(report.title.rstrip("…"))
    lines = ("" if begun else report.title, report.text, report.landmark, report.target)
    return "\n".join(dict.fromkeys(line for line in lines if line))


def _day(at: datetime) -> date:
    return at.astimezone(SHANGHAI).date()


async def _when(view: RequestView, *steps: str) -> date:
    found = await row(WHEN, view.tenant_id, view.id, list(steps))
    return _day(found["at"] if found and found["at"] else view.report.registered_at)
