"""专项行动: a label with days; what it counts is what became of its orders."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hotline.commands.launch.services import Services
from hotline.database import rows
from hotline.errors import NotAllowed, NotFound
from hotline.lookups.campaigns import campaign, labels, orders
from hotline.records import Campaign, RewardCase
from hotline.rules.terms import Role, Step
from hotline.steps.campaign import NewCampaign, gather, lay, open_campaign, take_off
from hotline.steps.propose_reward import Established, propose
from hotline.steps.refer import Referring, refer
from hotline.steps.reward_case import Asked
from tests.steps.desk import LATER, TENANT, dispatched, handler_of, refused, staff, until
from tests.steps.reward_desk import PROPOSER
from tests.support.packs import saying

CHIEF = staff(Role.SUPERVISOR)
TODAY = LATER.date()
AIR = NewCampaign("夏季臭氧专项（虚构）", TODAY, TODAY + timedelta(days=30), ("air",))


@pytest.mark.usefixtures("db")
async def test_the_orders_of_its_days_and_kinds_come_under_it_and_are_counted() -> None:
    order = await until(Step.CLOSE, await dispatched())
    water = await dispatched(text="福泉市金山街道河道被养殖场直排粪污，河水发黑。")
    number = await open_campaign(AIR, by=CHIEF, now=LATER)
    before = NewCampaign("去年（虚构）", TODAY - timedelta(days=400), TODAY - timedelta(days=380))
    assert await gather(await open_campaign(before, by=CHIEF, now=LATER), by=CHIEF, now=LATER) == 0
    assert await gather(number, by=CHIEF, now=LATER) == 1
    await lay(number, water.number, by=CHIEF, now=LATER)
    with refused("campaign.already"):
        await lay(number, water.number, by=CHIEF, now=LATER)
    ask = Referring("urge", (str(water.lead),), grounds="请抓紧办理。")
    await refer(water.number, ask, by=CHIEF, now=LATER)
    found = await campaign(CHIEF, number, LATER)
    assert found.runs
    counted = {name: count for name, count in found.funnel.items() if count}
    assert counted == {
        "orders": 2, "signed": 1, "answered": 1, "verified": 1, "closed": 1, "referred": 1
    }  # fmt: skip
    assert [label.name for label in await labels(TENANT, order.number)] == [AIR.name]

    await take_off(number, order.number, by=CHIEF, now=LATER)
    assert await gather(number, by=CHIEF, now=LATER) == 0  # what was taken off stays off
    assert [one.number for one in await orders(CHIEF, number, LATER)] == [water.number]
    with pytest.raises(NotAllowed):
        await lay(number, order.number, by=handler_of(order), now=LATER)
    await Campaign.all().update(jurisdiction="520000")
    with pytest.raises(NotFound):
        await gather(number, by=CHIEF, now=LATER)


@pytest.mark.usefixtures("db")
async def test_it_has_a_name_days_in_order_and_kinds_that_are_there() -> None:
    for ask, key in (
        (NewCampaign("", TODAY, TODAY), "campaign.name"),
        (NewCampaign("某（虚构）", TODAY, TODAY - timedelta(days=1)), "campaign.days"),
        (NewCampaign("某（虚构）", TODAY, TODAY, ("no_such",)), "campaign.kinds"),
    ):
        with refused(key):
            await open_campaign(ask, by=CHIEF, now=LATER)


async def test_the_scheme_of_a_campaign_is_proposed_by_itself_and_changed_with_a_reason(
    db: Services,
) -> None:
    grade = {"code": "one", "name": "一般", "called": [], "max_fen": 30_000, "min_fen": 30_000}
    scheme = {"title": "夏季专项奖励（虚构）", "from": "2020-01-01", "source": "虚构", "mark": "K"}
    summer = {**scheme, "code": "summer", "campaign": True, "tier": [grade]}
    with refused("campaign.reward"):
        await open_campaign(replace(AIR, reward="summer"), by=CHIEF, now=LATER)
    async with saying(db, "522700", "reward", {"scheme": [summer]}):
        order = await dispatched(wants_reward=True)
        await rows("UPDATE service_request SET registered_at = $1", LATER)
        reported = replace(AIR, from_on=TODAY - timedelta(days=90), reward="summer")
        number = await open_campaign(reported, by=CHIEF, now=LATER)
        await lay(number, order.number, by=CHIEF, now=LATER)
        await until(Step.ANSWER, order)
        case = await RewardCase.get(order_id=order.id)
        assert (case.facts["campaign"], case.scheme) == ("summer", "summer")
        which = Asked(case.number)
        with refused("reward.campaign_why"):
            await propose(which, Established(tier="一般"), by=PROPOSER, now=LATER)
        own = Established(tier="一般", campaign_why="反映时专项尚未公告（虚构）")
        await propose(which, own, by=PROPOSER, now=LATER)
        case = await RewardCase.get(order_id=order.id)
        assert (case.scheme, case.facts["campaign_why"]) == ("GZ-2020", own.campaign_why)
        await propose(which, replace(own, campaign="summer"), by=PROPOSER, now=LATER)
        assert (await RewardCase.get(order_id=order.id)).sum_fen == 30_000
