"""Other people's Open311 clients read and file, over real HTTP, in both formats."""

import asyncio
from typing import Any

import pytest
import requests
from civicbot.http import HttpTransport, RateLimiter
from civicbot.open311 import Open311Client, PreparedRequest, ValidationError
from civicbot.registry import Endpoint
from georeport import GeoReport

from hotline.database import rows
from tests.steps.builders import NOW
from tests.support.machine import counted, decided
from tests.support.publishing import TOLD, a_public_matter, made_public

# made up: no such plant or telephone
STORY = "某砖厂（虚构）每晚十点后排放刺鼻的黑烟，开窗就呛人。"
PLACE: dict[str, Any] = {"lat": 26.258, "lng": 107.519, "address_id": "522701008"}


def reader(address: str, fmt: str, jurisdiction: str | None = None) -> GeoReport:
    return GeoReport(f"{address}/open311/v2", jurisdiction=jurisdiction, output_format=fmt)


def writer(address: str, jurisdiction: str | None = None) -> Open311Client:
    endpoint = Endpoint("here", "here", f"{address}/open311/v2", write=True)
    transport = HttpTransport(rate_limiter=RateLimiter(0))
    return Open311Client(endpoint, transport, jurisdiction_id=jurisdiction)


async def filed(client: Open311Client, key: str, **change: Any) -> PreparedRequest:
    """Checked by the client against our own definition, then sent."""
    told = {**PLACE, "description": STORY, "attributes": {"wish": "report"}, **change}
    return await asyncio.to_thread(
        client.create_request,
        told.pop("service_code", "air.odour"),
        dry_run=False,
        confirm="SEND",
        api_key=key,
        validate_remote=True,
        **told,
    )


@pytest.mark.parametrize("fmt", ["xml", "json"])
async def test_georeport_reads_services_definitions_and_requests(
    address: str, key: str, fmt: str
) -> None:
    del key
    number = await a_public_matter()
    client = reader(address, fmt, "522700")

    services = await asyncio.to_thread(client.get_service_list)
    definition = await asyncio.to_thread(client.get_service_definition, "air.odour")
    one = await asyncio.to_thread(client.get_service_request, number)
    listed = await asyncio.to_thread(
        client.get_service_requests, service_code="air.odour,water", status="closed"
    )

    assert "air.odour" in {service["service_code"] for service in services}
    assert definition["service_code"] == "air.odour"
    assert one["service_request_id"] == number
    assert one["description"] == TOLD.problem
    assert (listed if isinstance(listed, dict) else listed[0]) == one


async def test_georeport_is_told_what_is_not_there(address: str, key: str) -> None:
    del key
    with pytest.raises(requests.HTTPError) as refusal:
        await asyncio.to_thread(reader(address, "json").get_service_request, "QN1")
    assert refusal.value.response.status_code == 404
    with pytest.raises(requests.HTTPError):
        await asyncio.to_thread(reader(address, "json", "990000").get_service_list)


async def test_civicbot_files_a_report_and_follows_its_token(address: str, key: str) -> None:
    client = writer(address)

    sent = await filed(client, key, first_name="某某（虚构）", last_name="张", phone="13800000000")

    (told,) = sent.response
    number = told["token"].partition("-")[0]
    assert number in told["service_notice"]
    (waiting,) = await asyncio.to_thread(client.get_token, told["token"])
    assert waiting["service_request_id"] is None
    await decided(NOW)
    public = await made_public(number)
    (found,) = await asyncio.to_thread(client.get_token, told["token"])
    one = await asyncio.to_thread(client.get_request, found["service_request_id"])
    assert one is not None
    assert one["service_request_id"] == public
    assert "13800000000" not in str(one)


async def test_civicbots_repeat_is_the_same_report(address: str, key: str) -> None:
    client = writer(address, "522700")
    first, again = [await filed(client, key) for _ in range(2)]

    assert first.response == again.response
    assert await counted("service_request") == 1
    (kept,) = await rows("SELECT channel, chosen_kinds, wish FROM service_request")
    assert kept == {"channel": "partner", "chosen_kinds": ["air.odour"], "wish": "report"}


async def test_civicbot_finds_a_wrong_value_by_our_definition_alone(address: str, key: str) -> None:
    client = writer(address)
    with pytest.raises(ValidationError, match="wish"):
        await filed(client, key, attributes={"wish": "shout"})
    with pytest.raises(ValidationError, match="not offered"):
        await filed(client, key, service_code="traffic")
    assert await counted("service_request") == 0


async def test_civicbot_is_refused_without_a_good_key(address: str, key: str) -> None:
    del key
    with pytest.raises(Exception, match="HTTP 403"):
        await filed(writer(address), "hk_wrong")
    assert await counted("service_request") == 0
