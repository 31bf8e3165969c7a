"""The board of a very large jurisdiction is counted once a minute, and says when."""

from collections import Counter
from datetime import timedelta

from hotline.commands.launch.services import Services
from hotline.database import rows
from hotline.lookups.board import MANY, STANDS, By, Measure, board
from hotline.rules.terms import Role
from tests.steps.builders import NOW
from tests.steps.desk import cloned, dispatched, staff


async def test_very_many_orders_are_counted_once_a_minute(db: Services) -> None:
    order = await dispatched()
    by = staff(Role.SUPERVISOR)

    few = await board(by, By.COUNTY, NOW)
    assert few.counted_at is None
    assert few.total == Counter({Measure.LIVING: 1})

    ids = await cloned(order, [f"G{place:017}" for place in range(MANY)])
    many = await board(by, By.COUNTY, NOW)
    assert (many.total[Measure.LIVING], many.counted_at) == (MANY + 1, NOW)

    await rows("DELETE FROM work_order WHERE id = ANY($1)", ids[1:])
    soon = await board(by, By.COUNTY, NOW + STANDS - timedelta(seconds=1))
    assert (soon.total, soon.counted_at) == (many.total, NOW)
    later = await board(by, By.COUNTY, NOW + STANDS)
    assert (later.total[Measure.LIVING], later.counted_at) == (2, None)
