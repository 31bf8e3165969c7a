"""Search ends where sight ends: an order taken from a department is none of its any more."""

from hotline.commands.launch.services import Services
from hotline.lookups.search import search
from hotline.rules.terms import Role, Step
from hotline.steps.holders import Holders
from hotline.steps.object import Objection, object_to
from hotline.steps.rule import Ruling, rule
from tests.steps.desk import LATER, again, at, dispatched, handler_of, staff, until

WORDS = "塑料厂"


async def test_a_department_that_gave_an_order_away_finds_it_no_more(db: Services) -> None:
    order = await dispatched()
    before = handler_of(order)
    assert (await search(before, WORDS)).hits
    await object_to(at(order), Objection("不属于我单位职责"), by=before, now=LATER)
    other = f"{order.county}.water"
    await rule(
        at(order),
        Ruling("改由水务部门办理", Holders(other)),
        by=staff(Role.SUPERVISOR),
        now=LATER,
    )

    assert (await search(before, WORDS)).hits == ()
    assert (await search(before, order.number)).hits == ()
    assert (await search(staff(Role.HANDLER, department=other), WORDS)).hits


async def test_a_closed_order_is_found_by_whoever_closed_it(db: Services) -> None:
    order = await dispatched()
    handler = handler_of(order)
    await until(Step.CLOSE, order)

    assert (await again(order)).stage == "closed"
    assert (await search(handler, order.number)).hits


async def test_whatever_is_looked_for_is_a_value_and_never_a_statement(db: Services) -> None:
    order = await dispatched()
    by = handler_of(order)
    for asked in (
        "' OR '1'='1",
        "'; DELETE FROM work_order; --",
        f"{order.number}' OR 1=1 --",
        "%%",
        "__",
        "塑_厂",
        "$4::int[]",
        "\\'",
        "\x00\x00",
    ):
        assert (await search(by, asked)).hits == (), asked
    assert (await search(by, order.number)).hits
