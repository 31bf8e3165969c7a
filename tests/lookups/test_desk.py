"""A desk's queue: whose, under which tab, and with what left."""

from datetime import timedelta

from hotline.commands.launch.services import Services
from hotline.database import rows
from hotline.lookups.desk import Tab, queue, tab_rows
from hotline.lookups.order_rows import MOST_COUNTED
from hotline.records import Held, WorkOrder, new_id
from hotline.rules.terms import Finding, OrderStage, Role, Step
from hotline.steps.follow_up import Rating, follow_up
from hotline.steps.object import Objection, object_to
from tests.steps.builders import NOW, ODOUR, decided
from tests.steps.desk import LATER, at, dispatched, handler_of, order_of, reporter, staff, until

# the same order many times over, as if as many had been dispatched
COPIED = """
INSERT INTO work_order SELECT (jsonb_populate_record(o, jsonb_build_object(
  'id', gen_random_uuid(), 'number', 'X' || lpad(n::text, 8, '0')))).*
FROM work_order o CROSS JOIN generate_series(1, $2::int) n WHERE o.id = $1
"""
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


async def test_of_very_many_orders_a_page_says_so_for_a_minute_and_no_longer(db: Services) -> None:
    order = await dispatched()
    by = staff(Role.SUPERVISOR)
    await rows(COPIED, order.id, MOST_COUNTED)
    assert (await queue(by, Tab.TO_SIGN, LATER)).counts[Tab.TO_SIGN] == MOST_COUNTED
    await WorkOrder.exclude(id=order.id).update(stage="signed")

    soon = await queue(by, Tab.TO_SIGN, LATER + timedelta(seconds=59))
    later = await queue(by, Tab.TO_SIGN, LATER + timedelta(seconds=61))

    assert (soon.counts[Tab.TO_SIGN], len(soon.rows)) == (MOST_COUNTED, 1)
    assert (soon.counts[Tab.IN_WORK], later.counts[Tab.TO_SIGN]) == (MOST_COUNTED, 1)


async def test_a_department_reads_what_it_leads_and_what_it_assists_in_as_one_list(
    db: Services,
) -> None:
    order = await dispatched()
    await rows(COPIED, order.id, 60)
    by = handler_of(order)
    every = await WorkOrder.exclude(id=order.id).order_by("number")
    for one in every[::2]:
        await WorkOrder.filter(id=one.id).update(lead="522701.housing")
        await Held.create(
            id=new_id(), tenant_id=one.tenant_id, order_id=one.id, department=order.lead,
            duty="co", from_at=LATER,
        )  # fmt: skip

    pages = [await queue(by, Tab.TO_SIGN, LATER, page) for page in (1, 2, 9)]

    assert [one.counts[Tab.TO_SIGN] for one in pages] == [61, 61, 61]
    assert [len(one.rows) for one in pages] == [50, 11, 11]
    told = [row.number for one in pages[:2] for row in one.rows]
    assert told == sorted(told)
    assert len(set(told)) == 61
    assert len([row for one in pages[:2] for row in one.rows if not row.leads]) == 30
    assert not await tab_rows(by, Tab.TO_SIGN, LATER, page=3)
