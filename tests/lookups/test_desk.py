"""A desk's queue: whose, under which tab, and with what left."""

from datetime import timedelta

from hotline.commands.launch.services import Services
from hotline.lookups.desk import Tab, queue
from hotline.records import WorkOrder
from hotline.rules.terms import Finding, OrderStage, Role, Step
from hotline.steps.follow_up import Rating, follow_up
from hotline.steps.object import Objection, object_to
from tests.steps.builders import NOW, ODOUR, decided
from tests.steps.desk import LATER, at, dispatched, handler_of, order_of, reporter, staff, until

RIVER = "福泉市金山街道河道被养殖场直排粪污，河水发黑，臭气很大，鱼也死了不少。"


async def test_a_handler_sees_the_own_departments_orders_under_their_tab(db: Services) -> None:
    order = await dispatched()
    by = handler_of(order)
    page = await queue(by, Tab.TO_SIGN, LATER)
    (row,) = page.rows
    assert (row.number, row.stage, row.leads) == (order.number, OrderStage.DISPATCHED, True)
    assert row.place.endswith("小围寨街道")
    assert [kind.code for kind in row.kinds] == order.kinds
    assert page.counts[Tab.TO_SIGN] == 1
    assert page.counts[Tab.IN_WORK] == 0


async def test_another_department_sees_nothing_and_a_handler_without_one_nothing(
    db: Services,
) -> None:
    await dispatched()
    for by in (staff(Role.HANDLER, department="522700.water"), staff(Role.HANDLER)):
        page = await queue(by, Tab.TO_SIGN, LATER)
        assert (page.rows, sum(page.counts.values())) == ((), 0)


async def test_who_assists_reads_along(db: Services) -> None:
    order = await order_of(await decided("都匀市某工地（虚构）夜间施工噪声扰民，打桩机响到天亮。"))
    co = staff(Role.HANDLER, department="522701.environment")
    if order.lead == co.department:
        co = staff(Role.HANDLER, department="522701.housing")
    (row,) = (await queue(co, Tab.TO_SIGN, LATER)).rows
    assert not row.leads


async def test_the_supervisor_sees_every_department(db: Services) -> None:
    await dispatched()
    await order_of(await decided(RIVER))
    page = await queue(staff(Role.SUPERVISOR), Tab.TO_SIGN, LATER)
    assert len(page.rows) == 2


async def test_what_falls_due_moves_to_its_tab_and_then_is_overdue(db: Services) -> None:
    order = await dispatched()
    by = handler_of(order)
    assert order.next_due_at is not None
    soon = await queue(by, Tab.DUE_SOON, order.next_due_at - timedelta(days=2))
    assert [row.number for row in soon.rows] == [order.number]
    late = await queue(by, Tab.OVERDUE, order.next_due_at + timedelta(days=1))
    (row,) = late.rows
    assert row.left is not None
    assert row.left.overdue
    assert late.counts[Tab.DUE_SOON] == 0


async def test_each_stage_has_its_tab(db: Services) -> None:
    order = await dispatched()
    by = handler_of(order)
    await object_to(at(order), Objection("应由住建部门办理"), by=by, now=LATER)
    assert (await queue(by, Tab.RETURNED, LATER)).rows
    await WorkOrder.filter(id=order.id).update(stage="dispatched")
    await until(Step.SUBMIT, await order_of(await decided(ODOUR)))
    reviewer = staff(Role.REVIEWER)
    assert (await queue(reviewer, Tab.SUBMITTED, LATER)).counts[Tab.SUBMITTED] == 1


async def test_a_reporter_who_wants_it_done_again_is_seen(db: Services) -> None:
    request = await decided()
    order = await until(Step.ANSWER, await order_of(request))
    (before,) = (await queue(staff(Role.REVIEWER), Tab.ANSWERED, LATER)).rows
    assert not before.redo_wanted
    ask = Rating(1, solved=False, wants_redo=True)
    await follow_up(at(request), ask, by=reporter(request), now=LATER + timedelta(hours=1))
    (row,) = (await queue(staff(Role.REVIEWER), Tab.ANSWERED, LATER)).rows
    assert row.redo_wanted
    assert row.number == order.number


async def test_a_changed_order_shows_another_version(db: Services) -> None:
    order = await until(Step.SUBMIT, await dispatched())
    (row,) = (await queue(staff(Role.REVIEWER), Tab.SUBMITTED, NOW)).rows
    assert row.version == order.version
    assert order.finding == Finding.TRUE
