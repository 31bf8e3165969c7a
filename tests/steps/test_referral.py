"""督办移送: each with its own terms, hands and history; nothing of the report in any of it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from hotline.errors import NotAllowed, NotFound
from hotline.lookups.history_check import check_history
from hotline.lookups.referral import referral
from hotline.lookups.referrals import counts, of_order, queue
from hotline.records import Clock, Message, Referral
from hotline.rules.terms import Role
from hotline.steps.approve_referral import approve_referral
from hotline.steps.close_referral import close_referral
from hotline.steps.deny_referral import deny_referral
from hotline.steps.refer import Referring, refer
from hotline.steps.referral import Asked
from hotline.steps.reply_referral import Reply, reply_referral
from hotline.steps.send_referral import Sending, send_referral
from hotline.steps.sign import sign
from hotline.steps.warn_referrals import warn_referrals
from hotline.steps.withdraw_referral import withdraw_referral
from tests.steps.builders import ODOUR
from tests.steps.desk import LATER, at, dispatched, handler_of, refused, staff
from tests.steps.referral_desk import CHIEF, OTHER, PAPERS, a_chief, opened, police, running


@pytest.mark.usefixtures("db")
async def test_a_transfer_to_the_police_keeps_its_three_days_and_its_day() -> None:
    _, number = await opened(police())
    assert list(await running(number)) == ["police.decide"]
    for who in (CHIEF, handler_of(await dispatched())):  # 自己不审批; a handler approves nothing
        with pytest.raises(NotAllowed):
            await approve_referral(Asked(number), by=who, now=LATER)
    await approve_referral(Asked(number), by=OTHER, now=LATER)
    assert await running(number) == {"police.transfer": timedelta(hours=24)}
    with refused("referral.documents"):
        await send_referral(Asked(number), Sending(("letter",)), by=CHIEF, now=LATER)
    await send_referral(Asked(number), Sending(PAPERS), by=CHIEF, now=LATER)
    assert list(await running(number)) == ["police.answer"]
    answer = Reply("经审查，现有证据不足，不予立案。", "not_filed")
    await reply_referral(Asked(number), answer, by=CHIEF, now=LATER)
    assert list(await running(number)) == ["police.again"]  # 复议, a right that lapses
    assert (await Referral.get(number=number)).next_due_at is None
    await close_referral(Asked(number), "", "", by=CHIEF, now=LATER)
    assert await running(number) == {}
    assert (await check_history()).is_whole


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"officers": ("张一（虚构）", "张一（虚构）")}, "referral.officers"),
        ({"addressees": ()}, "referral.no_addressee"),
        ({"addressees": ("522701.water",)}, "referral.no_addressee"),
        ({"grounds": f"群众反映：{ODOUR}"}, "referral.reporters_words"),
        ({"grounds": "请联系陈某某13900000021了解情况"}, "referral.personal"),
    ],
)
async def test_what_is_lacking_or_would_tell_of_the_reporter_is_refused(
    change: dict[str, Any], key: str
) -> None:
    with refused(key):
        await opened(police(**change))


@pytest.mark.usefixtures("db")
async def test_it_never_goes_to_those_it_is_about_and_they_never_find_it() -> None:
    about = Referring(
        "discipline", named="522701.environment", grounds="反映该单位工作人员不履行职责。"
    )
    with refused("referral.no_concerned"):
        await opened(about)
    ask = Referring(
        "discipline",
        addressees=("522700.discipline",),
        grounds="反映该单位工作人员不履行职责。",
        concerns="522701.environment",
    )
    order, number = await opened(ask)
    for who in (
        handler_of(order),  # 522701.environment leads the order
        staff(Role.SUPERVISOR, department="522701.environment"),
        staff(Role.TRIAGE),
    ):
        with pytest.raises(NotFound):
            await referral(who, number, LATER)
        assert await of_order(who, order.number, LATER) == []
        assert (await counts(who, LATER))["waiting"] == 0 or who.department
    assert (await referral(OTHER, number, LATER)).concerns


@pytest.mark.usefixtures("db")
async def test_a_reminder_goes_to_the_desk_that_answers_it_and_does_not_close_it() -> None:
    order = await dispatched()
    ask = Referring("supervise", (str(order.lead),), grounds="已两次回访不满意，请重新核查。")
    with refused("referral.choose_causes"):
        await refer(order.number, ask, by=CHIEF, now=LATER)
    ask = Referring(*("supervise", (str(order.lead),), "", ask.grounds, "unsatisfied"), days=5)
    number = await refer(order.number, ask, by=CHIEF, now=LATER)
    with refused("referral.already"):
        await refer(order.number, ask, by=CHIEF, now=LATER)
    desk = handler_of(order)
    await sign(at(order), by=desk, now=LATER)
    assert [one.number for one in await queue(desk, "running", LATER)] == [number]
    assert await queue(staff(Role.HANDLER, department="522701.water"), "running", LATER) == []
    late = LATER + timedelta(days=7)
    chief = await a_chief()
    soon = LATER + timedelta(days=5)
    assert [await warn_referrals(day) for day in (LATER, soon, soon, late, late)] == [0, 1, 0, 1, 0]
    told = await Message.filter(template__contains="referral").order_by("created_at")
    assert [(one.template, one.department or one.staff_id) for one in told] == [
        ("order.referral", order.lead),
        ("duty.referral_soon", UUID(chief.id)),
        ("duty.referral", UUID(chief.id)),
    ]
    assert [one.number for one in await queue(CHIEF, "overdue", late)] == [number]
    said = Reply("已重新核查，设施已修复，复测达标。", "done")
    await reply_referral(Asked(number), said, by=desk, now=late)
    with pytest.raises(NotAllowed):
        await close_referral(Asked(number), "done", "", by=desk, now=late)
    await close_referral(Asked(number), "done", "", by=CHIEF, now=late)
    clock = await Clock.get(scheme="supervise.reply")
    assert (clock.outcome, (await Referral.get(number=number)).stage) == ("late", "closed")


@pytest.mark.usefixtures("db")
async def test_one_is_denied_with_reasons_and_another_taken_back() -> None:
    order, number = await opened(police())
    await deny_referral(Asked(number), "证据尚不充分，先行补充调查。", by=OTHER, now=LATER)
    second = await refer(order.number, police(), by=CHIEF, now=LATER)
    with refused("referral.not_now"):
        await send_referral(Asked(number), Sending(PAPERS), by=CHIEF, now=LATER)
    await withdraw_referral(Asked(second), "已由上级机关直接移送。", by=CHIEF, now=LATER)
    stages = await Referral.filter(order_id=order.id).order_by("opened_at").values_list("stage")
    assert sorted(stage for (stage,) in stages) == ["denied", "withdrawn"]
