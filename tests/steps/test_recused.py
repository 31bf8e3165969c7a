"""回避: whoever has withdrawn from an order neither reads nor handles it, by whichever way."""

from collections.abc import Awaitable, Callable

import pytest

from hotline.commands.launch.services import Services
from hotline.errors import NotAllowed
from hotline.lookups.order import order as shown
from hotline.lookups.referral import referral
from hotline.records import Staff, WorkOrder
from hotline.rules.reviewing import ReviewOutcome
from hotline.rules.terms import Step
from hotline.steps.ask_review import ask_review
from hotline.steps.handover import handover
from hotline.steps.link import Linking, link
from hotline.steps.merge import Merging, merge
from hotline.steps.recuse import recuse
from hotline.steps.refer import Referring, refer
from hotline.steps.referral import Asked
from hotline.steps.review import Opinion, review
from hotline.steps.transition import Target
from hotline.steps.unmerge import Unmerging, unmerge
from hotline.steps.withdraw_referral import withdraw_referral
from tests.steps.builders import caller, decided
from tests.steps.desk import LATER, again, at, order_of, refused, reporter, until
from tests.steps.referral_desk import CHIEF, a_chief

WHY = "与被反映单位负责人是亲属"
FUMES = "都匀市广惠街道某塑料加工厂（虚构）排放刺鼻废气，晚上更严重。"
ASKS = "对答复不服，现场夜间仍有气味，请求复查"


def _of(order: WorkOrder) -> Target:
    """Whichever version stands."""
    return Target(order.tenant_id, order.id)


async def keeps_out(*acts: Callable[[], Awaitable[object]]) -> None:
    for act in acts:
        with pytest.raises(NotAllowed, match="recused"):
            await act()


async def test_no_step_beside_the_order_is_left_open(db: Services) -> None:
    chief, request = await a_chief(), await decided(contact=caller("13900000021"), wants_reply=True)
    order = await until(Step.CLOSE, await order_of(request))
    other = await order_of(await decided(FUMES))
    await ask_review(at(request), ASKS, by=reporter(request), now=LATER)
    ask = Referring(
        "supervise", (str(order.lead),), "", "已两次回访不满意，请核查。", "unsatisfied"
    )
    asked = Asked(await refer(other.number, ask, by=CHIEF, now=LATER))
    for one in (order, other):
        await recuse(at(await again(one)), WHY, by=chief, now=LATER)

    upheld = Opinion(ReviewOutcome.UPHELD, "经复查，原答复事实清楚，予以维持。")
    await keeps_out(
        lambda: review(at(request), upheld, by=chief, now=LATER),
        lambda: refer(other.number, ask, by=chief, now=LATER),
        lambda: referral(chief, asked.number, LATER),
        lambda: withdraw_referral(asked, "不再需要", by=chief, now=LATER),
        lambda: link(_of(order), Linking(other.number, "同一企业的同一问题"), by=chief, now=LATER),
    )


async def test_who_withdrew_from_an_order_keeps_out_of_what_it_was_merged_into(
    db: Services,
) -> None:
    chief = await a_chief()
    order, into = await order_of(await decided()), await order_of(await decided(FUMES))
    await recuse(at(order), WHY, by=chief, now=LATER)
    login = (await Staff.get(id=chief.id)).login
    with refused("handover.recused"):
        await recuse(_of(order), WHY, login=login, by=CHIEF, now=LATER)
    ask = Merging(into.number, "同一企业的同一问题")
    await keeps_out(lambda: merge(_of(order), ask, by=chief, now=LATER))
    await merge(_of(order), ask, by=CHIEF, now=LATER)

    await keeps_out(
        lambda: shown(chief, into.number, LATER),
        lambda: handover(_of(into), "nobody", by=chief, now=LATER),
    )
    await unmerge(_of(order), Unmerging("不是同一企业"), by=CHIEF, now=LATER)
    assert (await shown(chief, into.number, LATER)).number == into.number
