"""What a reporter does afterwards: add, rate, withdraw; and who may see who the reporter is."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from hotline.commands.launch.services import Services
from hotline.database import rows
from hotline.errors import NotAllowed, StepRefused, TooMany
from hotline.records import Clock, Event, Feedback, Message, ServiceRequest, Supplement
from hotline.rules.report import Contact
from hotline.rules.terms import OrderStage, RequestStage, Role, Secrecy, Step
from hotline.steps.answer import answer
from hotline.steps.follow_up import Rating, follow_up
from hotline.steps.supplement import supplement
from hotline.steps.unmask import unmask
from hotline.steps.withdraw import withdraw
from tests.steps.builders import caller, decided, registered
from tests.steps.desk import (
    LATER,
    again,
    at,
    handler_of,
    order_of,
    refused,
    reporter,
    staff,
    until,
)

PHONE = "13900000001"  # made up（虚构）
MORE = "昨晚又排了一次，门卫姓名李某某，电话13900000002。"


async def with_phone(**given: Any) -> ServiceRequest:
    return await decided(
        contact=caller(PHONE), secrecy=given.pop("secrecy", Secrecy.REAL_NAME), **given
    )


async def test_what_is_added_lies_sealed_and_the_desk_reads_it_masked(db: Services) -> None:
    request = await decided()
    await supplement(at(request), MORE, by=reporter(request), now=LATER)
    added = await Supplement.get(request_id=request.id)
    assert "昨晚又排了一次" in added.text
    assert "13900000002" not in added.text
    assert added.sealed is not None
    assert b"13900000002" not in added.sealed
    assert await Message.exists(template="order.supplemented")


async def test_two_reports_of_one_order_are_added_to_at_once(db: Services) -> None:
    reports = [await decided() for _ in range(5)]
    acts = [supplement(at(one), MORE, by=reporter(one), now=LATER) for one in reports]
    await asyncio.gather(*acts)
    assert await Message.filter(template="order.supplemented").count() == 5


async def test_nobody_adds_to_another_reporters_report(db: Services) -> None:
    request, other = await decided(), await decided()
    with pytest.raises(NotAllowed):
        await supplement(at(request), MORE, by=reporter(other), now=LATER)


async def test_nothing_is_added_to_a_closed_report(db: Services) -> None:
    request = await decided()
    await until(Step.CLOSE, await order_of(request))
    with refused("request.over"):
        await supplement(at(request), MORE, by=reporter(request), now=LATER)


async def test_a_reporter_rates_each_answer_once(db: Services) -> None:
    request = await decided()
    with refused("request.not_now"):
        await follow_up(at(request), Rating(5, True), by=reporter(request), now=LATER)
    await until(Step.ANSWER, await order_of(request))
    rating = Rating(2, solved=False, wants_redo=True, text="没有解决，请打13900000003")
    await follow_up(at(request), rating, by=reporter(request), now=LATER)
    given = await Feedback.get(request_id=request.id)
    assert (given.score, given.solved, given.wants_redo) == (2, False, True)
    assert "13900000003" not in given.text
    with refused("rating.given"):
        await follow_up(at(request), rating, by=reporter(request), now=LATER)


async def test_a_rating_is_from_one_to_five(db: Services) -> None:
    request = await decided()
    await until(Step.ANSWER, await order_of(request))
    with refused("rating.score"):
        await follow_up(at(request), Rating(6, True), by=reporter(request), now=LATER)


async def test_the_order_goes_on_until_its_last_report_is_withdrawn(db: Services) -> None:
    first, second = await decided(), await decided()
    order = await order_of(first)
    await withdraw(at(first), "", by=reporter(first), now=LATER)
    assert (await again(order)).stage == OrderStage.DISPATCHED
    await withdraw(at(second), "", by=reporter(second), now=LATER)
    ended = await again(order)
    assert (ended.stage, ended.next_due_at) == (OrderStage.WITHDRAWN, None)
    assert not await Clock.exists(stopped_at=None)
    assert await Message.exists(template="order.withdrawn")


async def test_a_withdrawn_report_is_not_answered(db: Services) -> None:
    first, second = await decided(), await decided()
    order = await order_of(first)
    await withdraw(at(first), "", by=reporter(first), now=LATER)
    await until(Step.ANSWER, order)
    assert (await again(first)).stage == RequestStage.WITHDRAWN
    assert (await again(second)).stage == RequestStage.ANSWERED


async def test_the_desk_withdraws_only_with_a_reason(db: Services) -> None:
    request = await decided()
    with refused("reason.too_short"):
        await withdraw(at(request), "", by=staff(Role.AGENT), now=LATER)
    await withdraw(at(request), "来电人要求撤回", by=staff(Role.AGENT), now=LATER)
    assert (await again(request)).stage == RequestStage.WITHDRAWN


async def test_answer_and_withdrawals_at_once_never_lock_each_other_out(db: Services) -> None:
    reports = [await decided() for _ in range(4)]
    order = await until(Step.SUBMIT, await order_of(reports[0]))
    outcomes = await asyncio.gather(
        answer(at(order), by=staff(Role.REVIEWER), now=LATER),
        *(withdraw(at(one), "", by=reporter(one), now=LATER) for one in reports),
        return_exceptions=True,
    )
    # the answer comes too late when every report was withdrawn before it
    assert [one for one in outcomes if one and not isinstance(one, StepRefused)] == []
    stages = {(await again(one)).stage for one in reports}
    assert stages == {RequestStage.WITHDRAWN}


async def test_who_reported_is_shown_for_a_reason_that_is_kept(db: Services) -> None:
    request = await with_phone()
    order = await order_of(request)
    with refused("reason.too_short"):
        await unmask(at(request), "看看", by=handler_of(order), now=LATER)
    seen = await unmask(at(request), "需现场核实具体位置", by=handler_of(order), now=LATER)
    assert seen == caller(PHONE)
    event = await Event.get(aggregate_id=request.id, step=Step.UNMASK)
    assert event.actor_id != ""
    told = await rows("SELECT detail::text AS detail FROM event_detail WHERE id = $1", event.id)
    assert "需现场核实具体位置" in told[0]["detail"]
    assert PHONE not in told[0]["detail"]


async def test_another_departments_handler_never_sees_who_reported(db: Services) -> None:
    request = await with_phone()
    other = staff(Role.HANDLER, department="522700.water")
    with pytest.raises(NotAllowed):
        await unmask(at(request), "需现场核实具体位置", by=other, now=LATER)
    assert not await Event.exists(aggregate_id=request.id, step=Step.UNMASK)


async def test_the_handling_department_does_not_see_an_anonymous_reporter(db: Services) -> None:
    request = await with_phone(secrecy=Secrecy.ANONYMOUS)
    order = await order_of(request)
    with refused("unmask.anonymous"):
        await unmask(at(request), "需现场核实具体位置", by=handler_of(order), now=LATER)
    hotline = await unmask(at(request), "需要电话回访", by=staff(Role.AGENT), now=LATER)
    assert hotline.phone == PHONE


async def test_without_a_contact_there_is_nobody_to_see(db: Services) -> None:
    request = await decided()
    seen = await unmask(at(request), "需要电话回访", by=staff(Role.TRIAGE), now=LATER)
    assert seen == Contact()


async def test_a_report_may_be_withdrawn_before_it_is_decided(db: Services) -> None:
    receipt = await registered()
    request = await ServiceRequest.get(id=receipt.request_id)
    await withdraw(at(request), "", by=reporter(request), now=LATER + timedelta(seconds=1))
    assert (await again(request)).stage == RequestStage.WITHDRAWN
    with pytest.raises(StepRefused):
        await withdraw(at(request), "", by=reporter(request), now=LATER)


async def test_nobody_looks_through_all_who_reported(db: Services) -> None:
    request = await decided(contact=caller("13900000021"))
    curious, other = staff(Role.SUPERVISOR), staff(Role.SUPERVISOR)
    for _ in range(40):
        await unmask(at(request), "需要电话回访", by=curious, now=LATER)

    with pytest.raises(TooMany):
        await unmask(at(request), "需要电话回访", by=curious, now=LATER)

    assert (await unmask(at(request), "需要电话回访", by=other, now=LATER)).phone
