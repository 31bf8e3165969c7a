"""The desk from dispatch to close: who may, in what order, and what is written down."""

from datetime import timedelta
from typing import Any

import pytest

from hotline.commands.launch.services import Services
from hotline.database import rows
from hotline.errors import NotAllowed, NotFound, Stale
from hotline.records import Clock, Event, Held, Message, OrderText, ServiceRequest, WorkOrder
from hotline.rules.terms import Finding, OrderStage, Role, Step, TextKind
from hotline.steps.answer import answer
from hotline.steps.close import close
from hotline.steps.dispatch import dispatch
from hotline.steps.find import Conclusion, find
from hotline.steps.holders import Holders
from hotline.steps.object import Objection, object_to
from hotline.steps.redo import redo
from hotline.steps.rule import Ruling, rule
from hotline.steps.send_back import send_back
from hotline.steps.sign import sign
from hotline.steps.submit import submit
from hotline.steps.transition import Target
from hotline.steps.write import Writing, write
from tests.steps.builders import NOW, ODOUR, decided
from tests.steps.desk import (
    LATER,
    TENANT,
    TEXTS,
    again,
    at,
    dispatched,
    handler_of,
    order_of,
    refused,
    staff,
    until,
    written,
)

SUPERVISOR = staff(Role.SUPERVISOR)


async def steps_of(row: Any) -> list[str]:
    events = Event.filter(tenant_id=TENANT, aggregate_id=row.id).order_by("seq")
    return [event.step for event in await events]


async def told(**where: Any) -> list[str]:
    messages = Message.filter(tenant_id=TENANT, **where).order_by("created_at", "seq")
    return [message.template for message in await messages]


async def test_a_handler_signs_for_the_own_department(db: Services) -> None:
    order = await dispatched()
    await sign(at(order), by=handler_of(order), now=LATER)
    signed = await again(order)
    assert (signed.stage, signed.signed_at) == (OrderStage.SIGNED, LATER)
    assert (await steps_of(order))[-1] == Step.SIGN


async def test_another_department_may_not_sign(db: Services) -> None:
    order = await dispatched()
    with pytest.raises(NotAllowed):
        await sign(at(order), by=staff(Role.HANDLER, department="522700.water"), now=LATER)
    assert (await again(order)).stage == OrderStage.DISPATCHED


async def test_another_prefectures_staff_do_not_find_the_order(db: Services) -> None:
    order = await dispatched()
    await WorkOrder.filter(tenant_id=TENANT, id=order.id).update(jurisdiction="520000")
    with pytest.raises(NotFound):
        await sign(at(order), by=handler_of(order), now=LATER)


async def test_who_saw_an_older_version_is_told_so(db: Services) -> None:
    order = await dispatched()
    with pytest.raises(Stale):
        await sign(Target(TENANT, order.id, seen=0), by=handler_of(order), now=LATER)


async def test_an_objection_within_five_working_days_waits_for_a_ruling(db: Services) -> None:
    order = await dispatched()
    ask = Objection("不属于本部门职责范围，应由住建部门办理", "522700.housing")
    await object_to(at(order), ask, by=handler_of(order), now=NOW + timedelta(days=7))
    assert (await again(order)).stage == OrderStage.RETURNED
    assert not await Clock.exists(holder_id=order.id, scheme="objection", stopped_at=None)


async def test_on_the_sixth_working_day_it_is_too_late_to_object(db: Services) -> None:
    order = await dispatched()
    with refused("object.too_late"):
        await object_to(
            at(order),
            Objection("不属于本部门职责范围"),
            by=handler_of(order),
            now=NOW + timedelta(days=10),
        )


async def test_an_objection_needs_reasons(db: Services) -> None:
    order = await dispatched()
    with refused("reason.too_short"):
        await object_to(at(order), Objection("不管"), by=handler_of(order), now=LATER)


async def test_a_ruling_gives_the_order_to_another_department(db: Services) -> None:
    order = await dispatched()
    await object_to(at(order), Objection("应由住建部门办理"), by=handler_of(order), now=LATER)
    ruling = Ruling("职责确属住建部门", Holders("522700.housing", ("522700.environment",)))
    await rule(at(order), ruling, by=SUPERVISOR, now=LATER)
    moved = await again(order)
    assert (moved.stage, moved.lead, moved.ruled) == ("dispatched", "522700.housing", True)
    held = await Held.filter(order_id=order.id, to_at=None).values_list("department", "duty")
    assert sorted(held) == [("522700.environment", "co"), ("522700.housing", "lead")]
    assert await Clock.exists(holder_id=order.id, scheme="objection", stopped_at=None)


async def test_after_a_ruling_there_is_no_second_objection(db: Services) -> None:
    order = await dispatched()
    by = handler_of(order)
    await object_to(at(order), Objection("应由住建部门办理"), by=by, now=LATER)
    await rule(at(order), Ruling("属于你单位法定职责"), by=SUPERVISOR, now=LATER)
    with refused("object.ruled"):
        await object_to(at(order), Objection("仍然不属于本部门"), by=by, now=LATER)
    assert "order.objection_rejected" in await told(order_id=order.id)


async def test_nobody_rules_in_favour_of_the_department_that_objected(db: Services) -> None:
    order = await dispatched()
    await object_to(at(order), Objection("应由住建部门办理"), by=handler_of(order), now=LATER)
    assert order.lead is not None
    with refused("rule.same_department"):
        await rule(at(order), Ruling("改派其他部门", Holders(order.lead)), by=SUPERVISOR, now=LATER)


async def test_an_order_without_an_owner_is_dispatched_by_a_person(db: Services) -> None:
    order = await dispatched()
    await Held.filter(order_id=order.id).delete()
    await Clock.filter(holder_id=order.id, scheme="objection").delete()
    await WorkOrder.filter(id=order.id).update(stage="opened", lead=None, dispatched_at=None)
    with refused("dispatch.unknown_department"):
        await dispatch(at(order), Holders("522700.nobody"), by=SUPERVISOR, now=LATER)
    with refused("dispatch.no_desk"):
        await dispatch(at(order), Holders("522700.court"), by=SUPERVISOR, now=LATER)
    await dispatch(at(order), Holders("522700.water"), by=SUPERVISOR, now=LATER)
    assert (await again(order)).lead == "522700.water"
    assert await Clock.exists(holder_id=order.id, scheme="objection", stopped_at=None)


async def test_an_order_is_not_submitted_before_all_is_there(db: Services) -> None:
    order = await dispatched()
    by = handler_of(order)
    await sign(at(order), by=by, now=LATER)
    with refused("finding.missing"):
        await submit(at(order), by=by, now=LATER)
    await find(at(order), Conclusion(Finding.PARTLY, kinds=("other",)), by=by, now=LATER)
    with refused("kind.catch_all"):
        await submit(at(order), by=by, now=LATER)
    await find(at(order), Conclusion(Finding.PARTLY, kinds=("air.odour",)), by=by, now=LATER)
    with refused("text.missing"):
        await submit(at(order), by=by, now=LATER)
    for kind, text in TEXTS.items():
        await write(at(order), Writing(kind, text), by=by, now=LATER)
    await submit(at(order), by=by, now=LATER)
    assert (await again(order)).stage == OrderStage.SUBMITTED


async def test_a_text_for_reporters_holds_nobodys_number(db: Services) -> None:
    order = await dispatched()
    by = handler_of(order)
    await sign(at(order), by=by, now=LATER)
    telling = Writing(TextKind.REPLY, "举报人电话13800138000已联系。")
    with refused("text.personal"):
        await write(at(order), telling, by=by, now=LATER)


async def test_what_the_reviewer_sends_back_is_the_handlers_again(db: Services) -> None:
    order = await until(Step.SUBMIT, await dispatched())
    await send_back(at(order), "答复意见过于笼统", by=staff(Role.REVIEWER), now=LATER)
    assert (await again(order)).stage == OrderStage.SIGNED
    assert "order.sent_back" in await told(order_id=order.id)
    await submit(at(order), by=handler_of(order), now=LATER)


async def test_every_reporter_of_the_matter_is_answered(db: Services) -> None:
    first = await decided()
    second = await decided()
    order = await until(Step.ANSWER, await order_of(first))
    assert order.id == (await order_of(second)).id
    assert (order.stage, order.answered_at) == (OrderStage.ANSWERED, LATER)
    for request in (first, second):
        assert (await again(request)).stage == "answered"
        assert (await steps_of(request))[-1] == Step.ANSWER
        assert "request.answered" in await told(request_id=request.id)
    approved = await OrderText.filter(order_id=order.id, approved_at__isnull=False)
    assert {text.kind for text in approved} == {kind.value for kind in TextKind}


async def test_who_wrote_the_texts_does_not_approve_them(db: Services) -> None:
    order = await dispatched()
    both = staff(Role.HANDLER, Role.REVIEWER, department=order.lead or "")
    await written(order, both)
    await submit(at(order), by=both, now=LATER)
    with refused("answer.own_text"):
        await answer(at(order), by=both, now=LATER)
    assert (await again(order)).stage == OrderStage.SUBMITTED


async def test_closing_closes_reports_and_relieves_the_departments(db: Services) -> None:
    request = await decided()
    order = await until(Step.CLOSE, await order_of(request))
    assert (order.stage, order.next_due_at) == (OrderStage.CLOSED, None)
    assert (await again(request)).stage == "closed"
    assert not await Held.exists(order_id=order.id, to_at=None)
    assert not await Clock.exists(holder_id=order.id, stopped_at=None)


async def test_closed_for_now_is_not_closed(db: Services) -> None:
    order = await until(Step.ANSWER, await dispatched())
    by = staff(Role.REVIEWER)
    await close(at(order), interim=True, left="尚待设备安装完成", by=by, now=LATER)
    assert (await again(order)).stage == OrderStage.CLOSED_INTERIM
    with refused("close.interim_already"):
        await close(at(order), interim=True, left="尚待设备安装完成", by=by, now=LATER)
    await close(at(order), by=by, now=LATER)
    assert (await again(order)).stage == OrderStage.CLOSED


async def test_a_report_that_joined_after_the_answer_is_answered_before_it_is_closed(
    db: Services,
) -> None:
    order = await until(Step.ANSWER, await dispatched())
    late = await decided(ODOUR)
    assert (await order_of(late)).id == order.id
    await close(at(order), by=staff(Role.REVIEWER), now=LATER)
    assert (await steps_of(late))[-2:] == [Step.ANSWER, Step.CLOSE]
    assert "request.answered" in await told(request_id=late.id)


async def test_a_redo_wants_a_new_conclusion_and_new_texts(db: Services) -> None:
    request = await decided()
    order = await until(Step.CLOSE, await order_of(request))
    await redo(at(order), "群众反映异味依旧", by=staff(Role.REVIEWER), now=LATER)
    opened = await again(order)
    assert (opened.stage, opened.finding, opened.redo_count) == (OrderStage.SIGNED, None, 1)
    assert (await again(request)).stage == "accepted"
    assert await Held.exists(order_id=order.id, department=order.lead, to_at=None)
    by = handler_of(order)
    await find(at(order), Conclusion(Finding.TRUE), by=by, now=LATER)
    with refused("text.missing"):
        await submit(at(order), by=by, now=LATER)


async def test_reasons_in_the_history_name_no_number(db: Services) -> None:
    order = await until(Step.SUBMIT, await dispatched())
    why = "请删去举报人电话13800138000"
    await send_back(at(order), why, by=staff(Role.REVIEWER), now=LATER)
    request = await ServiceRequest.get(id=order.first_request_id)
    found = await rows("SELECT detail::text AS detail FROM event_detail")
    assert not [one for one in found if "13800138000" in one["detail"]]
    assert request.stage == "accepted"
