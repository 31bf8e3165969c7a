"""GeoReport v2 for anybody: both formats as the specification writes them, only what is public."""

import json
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import httpx
import pytest

from tests.support.machine import (
    OPEN311,
    Machine,
    decided,
)
from tests.support.publishing import PHONE, TOLD, a_public_matter

FIELDS = [
    "service_request_id", "status", "status_notes", "service_name", "service_code", "description",
    "agency_responsible", "service_notice", "requested_datetime", "updated_datetime",
    "expected_datetime", "address", "address_id", "zipcode", "lat", "long", "media_url",
]  # fmt: skip


async def test_discovery_tells_where_and_in_which_formats(client: httpx.AsyncClient) -> None:
    told = (await client.get(f"{OPEN311}/discovery.json")).json()
    root = ET.fromstring((await client.get(f"{OPEN311}/discovery.xml")).content)

    assert list(told) == ["changeset", "contact", "key_service", "endpoints"]
    (endpoint,) = told["endpoints"]
    assert list(endpoint) == ["specification", "url", "changeset", "type", "formats"]
    assert endpoint["specification"] == "http://wiki.open311.org/GeoReport_v2"
    assert endpoint["formats"] == ["text/xml", "application/json"]
    assert datetime.fromisoformat(told["changeset"]).tzinfo is not None
    assert [child.tag for child in root] == list(told)
    assert [one.text for one in root.iter("format")] == endpoint["formats"]


@pytest.mark.parametrize("path", ["discovery", "services", "requests", "services/air.odour"])
@pytest.mark.parametrize(("fmt", "kind"), [("xml", "text/xml"), ("json", "application/json")])
async def test_the_suffix_chooses_the_format(
    client: httpx.AsyncClient, path: str, fmt: str, kind: str
) -> None:
    answer = await client.get(f"{OPEN311}/{path}.{fmt}")

    assert answer.status_code == 200
    assert answer.headers["content-type"] == f"{kind}; charset=utf-8"
    if fmt == "xml":
        assert answer.content.startswith(b"<?xml version='1.0' encoding='utf-8'?>")


async def test_services_are_the_kinds_that_are_ours(client: httpx.AsyncClient) -> None:
    told = (await client.get(f"{OPEN311}/services.json")).json()
    root = ET.fromstring((await client.get(f"{OPEN311}/services.xml")).content)

    odour = next(one for one in told if one["service_code"] == "air.odour")
    assert (odour["service_name"], odour["group"]) == ("恶臭/异味", "大气")
    assert (odour["metadata"], odour["type"]) == (True, "batch")
    assert [one.findtext("service_code") for one in root.findall("service")] == [
        one["service_code"] for one in told
    ]
    assert {one.findtext("metadata") for one in root} == {"true"}


async def test_a_definition_numbers_its_attributes_and_lists_the_counties(
    client: httpx.AsyncClient,
) -> None:
    path = f"{OPEN311}/services/air.odour"
    wide = (await client.get(f"{path}.json")).json()
    narrow = (await client.get(f"{path}.json", params={"jurisdiction_id": "522700"})).json()
    root = ET.fromstring((await client.get(f"{path}.xml")).content)

    assert wide["service_code"] == "air.odour"
    attributes = {one["code"]: one for one in narrow["attributes"]}
    assert [one["order"] for one in narrow["attributes"]] == [*range(1, len(attributes) + 1)]
    assert attributes["notice"]["variable"] is False
    assert {"key": "522701", "name": "都匀市"} in attributes["county"]["values"]
    assert len(attributes["county"]["values"]) < len(
        next(one for one in wide["attributes"] if one["code"] == "county")["values"]
    )
    assert root.findtext("attributes/attribute/code") == "notice"
    assert root.find("attributes/attribute/values/value/key") is not None


async def test_only_what_is_public_is_listed_with_every_name_of_the_specification(
    client: httpx.AsyncClient, machine: Machine
) -> None:
    number = await a_public_matter()
    await machine.file()
    await decided()

    (told,) = (await client.get(f"{OPEN311}/requests.json")).json()
    (single,) = (await client.get(f"{OPEN311}/requests/{number}.json")).json()
    root = ET.fromstring((await client.get(f"{OPEN311}/requests.xml")).content)

    assert list(told) == FIELDS
    assert told == single
    assert (told["service_request_id"], told["status"]) == (number, "closed")
    assert (told["description"], told["lat"], told["zipcode"]) == (TOLD.problem, None, None)
    assert told["status_notes"] == f"属实；办结。{TOLD.measure}"
    assert datetime.fromisoformat(told["requested_datetime"]).utcoffset() == timedelta(hours=8)
    assert [child.tag for child in root[0]] == FIELDS
    assert (root.tag, root[0].tag, root[0].findtext("lat")) == ("service_requests", "request", "")
    for secret in (PHONE, "13800000000", "张某某", "砖厂"):
        assert secret not in json.dumps(told, ensure_ascii=False)


@pytest.mark.parametrize(
    ("query", "n"),
    [
        ({"status": "closed"}, 1),
        ({"status": "open"}, 0),
        ({"status": "open,closed"}, 1),
        ({"service_code": "air.odour,water"}, 1),
        ({"service_code": "water"}, 0),
        ({"service_code": "", "status": "", "start_date": ""}, 1),
        ({"end_date": "2001-01-01T00:00:00Z"}, 0),
        ({"start_date": "{day}T00:00:00 08:00"}, 1),
        ({"service_request_id": "{number},QNP20260101000000000", "status": "open"}, 1),
        ({"service_request_id": "QNP20260101000000000"}, 0),
        ({"page": "2"}, 0),
        ({"page_size": "1"}, 1),
        ({"jurisdiction_id": "522700"}, 1),
        ({"jurisdiction_id": "520000"}, 1),
        ({"lat": "1", "unknown": "x"}, 1),
    ],
)
async def test_the_list_is_asked_as_the_specification_says(
    client: httpx.AsyncClient, query: dict[str, str], n: int
) -> None:
    number = await a_public_matter()
    day = f"{datetime.now(UTC) - timedelta(days=2):%Y-%m-%d}"
    asked = {name: value.format(number=number, day=day) for name, value in query.items()}

    answer = await client.get(f"{OPEN311}/requests.json", params=asked)

    assert (answer.status_code, len(answer.json())) == (200, n)


@pytest.mark.parametrize(
    ("path", "status", "named"),
    [
        ("requests.json?status=done", 400, "status"),
        ("requests.json?start_date=yesterday", 400, "start_date"),
        ("requests.json?start_date=2026-01-01T00:00:00", 400, "start_date"),
        (
            "requests.json?start_date=2026-01-01T00:00:00Z&end_date=2026-06-01T00:00:00Z",
            400,
            "end_date",
        ),
        ("requests.json?end_date=0001-01-02T00:00:00Z", 400, "end_date"),
        ("requests.json?start_date=9999-12-30T00:00:00Z", 400, "start_date"),
        ("requests.json?page_size=1001", 400, "page_size"),
        ("requests.json?page=0", 400, "page"),
        ("requests.json?jurisdiction_id=990000", 404, ""),
        ("requests/QNP20260101000000000.json", 404, ""),
        ("requests/nonsense.json", 404, ""),
        ("services/traffic.json", 404, ""),
        ("tokens/QN20260101000000000-00000000000000000000000000000000.json", 404, ""),
        ("tokens/x.json", 404, ""),
        ("services.csv", 404, ""),
        ("nothing.json", 404, ""),
    ],
)
async def test_what_is_wrong_is_said_in_the_specifications_form(
    client: httpx.AsyncClient, path: str, status: int, named: str
) -> None:
    answer = await client.get(f"{OPEN311}/{path}")

    assert answer.status_code == status
    if path.partition("?")[0].endswith(".json"):
        (error,) = answer.json()
        assert list(error) == ["code", "description"]
        assert error["code"] == str(status)
        assert error["description"].startswith(named)
    else:
        assert ET.fromstring(answer.content).tag == "errors"


async def test_extensions_are_given_to_whoever_asks(client: httpx.AsyncClient) -> None:
    await a_public_matter()

    (told,) = (await client.get(f"{OPEN311}/requests.json?extensions=true")).json()
    root = ET.fromstring((await client.get(f"{OPEN311}/requests.xml?extensions=true")).content)

    assert list(told) == [*FIELDS, "extended_attributes", "notes"]
    assert told["extended_attributes"]["finding"] == "true"
    assert told["notes"][0]["description"] == TOLD.measure
    assert root.findtext("request/extended_attributes/title") == TOLD.title
