"""撤回诉求 while the report moves from order to order: it is taken back all the same."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from uuid import UUID

import asyncpg

from hotline.commands.launch.services import Services
from hotline.steps.withdraw import withdraw
from tests.steps.builders import decided
from tests.steps.desk import LATER, again, at, order_of, reporter

OTHERS = ("都匀市广惠街道某塑料加工厂（虚构）排放刺鼻废气。", "都匀市某养殖场（虚构）排粪污。")
LOCKED = "SELECT FROM work_order WHERE id = $1 FOR NO KEY UPDATE"
MOVED = "UPDATE membership SET order_id = $2 WHERE request_id = $1 AND to_at IS NULL"
AFRESH = "SELECT pg_stat_clear_snapshot()"  # else one transaction sees one moment
WAITING = """
SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
  AND wait_event_type = 'Lock' AND query LIKE '%work_order%'
"""


async def test_a_report_that_moves_twice_meanwhile_is_withdrawn_where_it_is(db: Services) -> None:
    request = await decided()
    orders = [(await order_of(one)).id for one in (request, *[await decided(x) for x in OTHERS])]
    async with AsyncExitStack() as stack:
        desks = [await stack.enter_async_context(desk(db, one)) for one in orders[:2]]
        act = asyncio.create_task(withdraw(at(request), "", by=reporter(request), now=LATER))
        for holder, to in zip(desks, orders[1:], strict=True):
            async with asyncio.timeout(60):
                while not await holder.fetchval(WAITING):
                    await holder.execute(AFRESH)
            await holder.execute(MOVED, request.id, to)
            await holder.execute("COMMIT")
        await act
    assert (await again(request)).stage == "withdrawn"


@asynccontextmanager
async def desk(db: Services, order: UUID) -> AsyncIterator[asyncpg.Connection]:
    """Somebody who holds an order and will move the report on."""
    connection = await asyncpg.connect(db.owner_url)
    try:
        await connection.execute("BEGIN")
        await connection.fetch(LOCKED, order)
        yield connection
    finally:
        await connection.close()
