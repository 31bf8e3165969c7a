"""The public ledger: what was published, and nothing else; no small counts; staff search."""

import dataclasses
from datetime import date, timedelta

import pytest

from hotline.commands.launch.services import Services
from hotline.errors import NotFound
from hotline.lookups.figures import figures
from hotline.lookups.ledger import Filter, case, cases
from hotline.lookups.search import search
from hotline.records import Clock, WorkOrder
from hotline.rules.suppression import LEAST
from hotline.rules.terms import Finding, OrderStage, Role, Step
from hotline.steps.disclose import Proposal, approve, propose
from hotline.steps.retract import retract
from tests.steps.builders import NOW, ODOUR, decided
from tests.steps.desk import LATER, TENANT, at, dispatched, handler_of, order_of, staff, until

PUBLISHER = staff(Role.PUBLISHER)
WORDS = Proposal("一家塑料企业异味问题", "废气收集设施破损。", "已修复并通过复查。")


async def published() -> tuple[str, WorkOrder]:
    order = await until(Step.CLOSE, await dispatched())
    number = await propose(at(order), WORDS, by=handler_of(order), now=LATER)
    await approve(TENANT, number, by=PUBLISHER, now=LATER)
    return number, order


async def test_a_published_case_is_read_by_its_own_number(db: Services) -> None:
    number, order = await published()
    found = await case(TENANT, number)
    assert (found.title, found.finding, found.closing) == (
        WORDS.title,
        Finding.TRUE,
        OrderStage.CLOSED,
    )
    assert found.place.endswith("小围寨街道")
    assert order.number not in str(dataclasses.asdict(found))


async def test_a_proposal_and_what_was_taken_back_are_not_public(db: Services) -> None:
    order = await until(Step.CLOSE, await dispatched())
    number = await propose(at(order), WORDS, by=handler_of(order), now=LATER)
    with pytest.raises(NotFound):
        await case(TENANT, number)
    await approve(TENANT, number, by=PUBLISHER, now=LATER)
    assert (await cases(TENANT, Filter())).total == 1
    await retract(TENANT, number, "处罚决定已被撤销", by=PUBLISHER, now=LATER)
    with pytest.raises(NotFound):
        await case(TENANT, number)
    assert (await cases(TENANT, Filter())).total == 0


@pytest.mark.parametrize(
    ("chosen", "total"),
    [
        (Filter(county="522701"), 1),
        (Filter(county="522702"), 0),
        (Filter(kind="air"), 1),
        (Filter(kind="water"), 0),
        (Filter(month="2026-11", finding="true"), 1),
        (Filter(month="2026-10"), 0),
    ],
)
async def test_the_reader_chooses_county_kind_month_and_finding(
    db: Services, chosen: Filter, total: int
) -> None:
    await published()
    assert (await cases(TENANT, chosen)).total == total


async def test_small_counts_are_hidden(db: Services) -> None:
    for _ in range(4):
        await decided(ODOUR)
    await decided("福泉市金山街道河道被养殖场直排粪污，河水发黑，臭气很大。")
    told = await figures(TENANT, date(2026, 1, 1), date.today() + timedelta(days=366))
    assert told.registered == 5
    # the one report of the other county would be the total less the four
    assert {bar.count for bar in told.by_county} == {None}
    assert told.in_time is None


async def test_a_term_that_ran_out_counts_as_missed_while_its_order_is_still_open(
    db: Services,
) -> None:
    texts = (
        ODOUR,
        "福泉市金山街道河道被养殖场直排粪污，河水发黑，臭气很大。",
        "惠水县濛江街道某工地夜间施工噪声很大，整夜睡不着。",
    )
    orders = [await order_of(await decided(text)) for text in texts]
    await until(Step.CLOSE, orders[0])
    for order in orders[1:]:
        running = Clock.filter(holder_id=order.id, is_right=False)
        await running.update(due_at=NOW - timedelta(days=1))
    told = await figures(TENANT, date(2026, 1, 1), date.today())
    assert told.in_time == pytest.approx(1 / 3, abs=0.001)


async def test_staff_find_by_number_and_by_two_characters(db: Services) -> None:
    request = await decided(ODOUR)
    order = await order_of(request)
    by = handler_of(order)
    assert [hit.number for hit in (await search(by, f" {request.number} ")).hits] == [
        request.number
    ]
    assert [hit.order for hit in (await search(by, order.number)).hits] == [order.number]
    assert [hit.number for hit in (await search(by, "臭气")).hits] == [request.number]
    assert (await search(by, "噪声")).hits == ()
    assert (await search(by, "臭")).how == "too_short"


async def test_a_search_ends_at_the_own_department(db: Services) -> None:
    request = await decided(ODOUR)
    other = staff(Role.HANDLER, department="522700.water")
    assert (await search(other, "臭气")).hits == ()
    assert (await search(other, request.number)).hits == ()
    assert (await search(staff(Role.SUPERVISOR), "臭气")).hits != ()


async def test_a_cross_boundary_matter_counts_in_each_of_its_places(db: Services) -> None:
    for _ in range(LEAST):
        await dispatched()
    await WorkOrder.all().update(also=["522702"])
    found = await figures(TENANT, date(2026, 1, 1), date.today() + timedelta(days=366))
    assert found.registered == LEAST
    assert {bar.of.code: bar.count for bar in found.by_county} == {
        "522701": LEAST,
        "522702": LEAST,
    }
