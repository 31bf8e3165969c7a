"""放假安排: what waited for a year is counted again once it is announced; due dates are told of."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import asyncpg
import pytest

from hotline.commands.launch.services import Services
from hotline.database import rows
from hotline.lookups.calendar import missing, years
from hotline.policy.calendar import read_year
from hotline.policy.store import NATIONAL, forget
from hotline.records import Clock, Message, WorkOrder
from hotline.rules.terms import Role
from hotline.steps.ask_extension import Asking, ask_extension
from hotline.steps.enrol import Person, enrol
from hotline.steps.extend import extend
from hotline.steps.invite import OPERATOR, Post
from hotline.steps.load_calendar import load_calendar
from hotline.steps.recount import recount
from hotline.steps.sign import sign
from hotline.steps.warn_due import warn_due
from tests.steps.builders import NOW
from tests.steps.desk import TENANT, again, at, dispatched, handler_of, refused, staff

MADE_UP = "date,kind\n2027-01-01,休\n2027-01-04,休\n2027-01-05,休\n2027-01-09,班\n"
SOURCE = "a made-up notice（虚构）"


@pytest.fixture
async def calendars(db: Services) -> AsyncIterator[None]:
    """What a test loads is taken away."""
    yield
    owner = await asyncpg.connect(db.owner_url)
    await owner.execute("DELETE FROM policy_version WHERE enacted")
    await owner.close()
    forget()


async def late(order: WorkOrder, **given: Any) -> Clock:
    """A running term of the order, as if it had begun otherwise."""
    clock = await Clock.filter(holder_id=order.id, stopped_at=None, is_right=False).first()
    assert clock is not None
    await Clock.filter(id=clock.id).update(**given)
    return await Clock.get(id=clock.id)


async def test_a_term_that_waited_for_the_year_is_counted_again(calendars: None) -> None:
    order = await dispatched()
    begun = datetime(2026, 12, 30, 2, tzinfo=UTC)
    clock = await late(
        order, started_at=begun, unit="working_day", count=5, rolls=False,
        due_on=date(2027, 1, 6), provisional=True, warned=1,
    )  # fmt: skip
    assert [(one.year, one.terms) for one in await missing()] == [(2027, 1)]
    row = read_year(MADE_UP, 2027, SOURCE)

    done = await load_calendar(NATIONAL, row, by=OPERATOR, now=datetime.now(UTC))

    stands = await again(clock)
    assert stands.due_on == date(2027, 1, 9)  # 31, 6, 7, 8 and the make-up Saturday
    assert (stands.provisional, stands.warned) == (False, 0)
    assert (done.recounted.settled, done.recounted.provisional) == (1, 0)
    assert await missing() == []
    nearest = min([one.due_at for one in await Clock.filter(holder_id=order.id, stopped_at=None,
                                                            is_right=False)])  # fmt: skip
    assert (await again(order)).next_due_at == nearest
    assert (await recount(NOW)).moved == 0
    told = {one.year: one for one in await years("522700", date(2026, 11, 20))}
    assert told[2027].known
    assert told[2027].sources == (SOURCE,)
    with refused("enact.same"):
        await load_calendar(NATIONAL, row, by=OPERATOR, now=datetime.now(UTC))


async def test_a_file_that_cannot_be_right_is_refused(calendars: None) -> None:
    wrong = (
        "2027-01-01,休\n2027-01-01,班",
        "2027-01-04,班\n2027-01-01,休",  # a Monday works anyway
        "2027-01-09,班",
        "2027-13-01,休",
        "2025-05-01,休",
    )
    for text in wrong:
        with refused("calendar.faults"):
            read_year(text, 2027, SOURCE)
    with refused("calendar.faults"):
        read_year(MADE_UP, 2027)  # nobody says who announced it
    with refused("calendar.nation_first"):
        row = read_year("2027-08-09,休", 2027, SOURCE)
        await load_calendar("522700", row, by=OPERATOR, now=datetime.now(UTC))


async def test_before_on_and_after_a_due_date_each_is_told_once(db: Services) -> None:
    order = await dispatched()
    person = Person("watch.er", "某督办（虚构）", "made up for these tests")
    await enrol(person, Post("522700", frozenset({Role.SUPERVISOR})), OPERATOR, NOW)
    await rows("UPDATE clock SET is_right = true")
    await rows(
        "UPDATE clock SET is_right = false, unit = 'working_day', due_on = $2, due_at = $3"
        " WHERE id = (SELECT id FROM clock WHERE holder_id = $1 AND stopped_at IS NULL LIMIT 1)",
        order.id, date(2026, 11, 30), datetime(2026, 11, 30, 15, 59, 59, tzinfo=UTC),
    )  # fmt: skip
    end = datetime(2026, 11, 30, 15, 59, 59, tzinfo=UTC)
    await Message.all().delete()

    async def told(at: datetime) -> list[str]:
        await warn_due(at)
        await warn_due(at)  # a second clock does no harm
        found = [one.template for one in await Message.all().order_by("template")]
        await Message.all().delete()
        return found

    assert await told(end - timedelta(days=5)) == []
    assert await told(end - timedelta(hours=30)) == ["order.due_soon"]
    assert await told(end - timedelta(hours=3)) == ["order.due_today"]
    assert await told(end + timedelta(seconds=1)) == ["duty.overdue", "order.overdue"]
    assert await told(end + timedelta(days=9)) == []


async def test_a_term_is_told_of_again_at_each_new_end(db: Services) -> None:
    """延期: otherwise one term that was told of before would keep all others quiet."""
    order = await dispatched()
    by = handler_of(order)
    await sign(at(order), by=by, now=NOW)
    term = Clock.get(tenant_id=TENANT, holder_id=order.id, scheme="handling")
    soon = (await term).due_at - timedelta(hours=30)
    await warn_due(soon)
    await ask_extension(at(order), Asking(10, "需要进一步检测"), by=by, now=soon)
    await extend(at(order), "需要进一步检测", by=staff(Role.REVIEWER), now=soon)

    clock = await Clock.get(tenant_id=TENANT, holder_id=order.id, scheme="handling")
    for hours in (-30, -3, 1):
        await warn_due(clock.due_at + timedelta(hours=hours))

    told = await Message.filter(thread=f"due:{clock.id}:desk").order_by("seq")
    assert [one.template.partition(".")[2] for one in told] == [
        *("due_soon", "due_soon", "due_today", "overdue"),
    ]


async def test_a_clock_that_was_away_says_only_where_a_term_stands_now(db: Services) -> None:
    order = await dispatched()
    await Message.all().delete()

    warned = await warn_due(NOW + timedelta(days=400))

    found = {one.template for one in await Message.filter(order_id=order.id)}
    assert found == {"order.overdue"}
    assert warned.unheard == warned.terms > 0  # nobody watches over this desk
