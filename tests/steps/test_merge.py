"""合并, 解除合并, 拆出: what stands afterwards, and what is refused."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from random import Random

import pytest

from hotline.commands.launch.services import Services
from hotline.database import row, rows
from hotline.errors import NotAllowed, NotFound, Stale
from hotline.lookups.history_check import check_history
from hotline.records import Clock, Membership, Message, ServiceRequest, WorkOrder
from hotline.rules.terms import Role
from hotline.steps.decide import decide
from hotline.steps.join import PLACE_LENT, Joining, join
from hotline.steps.merge import Merging, merge
from hotline.steps.split import Splitting, split
from hotline.steps.transition import Target
from hotline.steps.unmerge import Unmerging, unmerge
from tests.steps.builders import NOW, caller, decided, registered
from tests.steps.desk import again, at, handler_of, order_of, refused, staff
from tests.twin.world import TENANT, WHY, Said, World

SMOKE = "都匀市小围寨街道某砖厂（虚构）夜间冒黑烟，窗台上全是灰。"
FUMES = "都匀市广惠街道某塑料加工厂（虚构）排放刺鼻废气，晚上更严重。"
DUNG = "都匀市绿茵湖街道某养殖场（虚构）把粪污排进小河，水面发黑。"
NOWHERE = "有人偷排废水，河水发黑发臭，请尽快处理。"
LATER = NOW + timedelta(hours=5)
Act = Callable[[], Awaitable[object]]


async def three_orders() -> list[WorkOrder]:
    return [await order_of(await decided(text)) for text in (SMOKE, FUMES, DUNG)]


async def merged(order: WorkOrder, into: WorkOrder, minutes: int = 0) -> None:
    by, now = staff(Role.TRIAGE), LATER + timedelta(minutes=minutes)
    await merge(at(order), Merging(into.number, WHY), by=by, now=now)


async def members_of(order: WorkOrder) -> int:
    return await Membership.filter(order_id=order.id, to_at=None).count()


async def test_of_two_terms_the_earlier_rules_and_each_has_its_own_again(db: Services) -> None:
    early = await order_of(await decided(SMOKE))
    receipt = await registered(FUMES)
    await decide(TENANT, receipt.request_id, NOW + timedelta(days=9))
    late = await order_of(await ServiceRequest.get(id=receipt.request_id))
    own = (await Clock.get(holder_id=late.id, scheme="handling")).due_on

    await merged(early, late)
    running = await Clock.get(holder_id=late.id, scheme="handling")
    assert running.due_on == own - timedelta(days=9)
    await unmerge(at(early), Unmerging(WHY), by=staff(Role.SUPERVISOR), now=LATER)

    assert (await Clock.get(holder_id=late.id, scheme="handling")).due_on == own
    assert (await again(early)).next_due_at == early.next_due_at


async def test_orders_merge_again_and_in_chains_and_part_in_whatever_order(db: Services) -> None:
    one, two, three = await three_orders()
    await merged(one, two)
    await merged(two, three, 1)
    assert await members_of(three) == 3
    await unmerge(at(one), Unmerging(WHY), by=staff(Role.TRIAGE), now=LATER + timedelta(hours=1))
    assert [await members_of(order) for order in (one, two, three)] == [1, 0, 2]
    await unmerge(at(two), Unmerging(WHY), by=staff(Role.TRIAGE), now=LATER + timedelta(hours=2))
    assert [await members_of(order) for order in (one, two, three)] == [1, 1, 1]

    await merged(one, two, 300)
    assert await members_of(two) == 2
    assert {one.stage for one in await WorkOrder.filter(merged_into_id=None)} == {"dispatched"}
    assert (await check_history()).breaks == []


async def test_a_report_that_is_all_of_a_merged_order_takes_it_up_again(db: Services) -> None:
    one, two, _ = await three_orders()
    report = await ServiceRequest.get(id=one.first_request_id)
    await merged(one, two)

    number = await split(
        at(two), Splitting((report.number,), WHY), by=staff(Role.TRIAGE), now=LATER
    )

    assert number == one.number
    assert (await again(one)).stage == "dispatched"


async def test_whoever_names_a_merged_order_joins_the_one_that_goes_on(db: Services) -> None:
    one, two, _ = await three_orders()
    await merged(one, two)
    receipt = await registered(NOWHERE)

    target = Target(TENANT, receipt.request_id)
    await join(target, Joining(one.number), by=staff(Role.AGENT), now=LATER)

    held = await Membership.get(request_id=receipt.request_id)
    assert held.order_id == two.id
    assert PLACE_LENT in held.reasons


async def test_a_report_without_a_place_gives_the_lent_one_back(db: Services) -> None:
    order = await order_of(await decided(SMOKE))
    receipt = await registered(NOWHERE)
    target = Target(TENANT, receipt.request_id)
    await join(target, Joining(order.number), by=staff(Role.AGENT), now=LATER)

    await split(at(order), Splitting((receipt.number,), WHY), by=staff(Role.TRIAGE), now=LATER)

    request = await ServiceRequest.get(id=receipt.request_id)
    own = await order_of(request)
    assert (request.county, own.county, own.stage) == (None, None, "opened")


async def test_a_message_not_yet_carried_is_taken_back(db: Services) -> None:
    order = await order_of(await decided(SMOKE))
    receipt = await registered(FUMES, contact=caller("13900000031"), wants_reply=True)
    target = Target(TENANT, receipt.request_id)
    await join(target, Joining(order.number), by=staff(Role.AGENT), now=LATER)

    await split(at(order), Splitting((receipt.number,), WHY), by=staff(Role.TRIAGE), now=LATER)

    told = await Message.filter(request_id=receipt.request_id).order_by("seq")
    assert [(one.template, one.state) for one in told] == [
        ("request.joined", "withdrawn"),
        ("request.separated", "queued"),
    ]
    department = await Message.filter(order_id=order.id, template="order.joined")
    assert [one.state for one in department] == ["withdrawn"]


async def test_what_waits_for_a_person_is_suggested_both_orders_apart(db: Services) -> None:
    first = await decided(SMOKE)
    order = await order_of(first)
    receipt = await registered(FUMES)
    target = Target(TENANT, receipt.request_id)
    await join(target, Joining(order.number), by=staff(Role.AGENT), now=LATER)
    waiting = await decided(f"{FUMES}请尽快查处，谢谢。")
    assert [one["number"] for one in waiting.suggestions] == [order.number]

    number = await split(
        at(order), Splitting((receipt.number,), WHY), by=staff(Role.TRIAGE), now=LATER
    )

    suggested = [one["number"] for one in (await again(waiting)).suggestions]
    assert suggested[0] == number


@pytest.mark.parametrize(
    ("stages", "key"),
    [
        (("closed", "dispatched"), "merge.over"),
        (("dispatched", "closed"), "merge.over"),
        (("answered", "signed"), "merge.answered"),
    ],
)
async def test_only_what_is_open_is_merged(db: Services, stages: tuple[str, str], key: str) -> None:
    orders = (await three_orders())[:2]
    for order, stage in zip(orders, stages, strict=True):
        await WorkOrder.filter(id=order.id).update(stage=stage)

    with refused(key):
        await merged(*orders)


async def test_an_order_is_not_merged_with_itself_nor_out_of_sight(db: Services) -> None:
    one, two, _ = await three_orders()
    with refused("merge.itself"):
        await merged(one, one)
    await WorkOrder.filter(id=two.id).update(jurisdiction="520000")
    with pytest.raises(NotFound):
        await merged(one, two)
    with pytest.raises(NotAllowed):
        await merge(at(one), Merging(two.number, WHY), by=handler_of(one), now=LATER)


async def test_who_saw_another_version_of_either_order_is_told(db: Services) -> None:
    one, two, _ = await three_orders()
    for target, seen in ((Target(TENANT, one.id, 1), None), (at(one), 1)):
        with pytest.raises(Stale):
            await merge(target, Merging(two.number, WHY, seen), by=staff(Role.TRIAGE), now=LATER)


async def test_who_took_over_as_first_stays_first_when_another_comes(db: Services) -> None:
    one, two, three = await three_orders()
    opener = await ServiceRequest.get(id=two.first_request_id)
    await merged(one, two)
    await split(at(two), Splitting((opener.number,), WHY), by=staff(Role.TRIAGE), now=LATER)
    took_over = (await again(two)).first_request_id
    receipt = await registered(FUMES)
    target = Target(TENANT, receipt.request_id)
    await join(target, Joining(two.number), by=staff(Role.AGENT), now=LATER)

    await merged(three, two, 1)

    assert (await again(two)).first_request_id == took_over == one.first_request_id
    await nobody_is_lost()


@pytest.mark.parametrize("seed", range(6))
async def test_whatever_races_no_report_is_lost(db: Services, seed: int) -> None:
    """Merging both ways, parting, joining, deciding and withdrawing at once, many times."""
    chance, world = Random(seed), World()
    for at_, text in enumerate((SMOKE, FUMES, DUNG)):
        await world.stands_alone(await world.comes(Said(text, f"1390000004{at_}")))
    for _ in range(5):
        world.tick(7)
        said = Said(f"{chance.choice((SMOKE, FUMES))}第{chance.random()}次", "13900000055")
        acts = await anything(world, chance, await world.comes(said))
        await asyncio.gather(*(world.tried(act) for act in acts))
    await nobody_is_lost()
    assert (await check_history()).breaks == []


async def anything(world: World, chance: Random, late: int) -> list[Act]:
    """What people and the service may try at one moment."""
    whose = [chance.randrange(late) for _ in range(9)]
    orders = [one.id for one in await WorkOrder.filter(tenant_id=TENANT)]
    act = chance.choice(("sign", "close", "answer", "texts"))
    return [
        partial(world.merges, whose[0], whose[1]),
        partial(world.merges, whose[1], whose[2]),
        partial(world.unmerges, chance.choice(orders)),
        partial(world.parts, whose[3]),
        partial(world.joins, late, whose[4]),
        partial(world.decided, late),
        partial(world.told, whose[5], "withdraw" if chance.random() < 0.2 else "supplement"),
        partial(world.handled, whose[6], act),
    ]


async def nobody_is_lost() -> None:
    homeless = await row(
        "SELECT count(*) AS n FROM service_request r WHERE r.stage IN ('accepted', 'answered',"
        " 'closed') AND NOT EXISTS (SELECT FROM membership m WHERE m.request_id = r.id"
        " AND m.to_at IS NULL)"
    )
    empty = await rows(
        "SELECT number, stage FROM work_order o WHERE stage <> 'merged' AND report_count <> (SELECT"
        " count(*) FROM membership m WHERE m.order_id = o.id AND m.to_at IS NULL) OR stage <>"
        " 'merged' AND NOT EXISTS (SELECT FROM membership m WHERE m.order_id = o.id"
        " AND m.to_at IS NULL)"
    )
    misplaced = await rows(
        "SELECT o.number FROM work_order o JOIN membership m ON m.order_id = o.id"
        " AND m.to_at IS NULL WHERE o.stage = 'merged'"
    )
    firsts = await rows(
        "SELECT o.number FROM work_order o LEFT JOIN membership m ON m.order_id = o.id"
        " AND m.to_at IS NULL AND m.relation = 'first' WHERE o.stage <> 'merged'"
        " GROUP BY o.id, o.number HAVING count(m.id) <> 1"
    )
    assert (homeless, empty, misplaced, firsts) == ({"n": 0}, [], [], [])
