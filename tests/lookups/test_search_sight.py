"""Search ends where sight ends: an order taken from a department is none of its any more."""

from hotline.commands.launch.services import Services
from hotline.database import rows
from hotline.lookups.search import FEW, LOOKED, search
from hotline.records import WorkOrder, new_id
from hotline.rules.terms import Role, Step
from hotline.steps.holders import Holders
from hotline.steps.object import Objection, object_to
from hotline.steps.rule import Ruling, rule
from tests.steps.desk import LATER, again, at, dispatched, handler_of, staff, until

WORDS = "塑料厂"
# a matter as often as wanted, held by a department: $1 order, $2 department, $3-$5 new ids, numbers
AGAIN = (
    "INSERT INTO service_request SELECT (jsonb_populate_record(r, jsonb_build_object('id', g.q,"
    " 'number', 'Q' || g.n))).* FROM g, work_order o JOIN service_request r"
    " ON r.id = o.first_request_id WHERE o.id = $1",
    "INSERT INTO signature SELECT (jsonb_populate_record(s, jsonb_build_object('id', g.q))).*"
    " FROM g, work_order o JOIN signature s ON s.id = o.first_request_id WHERE o.id = $1",
    "INSERT INTO work_order SELECT (jsonb_populate_record(o, jsonb_build_object('id', g.w,"
    " 'number', 'G' || g.n, 'first_request_id', g.q))).* FROM g, work_order o WHERE o.id = $1",
    "INSERT INTO membership SELECT (jsonb_populate_record(m, jsonb_build_object('id', g.q,"
    " 'request_id', g.q, 'order_id', g.w))).* FROM g, membership m WHERE m.order_id = $1",
    "INSERT INTO held SELECT (jsonb_populate_record(h, jsonb_build_object('id', g.q, 'order_id',"
    " g.w, 'department', $2::text))).* FROM g, held h WHERE h.order_id = $1"
    " AND h.to_at IS NULL AND h.duty = 'lead'",
)
GIVEN = "WITH g AS (SELECT * FROM unnest($3::uuid[], $4::uuid[], $5::text[]) AS g(q, w, n)) "


async def many(order: WorkOrder, department: str, count: int) -> None:
    """So many matters of the same words."""
    ids = [new_id() for _ in range(2 * count)]
    numbers = [f"{place:04}{department}" for place in range(count)]
    for one in AGAIN:
        unused = "" if "$2" in one else " AND $2::text <> ''"
        await rows(GIVEN + one + unused, order.id, department, ids[::2], ids[1::2], numbers)


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


async def test_of_words_in_very_many_reports_a_department_is_told_since_when(db: Services) -> None:
    order = await dispatched()
    handler, housing = handler_of(order), f"{order.county}.housing"
    other = await dispatched(text="都匀市沙包堡街道某工地（虚构）夜间施工噪声很大。")
    await many(order, housing, FEW + 1)
    await many(other, handler.department, LOOKED + 1)

    found = await search(handler, WORDS)
    assert (found.hits, found.more) == ((), False)
    assert found.since == other.opened_at

    all_of_them = await search(handler, WORDS, whole=True)
    assert [one.order for one in all_of_them.hits] == [order.number]
    assert all_of_them.since is None

    seldom = await search(handler, "夜间施工")
    assert (seldom.more, seldom.since) == (True, None)
