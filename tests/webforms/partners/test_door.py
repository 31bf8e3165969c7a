"""A platform's door: what it signs is registered once, answered in its form, or kept for a person.

Reports, persons and numbers are made up（虚构）.
"""

import asyncio
import hashlib
import json
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotline.commands.launch.services import Services
from hotline.database import row, rows
from hotline.lookups import channel as channels
from hotline.steps.channel import rotate_channel
from tests.support.platform import NAME, ORDER, Platform, application, new_platform, shipped


@pytest.fixture
async def client(db: Services) -> AsyncIterator[httpx.AsyncClient]:
    async with application() as client:
        yield client


@pytest.fixture
async def platform(client: httpx.AsyncClient) -> Platform:
    return await new_platform(client)


async def _count(table: str) -> int:
    found = await row(f"SELECT count(*) AS n FROM {table}")
    return int(found["n"]) if found else 0


async def _held() -> list[str]:
    return [one["reason"] for one in await rows("SELECT reason FROM held_delivery ORDER BY id")]


async def test_a_pushed_order_is_registered_and_answered_in_the_platforms_form(
    platform: Platform,
) -> None:
    answer = await platform.push()

    assert answer.status_code == 200
    said = answer.json()
    assert (said["code"], said["message"]) == ("0", "成功")
    assert said["data"]["orderNo"] == ORDER["orderNo"]
    stored = await row("SELECT * FROM service_request")
    assert stored is not None
    assert said["data"]["acceptNo"] == stored["number"]
    assert (stored["channel"], stored["wish"], stored["chosen_county"], stored["secrecy"]) == (
        "12345",
        "complain",
        "522701",
        "confidential",
    )
    assert stored["chosen_kinds"] == ["air.odour"]
    assert stored["foreign_number"] == ORDER["orderNo"]
    assert stored["occurred_at"] == datetime(2026, 3, 5, 14, 10, tzinfo=UTC)
    (further,) = await rows("SELECT label, number FROM partner_number")
    assert (further["label"], further["number"]) == ("市级编号", "SJ-2026-0099")


async def test_nothing_readable_of_the_reporter_reaches_a_column(platform: Platform) -> None:
    await platform.push()
    await platform.push({**ORDER, "orderNo": "GD2", "appealType": "?"})

    for table in ("service_request", "vault", "delivery", "event_detail", "held_delivery"):
        for line in await rows(f"SELECT t::text AS line FROM {table} t"):
            assert "13800000000" not in line["line"]
            assert "砖厂" not in line["line"]


async def test_three_times_at_once_with_fresh_signatures_is_one_with_one_answer(
    platform: Platform,
) -> None:
    """A retry carries another time, nonce and signature: it is the same order all the same."""
    answers = await asyncio.gather(*(platform.push() for _ in range(3)))
    later = await platform.push(at=datetime.now(UTC) + timedelta(minutes=2))

    assert len(set(platform.pushed)) == 4
    assert {answer.content for answer in [*answers, later]} == {answers[0].content}
    assert await _count("service_request") == 1
    assert await _held() == []


async def test_another_order_under_the_same_number_is_kept_for_a_person(platform: Platform) -> None:
    await platform.push()
    other = await platform.push({**ORDER, "content": "完全不同的另一件事情，请尽快处理。"})

    assert (other.status_code, other.json()["data"]["acceptNo"]) == (200, "")
    assert "人工" in other.json()["message"]
    assert await _count("service_request") == 1
    assert await _held() == ["delivery.other_body"]


@pytest.mark.parametrize(
    "change",
    [
        {"appealType": "9"},
        {"happenTime": "昨天晚上"},
        {"areaCode": "999999"},
        {"content": ""},
        {"content": {"a": 1}},
        {"orderNo": ""},
    ],
)
async def test_what_cannot_be_translated_is_kept_sealed_and_taken_no_second_time(
    platform: Platform, change: dict[str, Any]
) -> None:
    for _ in range(2):
        answer = await platform.push({**ORDER, **change})
        assert answer.status_code == 200
        assert "待人工核对" in answer.json()["message"]

    assert await _held() == ["delivery.bad_fields"]
    assert await _count("service_request") == 0


async def test_wrong_old_or_foreign_signatures_are_refused_in_the_platforms_form(
    platform: Platform,
) -> None:
    good = platform.document()
    for wrong in (
        {**good, "data": {**ORDER, "content": "另一件事情，请尽快处理。"}},
        {**good, "sign": "0" * 64},
        {name: value for name, value in good.items() if name != "sign"},
        platform.document(at=datetime.now(UTC) - timedelta(minutes=11)),
        Platform(platform.client, "another secret").document(),
    ):
        answer = await platform.send(json.dumps(wrong).encode())
        assert (answer.status_code, answer.json()["code"]) == (401, "401")

    assert (await _count("service_request"), await _held()) == (0, [])
    unknown = await platform.client.post("/hooks/partner/nobody", content=b"{}")
    assert unknown.status_code == 404
    assert (await platform.client.post(f"/hooks/{NAME}", content=b"{}")).status_code == 404


async def test_both_secrets_are_good_during_a_change_over(platform: Platform) -> None:
    fresh = await rotate_channel(NAME, datetime.now(UTC))
    channels.forget()

    assert (await platform.push()).status_code == 200
    renewed = Platform(platform.client, fresh.secret)
    assert (await renewed.push({**ORDER, "orderNo": "GD2"})).status_code == 200

    await rotate_channel(NAME, datetime.now(UTC))  # the first is two changes old
    channels.forget()
    assert (await platform.push({**ORDER, "orderNo": "GD3"})).status_code == 401


async def test_only_listed_addresses_may_knock(client: httpx.AsyncClient) -> None:
    text = shipped("made-up-12345").replace("minutes = 10", 'addresses = ["203.0.113.0/24"]')
    elsewhere = await new_platform(client, text)

    answer = await elsewhere.push()

    assert (answer.status_code, answer.json()["code"]) == (401, "401")


XML = """<?xml version="1.0" encoding="UTF-8"?><request><head><serialNo>S-1</serialNo></head>
<body><jbbh>HB-2026-7</jbbh><jbnr>某化工厂（虚构）夜间偷排废水，河水发黑发臭。</jbnr><sqmd>举报</sqmd>
<xzqh>522701</xzqh><jbsj>2026/03/05 22:10</jbsj><jbrxm>李某某（虚构）</jbrxm>
<lxfs>13900000000</lxfs>
<zb jd="107.51" wd="26.26"/></body></request>"""


def xml_headers(body: bytes, secret: str, at: datetime | None = None) -> dict[str, str]:
    """MD5 over time, nonce, body and secret, in capitals."""
    millis = str(int((at or datetime.now(UTC)).timestamp() * 1000))
    said = f"{millis}abc".encode() + body + secret.encode()
    sign = hashlib.md5(said, usedforsecurity=False).hexdigest().upper()
    return {"X-Sign": sign, "X-Timestamp": millis, "X-Nonce": "abc"}


async def test_xml_signed_in_a_header_is_answered_in_xml(client: httpx.AsyncClient) -> None:
    above = await new_platform(client, shipped("made-up-12369"), "province-12369")
    body = XML.encode()

    for _ in range(2):
        headers = xml_headers(body, above.secret)
        answer = await client.post("/hooks/partner/province-12369", content=body, headers=headers)
        assert answer.status_code == 200

    stored = await row("SELECT * FROM service_request")
    assert stored is not None
    assert f"<localNo>{stored['number']}</localNo>" in answer.text
    assert (stored["channel"], stored["wish"], stored["foreign_number"]) == (
        "12369",
        "report",
        "HB-2026-7",
    )


@pytest.mark.parametrize(
    "evil",
    [
        '<!DOCTYPE request [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE request SYSTEM "http://203.0.113.1/x.dtd">',
        '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
    ],
)
async def test_document_types_and_entities_are_not_read_and_kept_for_a_person(
    client: httpx.AsyncClient, evil: str
) -> None:
    above = await new_platform(client, shipped("made-up-12369"), "province-12369")
    body = XML.replace("<request>", f"{evil}<request>").encode()

    answer = await client.post(
        "/hooks/partner/province-12369", content=body, headers=xml_headers(body, above.secret)
    )

    assert answer.status_code == 200
    assert "<resultCode>2</resultCode>" in answer.text
    assert await _held() == ["body.not_xml"]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)
FEW = settings(
    max_examples=400 if os.environ.get("HOTLINE_TEST_LONG") else 30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@FEW
@given(change=st.dictionaries(st.sampled_from(sorted(ORDER)), VALUES, max_size=4))
async def test_any_rightly_signed_values_are_registered_or_kept(
    platform: Platform, change: dict[str, Any]
) -> None:
    """Any value anywhere: never a 500, never lost."""
    before = await _count("service_request") + await _count("held_delivery")
    number = f"GD{before:08}"
    answer = await platform.push({**ORDER, "orderNo": number, **change})
    assert answer.status_code == 200, answer.text
    after = await _count("service_request") + await _count("held_delivery")
    assert after == before + 1 or "orderNo" in change


@pytest.fixture
async def above(client: httpx.AsyncClient) -> Platform:
    return await new_platform(client, shipped("made-up-12369"), "province-12369")


@FEW
@given(body=st.binary(max_size=200) | st.text(max_size=80).map(str.encode))
async def test_any_bytes_are_kept_for_a_person(above: Platform, body: bytes) -> None:
    """Signed in a header, so that every byte counts as the platform's own."""
    headers = xml_headers(body, above.secret)
    answer = await above.client.post(f"/hooks/partner/{above.name}", content=body, headers=headers)
    assert answer.status_code == 200
    assert "<resultCode>2</resultCode>" in answer.text
