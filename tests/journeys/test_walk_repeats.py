"""The same matter again: it joins, is suggested or is kept apart, never refused as a repeat."""

from hotline.database import row, rows
from tests.support.sender import REPORT, Sender
from workers.intake import drain_all

OTHER_PHONE = {"name": "李某某（虚构）", "phone": "13900000000"}


async def test_the_same_text_of_the_same_caller_joins_the_order(partner: Sender) -> None:
    await partner.post(REPORT)
    await drain_all()
    await partner.post(REPORT)
    await drain_all()

    order = await row("SELECT * FROM work_order")
    assert order is not None
    assert order["report_count"] == 2
    assert await _relations() == ["again", "first"]
    assert await _stages() == ["accepted", "accepted"]


async def test_the_same_text_of_another_caller_about_the_same_place_joins_too(
    partner: Sender,
) -> None:
    await partner.post(REPORT)
    await partner.post({**REPORT, "contact": OTHER_PHONE})
    await drain_all()

    assert len(await rows("SELECT id FROM work_order")) == 1
    assert len(await _relations()) == 2


async def test_template_text_about_another_county_never_joins(partner: Sender) -> None:
    await partner.post(REPORT)
    elsewhere = REPORT["text"].replace("都匀市小围寨街道", "福泉市马场坪街道")
    await partner.post(
        {**REPORT, "text": elsewhere, "county": "522702", "contact": OTHER_PHONE, "landmark": ""}
    )
    await drain_all()

    found = await rows("SELECT count(*) AS n, order_id FROM membership GROUP BY order_id")
    assert all(one["n"] == 1 for one in found)


async def test_two_at_once_about_one_matter_open_one_order(partner: Sender) -> None:
    for _ in range(2):
        await partner.post(REPORT)
    await drain_all()

    assert len(await rows("SELECT id FROM work_order")) == 1


async def _relations() -> list[str]:
    found = await rows("SELECT relation FROM membership WHERE to_at IS NULL ORDER BY relation")
    return [one["relation"] for one in found]


async def _stages() -> list[str]:
    return [one["stage"] for one in await rows("SELECT stage FROM service_request")]
