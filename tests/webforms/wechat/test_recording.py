"""A voice that nobody could transcribe reaches the desk that must listen. Made up（虚构）."""

import httpx

from hotline.database import row
from hotline.rules.terms import Role
from hotline.steps.attach import Holder, attach
from tests.support.sitting import DESK, arrived, order_number, seat
from tests.support.visitor import Visitor
from workers.job import utc_now

VOICE = b"#!AMR\n" + bytes(60)


async def test_whoever_handles_the_matter_saves_the_recording(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    number = await order_number(await arrived())
    stored = await row("SELECT id FROM service_request")
    assert stored
    await attach(Holder("520000", request_id=stored["id"]), VOICE, "wechat", utc_now())
    handler = await seat(visitor, Role.HANDLER, department=DESK)
    page = await handler.client.get(f"/desk/orders/{number}")
    handle = page.text.partition(f"/desk/orders/{number}/pictures/")[2].partition('"')[0]

    assert "录音或录像 1" in page.text
    answer = await handler.client.get(f"/desk/orders/{number}/pictures/{handle}")
    assert answer.content == VOICE
    assert answer.headers["content-type"] == "audio/amr"
    assert answer.headers["content-disposition"].startswith("attachment")
