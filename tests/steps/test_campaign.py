"""专项行动: a label with days; what it counts is what became of its orders."""

from datetime import timedelta

import pytest

from hotline.errors import NotAllowed, NotFound
from hotline.lookups.campaigns import campaign, labels, orders
from hotline.records import Campaign
from hotline.rules.terms import Role, Step
from hotline.steps.campaign import NewCampaign, gather, lay, open_campaign, take_off
from hotline.steps.refer import Referring, refer
from tests.steps.desk import LATER, TENANT, dispatched, handler_of, refused, staff, until

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
