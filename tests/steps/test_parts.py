"""协办分工: parts with a day of their own; the lead does not submit while one is open."""

from datetime import timedelta

import pytest

from hotline.commands.launch.services import Services
from hotline.errors import NotAllowed
from hotline.lookups.parts import parts_of
from hotline.policy.store import packs
from hotline.records import Message, WorkOrder
from hotline.rules.terms import Role
from hotline.steps.finish_part import finish_part
from hotline.steps.give_part import Task, give_part
from hotline.steps.holders import Holders
from hotline.steps.object import Objection, object_to
from hotline.steps.rule import Ruling, rule
from hotline.steps.submit import submit
from hotline.steps.waive_part import waive_part
from tests.steps.desk import (
    LATER,
    TENANT,
    again,
    at,
    dispatched,
    handler_of,
    refused,
    staff,
    written,
)

WATER, HOUSING = "522700.water", "522700.housing"
WHY = "排水去向已经查明，不再等待"


async def assisted() -> WorkOrder:
    """An order led by housing with water assisting, its texts written."""
    order = await dispatched()
    objection = Objection("应由住建部门办理")
    await object_to(at(order), objection, by=handler_of(order), now=LATER)
    ruling = Ruling("职责确属住建部门", Holders(HOUSING, (WATER,)))
    await rule(at(order), ruling, by=staff(Role.SUPERVISOR), now=LATER)
    order = await again(order)
    await written(order, handler_of(order))
    return await again(order)


async def test_an_order_is_submitted_once_the_assisting_department_is_done(db: Services) -> None:
    order = await assisted()
    by, water = handler_of(order), staff(Role.HANDLER, department=WATER)
    with refused("part.not_assisting"):
        await give_part(at(order), Task("522700.police", "请协助核查", 3), by=by, now=LATER)
    with refused("part.too_long"):
        await give_part(at(order), Task(WATER, "请核查排水去向", 60), by=by, now=LATER)
    with pytest.raises(NotAllowed):
        await give_part(at(order), Task(WATER, "请核查排水去向", 3), by=water, now=LATER)
    await give_part(at(order), Task(WATER, "请核查排水去向", 3), by=by, now=LATER)
    with refused("part.open"):
        await submit(at(order), by=by, now=LATER)
    with pytest.raises(NotAllowed):
        await finish_part(at(order), "已核查，未见排水", by=by, now=LATER)
    late = LATER + timedelta(days=9)
    await finish_part(at(order), "已核查，未见排水", by=water, now=late)
    with refused("part.not_open"):
        await finish_part(at(order), "已核查，未见排水", by=water, now=late)
    pack = (await packs()).pack(order.jurisdiction)
    (part,) = await parts_of(pack, TENANT, order.id, late)
    assert (part.open, part.overdue, part.result) == (False, True, "已核查，未见排水")
    told = await Message.filter(order_id=order.id, department=HOUSING).values_list(
        "template", flat=True
    )
    assert "order.part_done" in told
    await submit(at(order), by=by, now=late)


async def test_the_lead_goes_on_without_a_part_when_it_says_why(db: Services) -> None:
    order = await assisted()
    by = handler_of(order)
    await give_part(at(order), Task(WATER, "请核查排水去向", 3), by=by, now=LATER)
    with refused("reason.too_short"):
        await waive_part(at(order), WATER, "不等", by=by, now=LATER)
    await waive_part(at(order), WATER, WHY, by=by, now=LATER)
    await submit(at(order), by=by, now=LATER)
    assert (await again(order)).stage == "submitted"
