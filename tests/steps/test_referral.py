"""督办移送: each with its own terms, hands and history; nothing of the report in any of it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from hotline.errors import NotAllowed, NotFound
from hotline.lookups.breaches import signs
from hotline.lookups.history_check import check_history
from hotline.lookups.referral import referral
from hotline.lookups.referrals import counts, of_order, queue
from hotline.records import Clock, Message, Referral, WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.clocks import SHANGHAI, add_months
from hotline.rules.terms import Role
from hotline.steps.approve_referral import approve_referral
from hotline.steps.close_referral import close_referral
from hotline.steps.deny_referral import deny_referral
from hotline.steps.enrol import Person, enrol
from hotline.steps.invite import OPERATOR, Post
from hotline.steps.proceed_referral import Entry, proceed_referral
from hotline.steps.refer import Referring, refer, refer_free
from hotline.steps.referral import Asked
from hotline.steps.reply_referral import Reply, reply_referral
from hotline.steps.send_referral import Sending, send_referral
from hotline.steps.sign import sign
from hotline.steps.warn_referrals import warn_referrals
from hotline.steps.withdraw_referral import withdraw_referral
from tests.steps.accounts import PASSWORD
from tests.steps.builders import ODOUR
from tests.steps.desk import LATER, at, dispatched, handler_of, refused, staff

OTHER = staff(Role.SUPERVISOR)
CHIEF = staff(Role.SUPERVISOR)
GROUNDS = "该厂私设暗管，经检测含有毒物质，涉嫌构成犯罪，现提请移送。"
PAPERS = ("letter", "report", "items")


def police(**given: Any) -> Referring:
    base = {
        "kind": "police",
        "addressees": ("522701.police",),
        "grounds": GROUNDS,
        "officers": ("张一（虚构）", "李二（虚构）"),
    }
    return Referring(**{**base, **given})


async def opened(ask: Referring, by: Actor = CHIEF, **given: Any) -> tuple[WorkOrder, str]:
    order = await dispatched(**given)
    return order, await refer(order.number, ask, by=by, now=LATER)


async def running(number: str) -> dict[str, Any]:
    one = await Referral.get(number=number)
    clocks = await Clock.filter(holder_id=one.id, stopped_at=None)
    return {clock.scheme: clock.due_at - clock.started_at for clock in clocks}


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
    assert [await warn_referrals(at_) for at_ in (LATER, late, late)] == [0, 1, 0]
    told = await Message.filter(template__in=["duty.referral", "order.referral"])
    assert {(one.department, one.staff_id) for one in told} == {
        (order.lead, None),
        (None, UUID(chief.id)),
    }
    assert [one.number for one in await queue(CHIEF, "overdue", late)] == [number]
    said = Reply("已重新核查，设施已修复，复测达标。", "done")
    await reply_referral(Asked(number), said, by=desk, now=late)
    with pytest.raises(NotAllowed):
        await close_referral(Asked(number), "done", "", by=desk, now=late)
    await close_referral(Asked(number), "done", "", by=CHIEF, now=late)
    clock = await Clock.get(scheme="supervise.reply")
    assert (clock.outcome, (await Referral.get(number=number)).stage) == ("late", "closed")


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(("grade", "hours"), [("two", 2), ("three", 4), ("unclear", 2)])
async def test_an_event_is_reported_within_hours_of_its_being_known(grade: str, hours: int) -> None:
    known = LATER - timedelta(minutes=30)
    ask = Referring(
        "event",
        ("522701.government", "522700.environment"),
        grounds="某化工园区储罐泄漏，已组织处置。",
        grade=grade,
        learned_at=known,
    )
    chief = await a_chief()
    _, number = await opened(ask)
    told = await Message.filter(template="duty.event")
    assert [message.staff_id for message in told] == [UUID(chief.id)]
    assert [*(await running(number)).values()] == [timedelta(hours=hours)]
    assert (await Referral.get(number=number)).next_due_at == known + timedelta(hours=hours)
    with refused("referral.documents"):  # 处理结果报告 is still lacking
        await close_referral(Asked(number), "handled", "", by=CHIEF, now=LATER)
    for entry in ("first", "result"):
        said = Entry("泄漏已控制，周边水体监测未见异常。", entry, (entry,))
        await proceed_referral(Asked(number), said, by=CHIEF, now=LATER)
    await close_referral(Asked(number), "handled", "", by=CHIEF, now=LATER)
    assert len((await referral(CHIEF, number, LATER)).entries) == 2


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


async def a_chief() -> Actor:
    """A supervisor with an account, whom a message can reach."""
    post = Post("522700", frozenset({Role.SUPERVISOR}), "")
    person = Person(f"chief.{uuid4().hex[:8]}", "某督办人（虚构）", PASSWORD)
    chief = staff(Role.SUPERVISOR)
    return replace(chief, id=str(await enrol(person, post, OPERATOR, LATER)))


SICK = "都匀市小围寨街道某小学（虚构）旁的塑料厂半夜排放刺鼻臭气，多名学生呕吐头晕。"


@pytest.mark.usefixtures("db")
async def test_a_sensitive_matter_waits_for_a_person_and_duty_is_told_once() -> None:
    chief = await a_chief()
    order = await dispatched(text=SICK)
    (one,) = await queue(chief, "waiting", LATER)
    assert (one.kind, one.order) == ("sensitive", order.number)
    view = await referral(chief, one.number, LATER)
    assert view.marks == ("学校、医院等",)
    assert [term.missing for term in view.terms] == [True]  # how soon, no source tells
    told = await Message.filter(template="duty.sensitive", order_id=order.id)
    assert [message.staff_id for message in told] == [UUID(chief.id)]
    await approve_referral(Asked(one.number), by=chief, now=LATER)
    with refused("referral.no_addressee"):
        await send_referral(Asked(one.number), Sending(), by=chief, now=LATER)
    said = Sending(addressees=("522700.environment",), grounds="辖区学校周边疑似泄漏，已到场处置。")
    await send_referral(Asked(one.number), said, by=chief, now=LATER)
    assert (await Referral.get(number=one.number)).sent_at == LATER


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    ("text", "given"), [(ODOUR, {}), ("都匀市小围寨街道某小学旁工地夜里施工太吵。", {})]
)
async def test_an_everyday_matter_is_not_flagged(text: str, given: dict[str, Any]) -> None:
    await dispatched(text=text, **given)
    assert await Referral.all().count() == 0


@pytest.mark.usefixtures("db")
async def test_a_breach_on_record_is_held_to_account_apart_from_those_it_is_about() -> None:
    late = LATER + timedelta(days=20)
    order = await dispatched()
    assert await signs(CHIEF, late) == []  # told at once
    await Clock.filter(scheme="notice").update(stopped_at=late)
    (sign,) = await signs(CHIEF, late)
    assert (sign.breach, sign.order) == ("not_told", order.number)
    ask = Referring(
        *("account", ("522700.discipline",)), grounds="超过十五日未告知反映人。", cause=sign.breach
    )
    with refused("referral.no_concerned"):
        await refer_free(ask, by=CHIEF, now=late)
    ask = replace(ask, concerns="522701.environment")
    number = await refer_free(ask, by=CHIEF, now=late)
    with pytest.raises(NotAllowed):
        await refer_free(ask, by=handler_of(order), now=late)
    with refused("referral.no_order"):
        await refer_free(police(), by=CHIEF, now=late)
    view = await referral(OTHER, number, late)
    assert (view.order, view.cause) == ("", "未按规定时限告知")
    blamed = staff(Role.SUPERVISOR, department="522701.environment")
    assert await queue(blamed, "waiting", late) == []


@pytest.mark.usefixtures("db")
async def test_a_notice_and_an_advice_run_from_the_day_they_came() -> None:
    order = await dispatched()
    came = LATER - timedelta(days=3)
    ends: dict[str, date] = {}
    for kind, given in (
        ("notice", {"named": "某市人民检察院（虚构）"}),
        ("advice", {"addressees": (str(order.lead),), "grade": "plain"}),
    ):
        ask = Referring(kind, grounds="收到检察机关文书，按期办理。", learned_at=came, **given)
        number = await refer(order.number, ask, by=CHIEF, now=LATER)
        one = await Referral.get(number=number)
        ends |= {kind: (await Clock.get(holder_id=one.id)).due_on}
    day = came.astimezone(SHANGHAI).date()
    assert ends == {"notice": day + timedelta(days=30), "advice": add_months(day, 2)}
    urgent = replace(ask, grade="growing")
    with refused("referral.already"):
        await refer(order.number, urgent, by=CHIEF, now=LATER)


@pytest.mark.usefixtures("db")
async def test_credit_and_damages_keep_appeal_and_repair_and_name_what_is_unknown() -> None:
    desk = staff(Role.HANDLER, department="522701.environment")
    order = await dispatched()
    for kind, paper, steps, outcome in (
        ("credit", "decision", ("appeal", "appeal_decided", "repair", "repaired"), "repaired"),
        ("damage", "clue", ("survey", "talks", "repair", "checked"), "agreed"),
    ):
        ask = Referring(kind, named="某平台（虚构）", grounds="处罚决定已经生效，移送记录。")
        number = await refer(order.number, ask, by=desk, now=LATER)
        await approve_referral(Asked(number), by=staff(Role.REVIEWER), now=LATER)
        with refused("referral.documents"):
            await send_referral(Asked(number), Sending(), by=desk, now=LATER)
        await send_referral(Asked(number), Sending((paper,)), by=desk, now=LATER)
        for step in steps:
            said = Entry("已按程序办理，材料附卷。", step)
            await proceed_referral(Asked(number), said, by=desk, now=LATER)
        await close_referral(Asked(number), outcome, "", by=CHIEF, now=LATER)
        view = await referral(CHIEF, number, LATER)
        assert len(view.entries) == 4
        assert view.terms[0].missing
