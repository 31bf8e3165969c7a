"""One service hosts all five: each report is located, routed and numbered by its own pack."""

import pytest

from hotline.database import row
from hotline.policy.sight import sight_of
from hotline.policy.store import packs
from hotline.records import ServiceRequest, WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.terms import ActorKind
from tests.journeys.provinces import made_public, order_from
from tests.steps.builders import ODOUR

SMELL = "有个塑料厂，每天半夜排放刺鼻臭气，熏得睡不着觉。"
# tenant, jurisdiction, where, the desk that gets it
FIVE = [
    ("520000", "520000", "遵义市汇川区高坪街道", "遵义市生态环境局汇川分局"),
    ("520000", "522700", "", "黔南州生态环境局都匀分局"),
    ("360000", "360000", "九江市修水县渣津镇", "九江市修水县生态环境局"),
    ("220000", "220000", "延边州敦化市大石头镇", "延边州生态环境局敦化分局"),
    ("500000", "500000", "重庆市涪陵区白涛街道", "重庆市涪陵区生态环境局"),
]


@pytest.mark.usefixtures("five")
async def test_each_report_walks_from_its_own_desk_to_its_public_answer() -> None:
    known = await packs()
    assert {pack.code for pack in known.serving()} == {code for _, code, _, _ in FIVE}
    for tenant, code, place, desk in FIVE:
        text = f"{place}{SMELL}" if place else ODOUR
        order = await order_from(tenant, code, text)
        assert order.number.startswith(known.pack(code).prefix)
        assert known.pack(code).department(order.lead or "").name == desk
        assert (order.stage, order.jurisdiction) == ("dispatched", code)
        clock = await row(
            "SELECT count(*) AS n FROM clock WHERE tenant_id = $1 AND holder_id = $2",
            tenant,
            order.id,
        )
        assert clock is not None
        assert clock["n"] >= 2  # 办结 and 异议, by the inherited terms
        told = await made_public(order)
        assert (told.stage, told.jurisdiction) == ("published", code)


@pytest.mark.usefixtures("five")
async def test_the_same_words_in_two_provinces_are_two_matters() -> None:
    for tenant, place in (("360000", "九江市修水县渣津镇"), ("500000", "重庆市涪陵区白涛街道")):
        await order_from(tenant, tenant, f"{place}{SMELL}")
    assert await WorkOrder.all().count() == 2
    assert {one.tenant_id for one in await ServiceRequest.all()} == {"360000", "500000"}


@pytest.mark.usefixtures("five")
async def test_a_province_sees_its_prefectures_and_nobody_elses() -> None:
    seen = {
        code: (await sight_of(Actor(ActorKind.STAFF, "督办", jurisdiction=code))).jurisdictions
        for _, code, _, _ in FIVE
    }
    assert seen == {
        **{code: {code} for _, code, _, _ in FIVE},
        "520000": {"520000", "522700"},
    }
