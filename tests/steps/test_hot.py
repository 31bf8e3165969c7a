"""A hot matter holds its kind and place for a person, and nothing else. All made up（虚构）."""

import pytest

from hotline.commands.launch.services import Services
from hotline.database import rows
from hotline.records import Clock, ServiceRequest
from hotline.records.hot import Lately
from hotline.records.rarity import Known
from hotline.rules.hot import FEWEST
from hotline.steps.decide import decide
from tests.steps.builders import NOW, caller, registered


def worded(number: int) -> str:
    """Rare characters: two of these are like each other in kind and place alone."""
    words = "".join(map(chr, range(0x3400 + 60 * number, 0x3400 + 60 * (number + 1))))
    return f"都匀市小围寨街道{words}恶臭"


async def reported(text: str, known: Known) -> ServiceRequest:
    receipt = await registered(text)
    await decide("520000", receipt.request_id, NOW, known)
    return await ServiceRequest.get(tenant_id="520000", id=receipt.request_id)


async def storm(known: Known) -> None:
    for number in range(FEWEST):
        receipt = await registered(worded(0), contact=caller(f"1380000{number:04}"))
        await decide("520000", receipt.request_id, NOW, known)


async def test_while_it_is_hot_what_is_like_nothing_waits_beside_the_running_order(
    db: Services,
) -> None:
    known = Known(lately=Lately())
    await storm(known)

    held = await reported(worded(1), known)

    assert (held.stage, held.triage_cause) == ("triage", "alike.hot")
    (running,) = await rows("SELECT number, report_count FROM work_order")
    assert running["report_count"] == FEWEST
    first = held.suggestions[0]
    assert (first["number"], first["relation"]) == (running["number"], "same")
    assert first["reasons"] == ["hot.same_spot", "dedupe.same_township", "dedupe.same_kind"]
    assert await Clock.exists(tenant_id="520000", holder_id=held.id, stopped_at=None)


@pytest.mark.parametrize(
    "text",
    [
        "都匀市小围寨街道化工库房爆炸起火，浓烟刺鼻，有人晕倒，快来人！",  # an emergency
        "都匀市小围寨街道某建筑工地夜间施工，噪声扰民。",  # another kind
        "都匀市广惠街道饭馆后门的泔水桶发出恶臭，夏天尤其难闻。",  # another township
        "独山县城边的养猪场粪便臭气熏天，没法开窗。",  # another county
    ],
)
async def test_a_hot_matter_holds_up_nothing_else(db: Services, text: str) -> None:
    known = Known(lately=Lately())
    await storm(known)
    found = await reported(text, known)
    assert (found.stage, found.triage_cause) == ("accepted", None)


async def test_many_matters_of_one_kind_are_no_hot_matter(db: Services) -> None:
    known = Known(lately=Lately())
    for number in range(FEWEST + 1):
        assert (await reported(worded(number), known)).stage == "accepted"
