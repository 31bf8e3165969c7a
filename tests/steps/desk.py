"""People at desks and orders on their way. Every name here is made up（虚构）."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from hotline.database import rows
from hotline.errors import StepRefused
from hotline.records import Membership, ServiceRequest, WorkOrder, new_id
from hotline.rules.actor import Actor
from hotline.rules.terms import ActorKind, Finding, Role, Step, TextKind
from hotline.steps.answer import answer
from hotline.steps.close import close
from hotline.steps.find import Conclusion, find
from hotline.steps.sign import sign
from hotline.steps.submit import submit
from hotline.steps.transition import Target
from hotline.steps.write import Writing, write
from tests.steps.builders import NOW, decided

TENANT = "520000"
LATER = NOW + timedelta(hours=1)
TEXTS = {
    TextKind.LETTER: "关于群众反映塑料厂异味问题的复函。",
    TextKind.RESULT: "经现场检查，该厂废气收集设施破损，已责令改正。",
    TextKind.REPLY: "您反映的异味问题属实，已责令该厂限期整改，感谢监督。",
}

CLONED = """
INSERT INTO work_order SELECT (jsonb_populate_record(o, jsonb_build_object('id', g.id, 'number',
  g.number))).* FROM work_order o, unnest($3::uuid[], $4::text[]) AS g(id, number)
WHERE o.tenant_id = $1 AND o.id = $2
"""


def staff(*roles: Role, department: str = "", jurisdiction: str = "522700") -> Actor:
    """A member of staff of the prefecture."""
    who = str(uuid4())
    return Actor(ActorKind.STAFF, who, frozenset(roles), department, jurisdiction, "某工作人员")


def reporter(request: ServiceRequest) -> Actor:
    """Whoever holds the report's query code."""
    return Actor(ActorKind.REPORTER, str(request.id))


def refused(key: str) -> "pytest.RaisesExc[StepRefused]":
    """The procedure does not allow it, for this reason and no other."""
    return pytest.raises(StepRefused, check=lambda error: error.key == key)


async def dispatched(**given: Any) -> WorkOrder:
    """An order with its department, and nothing done yet."""
    return await order_of(await decided(**given))


async def cloned(order: WorkOrder, numbers: list[str]) -> list[UUID]:
    """The same order again, under each of these numbers."""
    ids = [new_id() for _ in numbers]
    await rows(CLONED, TENANT, order.id, ids, numbers)
    return ids


async def order_of(request: ServiceRequest) -> WorkOrder:
    """The order a report is in."""
    member = await Membership.get(tenant_id=TENANT, request_id=request.id, to_at__isnull=True)
    return await WorkOrder.get(tenant_id=TENANT, id=member.order_id)


async def again(row: Any) -> Any:
    """The row as it stands now."""
    return await type(row).get(tenant_id=row.tenant_id, id=row.id)


def at(row: WorkOrder | ServiceRequest) -> Target:
    """The row, whichever version stands."""
    return Target(row.tenant_id, row.id)


def handler_of(order: WorkOrder) -> Actor:
    """A handler of the department that leads."""
    return staff(Role.HANDLER, department=order.lead or "")


async def written(order: WorkOrder, by: Actor, *, finding: Finding = Finding.TRUE) -> None:
    """Signed, concluded, and all three texts written."""
    if order.stage == "dispatched":
        await sign(at(order), by=by, now=LATER)
    await find(at(order), Conclusion(finding), by=by, now=LATER)
    for kind, text in TEXTS.items():
        await write(at(order), Writing(kind, text), by=by, now=LATER)


async def until(step: Step, order: WorkOrder) -> WorkOrder:
    """The order after submit, answer or close, by a handler and a reviewer."""
    handler, reviewer = handler_of(order), staff(Role.REVIEWER)
    await written(order, handler)
    await submit(at(order), by=handler, now=LATER)
    if step in (Step.ANSWER, Step.CLOSE):
        await answer(at(order), by=reviewer, now=LATER)
    if step is Step.CLOSE:
        await close(at(order), by=reviewer, now=LATER)
    return await WorkOrder.get(tenant_id=TENANT, id=order.id)
