"""督办移送 kind by kind: events, sensitive matters, notices, credit, breaches."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from hotline.database import rows
from hotline.errors import NotAllowed
from hotline.lookups.breaches import signs
from hotline.lookups.referral import referral
from hotline.lookups.referrals import queue
from hotline.records import Clock, Message, Referral
from hotline.rules.clocks import SHANGHAI, add_months
from hotline.rules.terms import Role
from hotline.steps.approve_referral import approve_referral
from hotline.steps.close_referral import close_referral
from hotline.steps.proceed_referral import Entry, proceed_referral
from hotline.steps.refer import Referring, refer, refer_free
from hotline.steps.referral import Asked
from hotline.steps.send_referral import Sending, send_referral
from tests.steps.builders import ODOUR
from tests.steps.desk import LATER, dispatched, handler_of, refused, staff
from tests.steps.referral_desk import (
    CHIEF,
    OTHER,
    a_chief,
    opened,
    police,
    running,
)

SICK = "都匀市小围寨街道某小学（虚构）旁的塑料厂半夜排放刺鼻臭气，多名学生呕吐头晕。"


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
    await rows("UPDATE service_request SET registered_at = $1", LATER)
    assert await signs(CHIEF, late) == []  # told at once
    await Clock.filter(scheme="notice").update(due_at=LATER, stopped_at=late)
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
