"""反映人指认: "that's it" joins what the rule agrees with; all else goes to a person."""

from hotline.commands.launch.services import Services
from hotline.records import Membership, ServiceRequest, WorkOrder
from hotline.rules.chosen import CHOSEN
from tests.steps.builders import decided

RIVER = "都匀市小围寨街道化工厂（虚构）每天半夜偷排废水，河水发黑发臭，请查处。"
RIVER_TOO = "都匀市小围寨街道化工厂（虚构）晚上偷偷排放废水到河里，河水又黑又臭，请查处"
NOISE = "都匀市文峰街道工地（虚构）夜间打桩，噪声很大，孩子睡不着。"


async def a_matter(text: str = RIVER) -> WorkOrder:
    first = await decided(text)
    return await WorkOrder.get(tenant_id="520000", first_request_id=first.id)


async def pointing_at(order: str, text: str = RIVER_TOO, **story: str) -> ServiceRequest:
    return await decided(text, story={"same_as": order, **story})


async def test_the_matter_pointed_at_takes_what_is_like_it(db: Services) -> None:
    order = await a_matter()
    report = await pointing_at(order.number)
    member = await Membership.get(tenant_id="520000", request_id=report.id)
    assert (report.stage, member.order_id) == ("accepted", order.id)
    assert CHOSEN in member.reasons


async def test_what_is_not_like_the_matter_goes_to_a_person_who_sees_the_word(
    db: Services,
) -> None:
    order = await a_matter()
    report = await pointing_at(order.number, NOISE)
    assert (report.stage, report.triage_cause) == ("triage", "alike.chosen")
    assert (report.suggestions[0]["number"], report.suggestions[0]["reasons"]) == (
        order.number,
        [CHOSEN],
    )


async def test_another_place_is_not_joined_however_alike_the_words(db: Services) -> None:
    order = await a_matter()
    elsewhere = RIVER.replace("都匀市小围寨街道", "福泉市")
    report = await pointing_at(order.number, elsewhere)
    assert (report.stage, report.triage_cause) == ("triage", "alike.chosen")


async def test_a_word_about_no_matter_of_ours_changes_nothing(db: Services) -> None:
    report = await pointing_at("QNG0000000000000", NOISE)
    assert report.stage == "accepted"


async def test_what_a_person_set_apart_is_not_joined_by_itself(db: Services) -> None:
    await a_matter()
    report = await decided(RIVER, story={"apart": "yes"})
    assert (report.stage, report.triage_cause) == ("triage", "alike.suggested")
