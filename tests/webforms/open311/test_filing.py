"""GeoReport v2 for a key: a report is filed once however it is wrapped, or its faults are named."""

import json
import re
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import httpx
import pytest

from hotline.database import row, rows
from hotline.records.sealing import open_envelope
from hotline.rules.terms import Scope
from tests.steps.builders import NOW
from tests.support.machine import (
    FORM,
    OPEN311,
    Machine,
    a_picture,
    counted,
    decided,
    new_machine,
)
from tests.support.publishing import made_public


async def test_a_report_is_filed_and_leads_to_its_public_number(machine: Machine) -> None:
    (told,) = (await machine.file()).json()

    assert list(told) == ["token", "service_notice", "account_id"]
    assert told["account_id"] == "u-17"
    (number,) = re.findall(r"[A-Z]+\d{17}", told["service_notice"])[:1]
    path = f"{OPEN311}/tokens/{told['token']}.json"
    assert (await machine.client.get(path)).json() == [
        {"service_request_id": None, "token": told["token"]}
    ]
    await decided(NOW)
    public = await made_public(number)
    (found,) = (await machine.client.get(path)).json()
    assert found["service_request_id"] == public != number
    assert (await machine.client.get(f"{OPEN311}/requests/{number}.json")).status_code == 404
    assert (await machine.client.get(f"{OPEN311}/requests/{public}.json")).status_code == 200


async def test_an_emergency_told_in_english_calls_a_person_at_each_machines_door(
    machine: Machine,
) -> None:
    said = "The (made-up) chemical works is on fire and gas is leaking."
    await machine.file(description=said)
    await machine.register(text=said, occurred="tonight")

    await decided(NOW)

    heard = [one["emergency"] for one in await rows("SELECT emergency FROM service_request")]
    assert heard == [["on fire", "gas…leaking"]] * 2


async def test_what_was_told_stands_sealed_in_its_place(machine: Machine) -> None:
    await machine.file(locale="en_US")

    stored = await row("SELECT * FROM service_request")
    assert stored is not None
    assert (stored["chosen_county"], stored["chosen_township"]) == ("522701", "522701008")
    assert (stored["wish"], stored["secrecy"]) == ("report", "confidential")
    assert (stored["chosen_kinds"], stored["wants_reply"]) == (["air.odour"], True)
    kept = await row("SELECT * FROM vault")
    assert kept is not None
    envelope = open_envelope(kept["tenant_id"], kept["id"], kept["kek_id"], kept["wrapped_key"])
    story = json.loads(envelope.unseal("report", kept["report"]))
    assert (story["landmark"], story["occurred"]) == ("大河村口（虚构）", "每晚十点以后")
    assert json.loads(story["raw"])["open311"]["account_id"] == "u-17"
    point = (story["longitude"], story["latitude"], story["system"])
    assert point == (107.519, 26.258, "wgs84")
    assert machine.key not in json.dumps(story)
    contact = json.loads(envelope.unseal("contact", kept["contact"]))
    assert contact == {"name": "张某某（虚构）", "phone": "13800000000", "language": "en"}
    for table in ("service_request", "vault", "delivery", "event", "event_detail"):
        for line in await rows(f"SELECT t::text AS line FROM {table} t"):
            for secret in ("13800000000", "砖厂", "u-17", machine.key):
                assert secret not in line["line"]


async def test_a_key_is_taken_from_body_query_or_header(machine: Machine) -> None:
    client, path = machine.client, f"{OPEN311}/requests.json"
    in_query = await client.post(path, params={"api_key": machine.key}, data=FORM)
    in_header = await client.post(path, headers=machine.headers, data={**FORM, "phone": ""})
    none = await client.post(path, data=FORM)
    wrong = await client.post(path, data={**FORM, "api_key": "hk_wrong"})

    assert (in_query.status_code, in_header.status_code) == (200, 200)
    assert (none.status_code, wrong.status_code) == (403, 403)
    assert none.json()[0]["code"] == "403"
    assert none.content == wrong.content


async def test_a_key_without_the_scope_files_nothing(client: httpx.AsyncClient) -> None:
    machine = await new_machine(client, scopes={Scope.REPORTS_WRITE})

    assert (await machine.file()).status_code == 403
    assert await counted("service_request") == 0


async def test_the_same_content_on_one_day_is_one_report_however_wrapped(machine: Machine) -> None:
    first = await machine.file()
    again = await machine.file()
    parts = [(name, (None, value)) for name, value in {**FORM, "api_key": machine.key}.items()]
    wrapped = await machine.client.post(f"{OPEN311}/requests.json", files=parts)
    other = await machine.file(description="另一件事：河水发黑发臭，有死鱼。")

    assert first.content == again.content == wrapped.content
    assert other.json()[0]["token"] != first.json()[0]["token"]
    assert await counted("service_request") == 2


async def test_a_multipart_report_brings_its_pictures(machine: Machine) -> None:
    files = [
        ("media", ("a.jpg", a_picture(), "image/jpeg")),
        ("media", ("b.txt", b"x", "text/plain")),
    ]
    data = {**FORM, "api_key": machine.key}

    answers = [
        await machine.client.post(f"{OPEN311}/requests.json", data=data, files=files)
        for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert "1 个附件没有保存" in answers[0].json()[0]["service_notice"]
    assert await counted("attachment") == 1
    assert await counted("service_request") == 1


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"service_code": None}, "service_code"),
        ({"service_code": "traffic"}, "service_code"),
        ({"description": None}, "description"),
        ({"description": "臭" * 4001}, "description"),
        ({"lat": "north"}, "lat"),
        ({"lat": "91"}, "lat"),
        ({"lat": "nan"}, "lat"),
        ({"long": None}, "long"),
        ({"address_id": "999999"}, "address_id"),
        ({"address_string": "长" * 201}, "address_string"),
        ({"phone": "none"}, "phone"),
        ({"email": "none"}, "email"),
        ({"attribute[county]": "火星"}, "attribute[county]"),
        ({"attribute[wish]": "shout"}, "attribute[wish]"),
        ({"attribute[nothing]": "x"}, "attribute[nothing]"),
        ({"media_url": "javascript:alert(1)"}, "media_url"),
        ({"lat": None, "long": None, "address_string": None, "address_id": None}, "address_string"),
    ],
)
async def test_a_wrong_field_is_named_as_it_was_sent_and_what_came_is_kept(
    machine: Machine, change: dict[str, str | None], named: str
) -> None:
    answer = await machine.file(**change)

    assert answer.status_code == 400
    assert [one["description"].partition("：")[0].partition(":")[0] for one in answer.json()] == [
        named
    ]
    assert await counted("service_request") == 0
    assert await counted("held_delivery") == 1
    for line in await rows("SELECT t::text AS line FROM held_delivery t"):
        assert machine.key not in line["line"]


async def test_several_faults_are_said_at_once_in_xml_too(machine: Machine) -> None:
    answer = await machine.file("xml", service_code="traffic", phone="none")

    root = ET.fromstring(answer.content)
    assert (answer.status_code, root.tag) == (400, "errors")
    assert {one.tag for one in root} == {"error"}
    assert len(root) == 2


async def test_a_narrower_jurisdiction_may_be_named_and_no_other(
    client: httpx.AsyncClient,
) -> None:
    province = await new_machine(client, "province", jurisdiction="520000")
    prefecture = await new_machine(client, "prefecture", jurisdiction="522700")

    assert (await province.file(jurisdiction_id="522700")).status_code == 200
    assert (await prefecture.file(jurisdiction_id="520000")).status_code == 404
    assert (await prefecture.file(jurisdiction_id="990000")).status_code == 404
    found = await rows("SELECT jurisdiction FROM service_request")
    assert [one["jurisdiction"] for one in found] == ["522700"]


async def test_a_place_is_known_by_its_name(machine: Machine) -> None:
    await machine.file(
        address_id=None,
        **{"attribute[county]": "都匀市", "attribute[township]": "小围寨街道"},
    )

    found = await row("SELECT chosen_county, chosen_township FROM service_request")
    assert found == {"chosen_county": "522701", "chosen_township": "522701008"}


async def test_a_body_that_is_not_utf8_is_refused(machine: Machine) -> None:
    body = urlencode({"api_key": machine.key}) + "&description=%FF%FE"
    headers = {"content-type": "application/x-www-form-urlencoded"}

    answer = await machine.client.post(f"{OPEN311}/requests.json", content=body, headers=headers)

    assert (answer.status_code, answer.json()[0]["code"]) == (400, "400")
