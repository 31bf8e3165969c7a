"""核查、回访、阶段性办结、归档: what comes after the work, and what must not be skipped."""

from datetime import date, timedelta

import pytest

from hotline.commands.launch.services import Services
from hotline.errors import NotAllowed
from hotline.lookups.archive import archive_of
from hotline.lookups.follow_ups import due, follow_up_of, wanted
from hotline.lookups.order import order as order_view
from hotline.lookups.progress import progress_of
from hotline.policy.store import packs
from hotline.records import AssessmentCell, Clock, Feedback, Held, Message, Review
from hotline.rules.checking import CheckOutcome
from hotline.rules.following_up import Asked
from hotline.rules.reviewing import ReviewKind, ReviewOutcome
from hotline.rules.terms import Role, Step, TextKind
from hotline.steps.answer import answer
from hotline.steps.archive import archive
from hotline.steps.ask_review import ask_review
from hotline.steps.check import Visit, check
from hotline.steps.close import close
from hotline.steps.count_cohort import count_cohort
from hotline.steps.follow_up import Rating, follow_up
from hotline.steps.redo import redo
from hotline.steps.review import Opinion, review
from hotline.steps.send_back import send_back
from hotline.steps.submit import submit
from hotline.steps.try_follow_up import Attempt, try_follow_up
from hotline.steps.unarchive import unarchive
from hotline.steps.write import Writing, write
from tests.steps.builders import NOW, caller, decided
from tests.steps.desk import (
    LATER,
    TEXTS,
    again,
    at,
    dispatched,
    handler_of,
    order_of,
    refused,
    reporter,
    staff,
    until,
    written,
)

WHY = "对答复不服，现场夜间仍有气味，请求复查"
AGENT, CHIEF, REVIEWER = staff(Role.AGENT), staff(Role.SUPERVISOR), staff(Role.REVIEWER)
ABOVE, TOP = "522700.environment", "520000.environment"


async def test_a_check_that_finds_otherwise_is_met_by_a_result_written_anew(db: Services) -> None:
    order = await dispatched()
    by = handler_of(order)
    both = staff(Role.HANDLER, Role.REVIEWER, department=order.lead or "")
    await written(order, both)
    with refused("check.own_work"):
        await check(
            at(order), Visit(LATER, CheckOutcome.DIFFERS, "设备没有运行"), by=both, now=LATER
        )
    await submit(at(order), by=by, now=LATER)
    with pytest.raises(NotAllowed):
        await check(at(order), Visit(LATER, CheckOutcome.DIFFERS, "设备没有运行"), by=by, now=LATER)
    with refused("check.bad_time"):
        tomorrow = LATER + timedelta(days=1)
        await check(
            at(order), Visit(tomorrow, CheckOutcome.DIFFERS, "设备没有运行"), by=CHIEF, now=LATER
        )
    seen = LATER + timedelta(minutes=5)
    await check(at(order), Visit(LATER, CheckOutcome.DIFFERS, "设备没有运行"), by=CHIEF, now=seen)
    with refused("check.not_agreed"):
        await answer(at(order), by=REVIEWER, now=seen)
    await send_back(at(order), "请按核查情况重写结果", by=REVIEWER, now=seen)
    anew = seen + timedelta(minutes=5)
    await write(at(order), Writing(TextKind.RESULT, TEXTS[TextKind.RESULT]), by=by, now=anew)
    await submit(at(order), by=by, now=anew)
    await answer(at(order), by=REVIEWER, now=anew)
    for _ in range(2):
        await check(
            at(order), Visit(anew, CheckOutcome.CONFIRMED, "已整改到位"), by=CHIEF, now=anew
        )
    with refused("check.too_many"):
        await check(
            at(order), Visit(anew, CheckOutcome.CONFIRMED, "已整改到位"), by=CHIEF, now=anew
        )


async def test_a_reporter_is_asked_three_times_and_no_rating_is_made_up(db: Services) -> None:
    request = await decided(contact=caller("13900000021"), wants_reply=True)
    await until(Step.ANSWER, await order_of(request))
    pack = (await packs()).pack("522700")
    for tries in range(3):
        assert [one.tries for one in await due(AGENT, pack)] == [tries]
        await try_follow_up(at(request), Attempt(Asked.MISSED), by=AGENT, now=LATER)
    assert await due(AGENT, pack) == ()
    with refused("follow_up.enough"):
        await try_follow_up(at(request), Attempt(Asked.MISSED), by=AGENT, now=LATER)
    assert len((await follow_up_of(AGENT, request.number)).tries) == 3
    assert not await Feedback.exists(request_id=request.id)


async def test_a_rating_by_rule_counts_in_no_figure_and_stands_in_nobodys_way(db: Services) -> None:
    request = await decided(contact=caller("13900000021"), wants_reply=True)
    order = await until(Step.ANSWER, await order_of(request))
    await Feedback.create(
        tenant_id=order.tenant_id, request_id=request.id, order_id=order.id,
        score=5, solved=True, by_default=True, at=LATER,
    )  # fmt: skip
    for given, rated in ((False, (0, 0)), (True, (0, 1))):
        if given:
            await follow_up(at(request), Rating(2, solved=False), by=reporter(request), now=LATER)
        await count_cohort((await packs()).pack("522700"), NOW.date().replace(day=1), LATER)
        (cell,) = await AssessmentCell.filter(orders__gt=0)
        assert (cell.satisfied, cell.satisfied_of) == rated
        seen = await progress_of(await again(request), await packs())
        assert (Step.FOLLOW_UP in seen.may) is not given
    with refused("rating.given"):
        await follow_up(at(request), Rating(5, solved=True), by=reporter(request), now=LATER)
    (shown,) = (await order_view(CHIEF, order.number, LATER)).reports
    assert [one.by_default for one in shown.ratings] == [True, False]


async def test_who_says_it_is_not_solved_is_taken_up_again_by_a_person(db: Services) -> None:
    request = await decided(contact=caller("13900000021"), wants_reply=True)
    order = await until(Step.CLOSE, await order_of(request))
    said = Attempt(Asked.REACHED, "", Rating(2, solved=False, wants_redo=True, text="还有味道"))
    await try_follow_up(at(request), said, by=AGENT, now=LATER)
    (one,) = await wanted(CHIEF)
    assert (one.number, one.stage, one.solved) == (order.number, "closed", False)
    await redo(at(order), "反映人反映没有解决", by=CHIEF, now=LATER)
    assert await wanted(CHIEF) == ()
    assert (await again(request)).stage == "accepted"


async def test_closed_for_now_is_held_watched_and_told_again_when_it_is_closed(
    db: Services,
) -> None:
    request = await decided()
    order = await until(Step.ANSWER, await order_of(request))
    with refused("reason.too_short"):
        await close(at(order), interim=True, by=REVIEWER, now=LATER)
    await close(at(order), interim=True, left="尚待设备安装完成", by=REVIEWER, now=LATER)
    term = await Clock.get(holder_id=order.id, scheme="interim")
    assert (await again(order)).next_due_at == term.due_at
    assert await Held.exists(order_id=order.id, to_at=None)
    assert [one.interim_left for one in (await archive_of(CHIEF, LATER)).interim] == [
        "尚待设备安装完成"
    ]
    await close(at(order), by=REVIEWER, now=LATER)
    order = await again(order)
    assert (order.stage, order.next_due_at, order.interim_left) == ("closed", None, "")
    assert (await again(term)).outcome == "kept"
    assert not await Held.exists(order_id=order.id, to_at=None)
    told = Message.filter(request_id=request.id, template="request.closed")
    assert [one.fill["interim"] for one in await told.order_by("seq")] == [True, False]


async def test_an_archived_order_is_read_and_nothing_else_until_it_is_taken_out(
    db: Services,
) -> None:
    order = await until(Step.CLOSE, await dispatched())
    with refused("archive.still_runs"):  # a review may still be asked for
        await archive(at(order), by=CHIEF, now=LATER)
    late = LATER + timedelta(days=31)
    assert [one.number for one in (await archive_of(CHIEF, late)).ready] == [order.number]
    await archive(at(order), by=CHIEF, now=late)
    filed = await again(order)
    assert (filed.stage, filed.keep_until) == ("closed", date(2056, 11, 20))
    with refused("order.archived"):
        await redo(at(order), "反映人反映没有解决", by=CHIEF, now=late)
    with refused("order.archived"):
        await archive(at(order), by=CHIEF, now=late)
    await unarchive(at(order), "需要补充材料", by=CHIEF, now=late)
    await redo(at(order), "反映人反映没有解决", by=CHIEF, now=late)
    assert (await again(order)).stage == "signed"


async def test_two_reviews_by_the_bodies_above_and_then_it_is_final(db: Services) -> None:
    request = await decided(contact=caller("13900000021"), wants_reply=True)
    order = await until(Step.CLOSE, await order_of(request))
    own = reporter(request)
    assert order.lead == "522701.environment"
    assert await ask_review(at(request), WHY, by=own, now=LATER) is ReviewKind.REVIEW
    with refused("review.waits"):
        await ask_review(at(request), WHY, by=own, now=LATER)
    upheld = Opinion(ReviewOutcome.UPHELD, "经复查，原答复事实清楚，予以维持。")
    with pytest.raises(NotAllowed):  # not the body above
        await review(at(request), upheld, by=CHIEF, now=LATER)
    above = staff(Role.SUPERVISOR, department=ABOVE)
    await review(at(request), upheld, by=above, now=LATER)
    assert await ask_review(at(request), WHY, by=own, now=LATER) is ReviewKind.RECHECK
    assert (await Review.get(kind="recheck")).body == TOP
    top = staff(Role.SUPERVISOR, department=TOP, jurisdiction="520000")
    await review(at(request), upheld, by=top, now=LATER)
    with refused("review.final"):
        await ask_review(at(request), WHY, by=own, now=LATER)
    assert not await Clock.exists(holder_id=request.id, stopped_at=None)

    same = await decided(contact=caller("13900000021"), wants_reply=True)
    assert (same.stage, same.refuse_reason) == ("refused", "petition_exhausted")
    stranger = await decided(contact=caller("13900000022"), wants_reply=True)
    assert stranger.stage != "refused"


async def test_a_review_comes_in_time_or_not_at_all_and_may_have_it_done_again(
    db: Services,
) -> None:
    late, request = NOW + timedelta(days=40), await decided()
    order = await until(Step.CLOSE, await order_of(request))
    with refused("review.too_late"):
        await ask_review(at(request), WHY, by=reporter(request), now=late)
    await ask_review(at(request), WHY, by=reporter(request), now=LATER)
    above = staff(Role.SUPERVISOR, department=ABOVE)
    await review(
        at(request), Opinion(ReviewOutcome.REDO, "请重新调查夜间情况。"), by=above, now=LATER
    )
    assert ((await again(order)).stage, (await again(request)).stage) == ("signed", "accepted")
