"""回调: what becomes of a platform's order is told to the platform, signed, in order, until taken.

The platform is a real HTTP server; reports, persons and numbers are made up（虚构）.
"""

import base64
import hashlib
import xml.etree.ElementTree as ET
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest

from hotline.commands.launch.services import Services, in_environment
from hotline.database import rows
from hotline.records import Message, ServiceRequest
from hotline.rules.terms import RequestStage, Role
from hotline.steps.answer import answer
from hotline.steps.close import close
from hotline.steps.decide import decide
from hotline.steps.partner import put_call_secret
from hotline.steps.refuse import Refusal, refuse
from hotline.steps.submit import submit
from tests.notifications.gateway import Provider, provider
from tests.steps.builders import NOW
from tests.steps.desk import LATER, TENANT, TEXTS, at, handler_of, order_of, staff, written
from tests.support.platform import (
    NAME,
    ORDER,
    Platform,
    application,
    new_platform,
    shipped,
    sorted_signature,
)
from tests.webforms.partners.test_door import XML, xml_headers
from workers.delivery import drain_all

THEIRS = "the platform's own secret"


@pytest.fixture
async def client(db: Services, queues: object) -> AsyncIterator[httpx.AsyncClient]:
    async with application() as client:
        yield client


@pytest.fixture
def there() -> Iterator[Provider]:
    """The platform's own side."""
    with provider() as told, in_environment({"OUTGOING_WITHIN": "127.0.0.1"}):
        told.answer = {"code": "0"}
        yield told


@pytest.fixture
async def platform(client: httpx.AsyncClient, there: Provider) -> Platform:
    text = shipped("made-up-12345").replace("https://12345.city.example/open/callback", there.url)
    platform = await new_platform(client, text)
    await put_call_secret(NAME, THEIRS)
    return platform


async def pushed(platform: Platform, order: Any = ORDER) -> ServiceRequest:
    """An order of the platform's, decided."""
    assert (await platform.push(order)).json()["code"] == "0"
    request = await ServiceRequest.get(foreign_number=ORDER["orderNo"])
    await decide(TENANT, request.id, NOW)
    return await ServiceRequest.get(tenant_id=TENANT, id=request.id)


async def finished(request: ServiceRequest) -> None:
    """Handled, answered by another person, closed."""
    order = await order_of(request)
    by = handler_of(order)
    await written(order, by)
    await submit(at(order), by=by, now=LATER)
    reviewer = staff(Role.REVIEWER)
    await answer(at(order), by=reviewer, now=LATER)
    await close(at(order), by=reviewer, now=LATER)


async def calls() -> list[Message]:
    return await Message.filter(recipient="partner").order_by("seq")


async def test_each_step_is_called_back_signed_and_in_order(
    platform: Platform, there: Provider
) -> None:
    request = await pushed(platform)
    assert request.stage == RequestStage.ACCEPTED
    await finished(request)

    await drain_all()

    assert [one["status"] for one in there.taken] == ["10", "30", "40"]
    for body in there.taken:
        signed = {name: value for name, value in body.items() if name != "sign"}
        assert body["sign"] == sorted_signature(signed, THEIRS)
        assert body["orderNo"] == ORDER["orderNo"]
    accepted, answered, closed = there.taken
    assert accepted["acceptNo"] == request.number
    assert (answered["finding"], answered["reply"]) == ("属实", TEXTS["reply"])  # type: ignore[index]
    assert closed["closing"] == "1"
    assert len({one["serial"] for one in there.taken}) == 3
    assert [one.state for one in await calls()] == ["sent"] * 3


async def test_a_refusal_goes_back_with_its_reason(platform: Platform, there: Provider) -> None:
    nowhere = {**ORDER, "content": "有人偷排废水，河水发黑发臭。", "areaCode": "", "address": ""}
    request = await pushed(platform, nowhere)
    assert request.stage == RequestStage.TRIAGE
    by = staff(Role.TRIAGE)
    await refuse(at(request), Refusal("other_authority"), by=by, now=LATER)

    await drain_all()

    (body,) = there.taken
    assert (body["status"], body["orderNo"]) == ("20", ORDER["orderNo"])
    assert body["reason"]


async def test_an_outage_is_waited_out_and_the_order_of_calls_kept(
    platform: Platform, there: Provider
) -> None:
    there.status = 503
    await finished(await pushed(platform))
    await drain_all()
    first, second, _ = await calls()
    assert (first.state, first.error, second.attempts) == ("queued", f"{NAME}.503", 0)

    there.status = 200
    await rows("UPDATE message SET available_at = now() - interval '1 minute'")
    for _ in range(3):
        await drain_all()

    assert [one["status"] for one in there.taken[1:]] == ["10", "30", "40"]
    assert there.taken[0]["serial"] == there.taken[1]["serial"]  # a repeat can be told


async def test_what_the_platform_will_never_take_lies_with_a_person(
    platform: Platform, there: Provider
) -> None:
    there.answer = {"code": "404"}
    await pushed(platform)

    await drain_all()

    (call,) = await calls()
    assert (call.state, call.error) == ("dead", f"{NAME}.404")


async def test_the_three_texts_go_back_to_the_authority_above(
    client: httpx.AsyncClient, there: Provider
) -> None:
    """环办〔2009〕101号: 复函, 调查处理结果 and 答复举报人意见, each in a field of its own."""
    there.answer = "<response><resultCode>1</resultCode></response>"
    text = shipped("made-up-12369").replace(
        "https://12369.province.example/service/feedback", there.url
    )
    above = await new_platform(client, text, "province-12369")
    body = XML.encode()
    await client.post(
        f"/hooks/partner/{above.name}", content=body, headers=xml_headers(body, above.secret)
    )
    request = await ServiceRequest.get(foreign_number="HB-2026-7")
    await decide(TENANT, request.id, NOW)
    await finished(request)

    await drain_all()

    assert len(there.bodies) == 3
    headers, sent = there.headers[1], there.bodies[1]
    fields = {one.tag: one.text for one in ET.fromstring(sent).iterfind("body/*")}
    assert base64.b64decode(fields["fhdzj"] or "").decode() == TEXTS["letter"]  # type: ignore[index]
    assert fields["dccljg"] == TEXTS["result"]  # type: ignore[index]
    assert fields["dfjbryj"] == TEXTS["reply"]  # type: ignore[index]
    assert (fields["jbbh"], fields["ccjg"]) == ("HB-2026-7", "属实")
    said = f"{headers['X-Timestamp']}{headers['X-Nonce']}{sent}{above.secret}"
    expected = hashlib.md5(said.encode(), usedforsecurity=False).hexdigest().upper()
    assert headers["X-Sign"] == expected


async def test_a_platform_that_was_not_named_inside_the_house_is_not_called(
    platform: Platform, there: Provider
) -> None:
    await pushed(platform)
    with in_environment({"OUTGOING_WITHIN": ""}):
        await drain_all()

    assert there.taken == []
    (call,) = await calls()
    assert (call.state, call.error) == ("queued", f"{NAME}.RefusedAddressError")
