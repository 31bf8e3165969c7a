"""两人同时: two people at the same row; one comes after the other, and nothing is lost between."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from hotline.commands.launch.services import Services
from hotline.database import row, rows, transaction
from hotline.errors import NotAllowed, NotFound
from hotline.lookups.history_check import check_history
from hotline.records import Absence, Clock, Message, Review
from hotline.rules.actor import Actor
from hotline.rules.reviewing import ReviewOutcome
from hotline.rules.terms import ActorKind, Role, Step
from hotline.steps.absence import Away, be_away, be_back
from hotline.steps.ask_extension import Asking, ask_extension
from hotline.steps.ask_review import ask_review
from hotline.steps.change_post import change_post
from hotline.steps.close_account import close_account
from hotline.steps.enrol import Person, enrol
from hotline.steps.extend import extend
from hotline.steps.handover import handover
from hotline.steps.invite import OPERATOR, Post
from hotline.steps.merge import Merging, merge
from hotline.steps.recount import recount
from hotline.steps.review import Opinion, review
from hotline.steps.sign import sign
from hotline.steps.unmerge import Unmerging, unmerge
from tests.steps.builders import NOW, decided
from tests.steps.desk import (
    LATER,
    again,
    at,
    dispatched,
    handler_of,
    order_of,
    reporter,
    staff,
    until,
)

Act = Callable[[], Awaitable[object]]
WAITS = """
SELECT 1 AS n FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))
"""
QUARRY = "瓮安县某采石场（虚构）扬尘很大，庄稼都白了。"


async def beside(first: Act, then: Act) -> BaseException | object:
    """What becomes of `then`, which begins once `first` is done and not yet committed."""
    done = asyncio.Event()

    async def after() -> object:
        await done.wait()
        return await then()

    waiting = asyncio.create_task(after())
    async with transaction():
        await first()
        done.set()
        while not waiting.done() and await row(WAITS) is None:
            pass
    return (await asyncio.gather(waiting, return_exceptions=True))[0]


async def test_two_who_stand_in_for_each_other_are_both_entered(db: Services) -> None:
    await _two_people()
    for n in range(8):
        day = NOW.date() + timedelta(days=10 + n)
        pairs = (("one.person", "two.person"), ("two.person", "one.person"))
        asked = (Away(login, deputy, day, day) for login, deputy in pairs)
        await asyncio.gather(*(be_away(one, OPERATOR, NOW) for one in asked))

    assert await Absence.all().count() == 16
    assert (await check_history()).breaks == []


async def test_who_comes_back_twice_comes_back_once(db: Services) -> None:
    await _two_people()
    day = NOW.date() + timedelta(days=10)
    await be_away(Away("one.person", "two.person", day, day), OPERATOR, NOW)
    absence = await Absence.get()

    def back() -> Awaitable[None]:
        return be_back(absence.id, OPERATOR, LATER)

    assert isinstance(await beside(back, back), NotFound)
    assert (await check_history()).breaks == []


async def test_a_new_calendar_takes_no_extension_away(db: Services) -> None:
    """期限重算 beside 延期: the term is counted as it stands, not as it was read."""
    order = await dispatched()
    by = handler_of(order)
    await sign(at(order), by=by, now=LATER)
    await ask_extension(at(order), Asking(10, "需要进一步检测"), by=by, now=LATER)
    await rows(
        "UPDATE clock SET rolls = true, due_on = due_on - 1 WHERE holder_id = $1 AND scheme = $2",
        *(order.id, "handling"),
    )

    await beside(
        lambda: extend(at(order), "需要进一步检测", by=staff(Role.REVIEWER), now=LATER),
        lambda: recount(LATER),
    )

    beside_it = await Clock.get(holder_id=order.id, scheme="handling")
    await recount(LATER)
    alone = await Clock.get(holder_id=order.id, scheme="handling")
    assert (beside_it.extended, beside_it.due_on) == (10, alone.due_on)
    assert (await again(order)).next_due_at == alone.due_at


@pytest.mark.parametrize("signs", [True, False])
async def test_no_order_comes_into_the_hands_of_who_is_just_leaving(
    db: Services, signs: bool
) -> None:
    order = await dispatched()
    here = Post("522700", frozenset({Role.HANDLER}), department=order.lead or "")
    who = await _enrolled("one.person", here)
    own = Actor(ActorKind.STAFF, str(who), frozenset({Role.HANDLER}), here.department, "522700")

    async def comes() -> None:
        if signs:
            await sign(at(order), by=own, now=LATER)
        else:
            by = staff(Role.REVIEWER, department=here.department)
            await handover(at(order), "one.person", by=by, now=LATER)

    if not signs:
        await sign(at(order), by=handler_of(order), now=LATER)
    found = await beside(lambda: close_account("one.person", OPERATOR, LATER), comes)

    assert isinstance(found, NotAllowed if signs else NotFound)
    assert (await again(order)).handler_id != who


async def test_of_a_review_hears_who_has_the_report_by_now(db: Services) -> None:
    """复查 beside 解除合并: the order whose lock was waited for has the report no more."""
    one, other = await decided(), await decided(QUARRY)
    away, into = await order_of(one), await order_of(other)
    chief = staff(Role.SUPERVISOR)
    await merge(at(away), Merging(into.number, "经核实为同一事项"), by=chief, now=LATER)
    await until(Step.CLOSE, await again(into))
    await ask_review(at(one), "对答复不服，请求复查。", by=reporter(one), now=LATER)
    above = staff(Role.SUPERVISOR, department=(await Review.get()).body or "")
    upheld = Opinion(ReviewOutcome.UPHELD, "经复查，原答复事实清楚，予以维持。")

    found = await beside(
        lambda: unmerge(at(away), Unmerging("误并，另行办理"), by=chief, now=LATER),
        lambda: review(at(one), upheld, by=above, now=LATER),
    )

    assert found is None
    told = await Message.filter(template="order.reviewed")
    assert [(one.order_id, one.department) for one in told] == [(away.id, away.lead)]


async def _two_people() -> list[UUID]:
    here = Post("522700", frozenset({Role.SUPERVISOR}))
    return [await _enrolled(login, here) for login in ("one.person", "two.person")]


async def _enrolled(login: str, post: Post) -> UUID:
    return await enrol(Person(login, "某（虚构）", "made up for these tests"), post, OPERATOR, NOW)


async def test_two_administrators_do_not_take_each_others_administration(db: Services) -> None:
    logins = ("admin.one", "admin.two")
    post = Post("522700", frozenset({Role.ADMIN}))
    one, two = [str(await _enrolled(login, post)) for login in logins]
    less = replace(post, roles=frozenset({Role.TRIAGE}))
    tries = [
        change_post(login, less, replace(staff(Role.ADMIN), id=by), NOW)
        for login, by in zip(logins, (two, one), strict=True)
    ]
    ended = await asyncio.gather(*tries, return_exceptions=True)
    assert sorted(type(each).__name__ for each in ended) == ["NoneType", "NotAllowed"]
