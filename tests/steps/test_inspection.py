"""督察交办: a batch from 接到 to 销号, every item with ten days from its hand-over."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hotline.errors import NotFound
from hotline.lookups.history_check import check_history
from hotline.lookups.inspections import batch, batches
from hotline.lookups.notices import notices
from hotline.records import InspectionBatch, Message, Referral
from hotline.rules.clocks import SHANGHAI
from hotline.rules.inspection import Funnel
from hotline.rules.message import Outgoing
from hotline.rules.terms import Role
from hotline.steps.approve_referral import approve_referral
from hotline.steps.close_referral import close_referral
from hotline.steps.deny_referral import deny_referral
from hotline.steps.hand_batch import Batch, hand_batch, take_items
from hotline.steps.merge_item import merge_item
from hotline.steps.ready import ready
from hotline.steps.refer import Referring, refer
from hotline.steps.referral import Asked
from hotline.steps.reply_referral import Reply, reply_referral
from hotline.steps.send_referral import Sending, send_referral
from hotline.steps.warn_referrals import warn_referrals
from hotline.steps.withdraw_referral import withdraw_referral
from tests.steps.desk import LATER, dispatched, refused, staff
from tests.steps.referral_desk import a_chief

CHIEF, OTHER = staff(Role.SUPERVISOR), staff(Role.SUPERVISOR)
DESK = "522701.environment"
LINES = """*D3GZ202611180001\t都匀市\t某砖厂（虚构）夜间冒黑烟，联系13900000021
X3GZ202611180002，福泉市，某河段（虚构）发黑
D3GZ202611180003,都匀市,某砖厂（虚构）黑烟扰民
D3GZ202611180004,都匀市,邻里纠纷（虚构）
"""


async def handed() -> tuple[str, dict[str, Asked]]:
    received = LATER.astimezone(SHANGHAI).date()
    number = await hand_batch(Batch("第一批", "central", received), by=CHIEF, now=LATER)
    assert await take_items(number, LINES, by=CHIEF, now=LATER) == (4, 0)
    assert await take_items(number, LINES, by=CHIEF, now=LATER) == (0, 4)  # pasted twice
    found = await Referral.filter(batch_id__isnull=False).order_by("foreign_number")
    return number, {str(one.foreign_number)[-1]: Asked(one.number) for one in found}


@pytest.mark.usefixtures("db")
async def test_a_batch_goes_from_received_to_accepted_at_the_end() -> None:
    order = await dispatched()
    number, items = await handed()
    for last in "123":
        await approve_referral(items[last], by=CHIEF, now=LATER)
    await deny_referral(items["4"], "不属于生态环境问题，转有关部门。", by=CHIEF, now=LATER)
    await merge_item(items["3"], "D3GZ202611180001", by=CHIEF, now=LATER)
    with refused("referral.no_order"):
        bad = Sending(addressees=(DESK,), order="QNG202611180000000000")
        await send_referral(items["1"], bad, by=CHIEF, now=LATER)
    sent = Sending(addressees=(DESK,), order=order.number)
    with refused("referral.no_order"):  # the post is for other kinds
        noise = replace(CHIEF, kinds=frozenset({"noise"}))
        await send_referral(items["1"], sent, by=noise, now=LATER)
    await send_referral(items["1"], sent, by=CHIEF, now=LATER)
    due = (await Referral.get(number=items["1"].number)).next_due_at
    assert due is not None
    ask = Referring(
        "police",
        ("522701.police",),
        grounds="涉嫌构成犯罪，现提请移送。",
        officers=("甲（虚构）", "乙（虚构）"),
    )
    police = Asked(await refer(order.number, ask, by=CHIEF, now=LATER))
    await approve_referral(police, by=OTHER, now=LATER)
    with refused("referral.tied"):  # what it is about stays what it is about
        away = Sending(("letter", "report", "items"), order=(await dispatched()).number)
        await send_referral(police, away, by=CHIEF, now=LATER)
    await withdraw_referral(police, "已由上级机关直接移送。", by=CHIEF, now=LATER)
    chief = await a_chief()
    late = due + timedelta(seconds=1)
    await Referral.filter(number=items["1"].number).update(order_id=None)
    assert await warn_referrals(late) == 1
    (notice,) = await notices(chief, late)
    assert (notice.referral, notice.number) == (items["1"].number, items["1"].number)
    told = await Message.get(template="duty.referral")
    sent = await ready(told)
    assert isinstance(sent, Outgoing)
    assert sent.values["number"] == items["1"].number
    await Referral.filter(number=items["1"].number).update(order_id=order.id)
    assert due.astimezone(SHANGHAI).date() == LATER.astimezone(SHANGHAI).date() + timedelta(days=10)

    desk = staff(Role.HANDLER, department=DESK)
    counted = {"corrected": 1, "fines": 50000}
    said = Reply("已责令改正并立案处罚。", "interim", ("result",), "mostly", counted)
    await reply_referral(items["1"], said, by=desk, now=LATER)
    await reply_referral(items["1"], said, by=CHIEF, now=LATER)
    with refused("referral.own_reply"):
        await close_referral(items["1"], "closed", "", by=CHIEF, now=LATER)
    await close_referral(items["1"], "closed", "现场验收合格。", by=OTHER, now=LATER)

    view = await batch(CHIEF, number, LATER)
    assert view.row.funnel == Funnel(
        received=4, refused=1, accepted=3, merged=1, handed_over=1, answered=1, closed=1
    )
    assert (view.sums["fines"], view.sums["detained"]) == (50000, 0)
    first = view.items[0]
    assert (first.star, first.order, first.finding) == (True, order.number, "mostly")
    assert "13900000021" not in first.problem
    assert (await check_history()).is_whole


@pytest.mark.usefixtures("db")
async def test_a_line_that_is_none_is_named_and_what_is_the_provinces_is_not_seen() -> None:
    number, _ = await handed()
    bad = "D3GZ202611180009,没有的地方,问题\n\nD3GZ202611180010,都匀市,"
    with refused("inspection.lines"):
        await take_items(number, bad, by=CHIEF, now=LATER)
    await InspectionBatch.all().update(jurisdiction="520000")  # the province's own
    assert await batches(CHIEF, LATER) == []
    with pytest.raises(NotFound):
        await batch(CHIEF, number, LATER)
