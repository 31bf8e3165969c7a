"""The signed door: what is rightly signed is registered once, or kept for a person."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from hotline.commands.launch.services import Services
from hotline.database import row, rows
from hotline.lookups import channel as channels
from hotline.records.sealing import open_envelope
from hotline.rules.numbering import is_public_number
from hotline.steps.channel import retire_channel, rotate_channel
from tests.support.sender import NAME, REPORT, Sender, application, new_partner


@pytest.fixture
async def client(db: Services) -> AsyncIterator[httpx.AsyncClient]:
    async with application() as client:
        yield client


@pytest.fixture
async def partner(client: httpx.AsyncClient) -> Sender:
    return await new_partner(client)


async def test_a_signed_report_is_registered_and_answered_with_its_number(partner: Sender) -> None:
    answer = await partner.post(REPORT)

    assert answer.status_code == 200
    assert list(answer.json()) == ["number", "registered_at", "status"]
    assert is_public_number(answer.json()["number"])
    assert answer.json()["status"] == "registered"
    stored = await row("SELECT * FROM service_request")
    assert stored is not None
    assert (stored["channel"], stored["wish"], stored["chosen_county"]) == (
        "12345",
        "complain",
        "522701",
    )
    assert stored["foreign_number"] == "12345-0001"
    assert stored["stage"] == "received"


async def test_nothing_readable_of_the_reporter_reaches_a_column(partner: Sender) -> None:
    await partner.post(REPORT)

    for table in ("service_request", "vault", "delivery", "event", "event_detail"):
        for line in await rows(f"SELECT t::text AS line FROM {table} t"):
            assert "13800000000" not in line["line"]
            assert "砖厂" not in line["line"]


async def test_every_repeat_gets_the_same_bytes(partner: Sender) -> None:
    now = datetime.now(UTC)
    answers = await asyncio.gather(*(partner.post(REPORT, id="msg_same") for _ in range(3)))
    later = await partner.post(REPORT, id="msg_same", at=now + timedelta(minutes=2))

    assert {answer.content for answer in [*answers, later]} == {answers[0].content}
    assert await _count("service_request") == 1


async def test_another_body_under_the_same_id_is_kept_for_a_person(partner: Sender) -> None:
    await partner.post(REPORT, id="msg_same")
    for _ in range(2):
        other = await partner.post({**REPORT, "text": "完全不同的另一件事情"}, id="msg_same")
        assert other.status_code == 409

    assert "人工" in other.json()["errors"][0]["message"]
    assert await _count("service_request") == 1
    assert await _held() == [("delivery.other_body", "完全不同的另一件事情")]


@pytest.mark.parametrize("minutes", [-6, 6])
async def test_an_old_copy_is_refused_however_rightly_signed(partner: Sender, minutes: int) -> None:
    answer = await partner.post(REPORT, at=datetime.now(UTC) + timedelta(minutes=minutes))

    assert answer.status_code == 401
    assert answer.json()["errors"][0]["code"] == "signature.stale"
    assert await _count("service_request") == 0


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"webhook-signature": "v1,AAAA"}, "signature.wrong"),
        ({"webhook-signature": "v1,%%%"}, "signature.wrong"),
        ({"webhook-signature": "v2,AAAA"}, "signature.wrong"),
        ({"webhook-signature": ""}, "signature.missing"),
        ({"webhook-id": ""}, "signature.missing"),
        ({"webhook-id": "x" * 129}, "signature.bad_id"),
        ({"webhook-timestamp": "soon"}, "signature.bad_time"),
        ({"webhook-timestamp": "9" * 13}, "signature.bad_time"),
    ],
)
async def test_a_wrong_signature_is_refused(
    partner: Sender, headers: dict[str, str], code: str
) -> None:
    answer = await partner.post(REPORT, headers=headers)

    assert answer.status_code == 401
    assert answer.json()["errors"][0]["code"] == code
    assert await _count("held_delivery") == 0


async def test_a_changed_body_is_refused(partner: Sender) -> None:
    signed = partner.headers(json.dumps(REPORT).encode())
    answer = await partner.post({**REPORT, "county": "522702"}, headers=signed)

    assert answer.status_code == 401


async def test_one_good_signature_among_several_is_enough(partner: Sender) -> None:
    body = json.dumps(REPORT).encode()
    headers = partner.headers(body)
    headers["webhook-signature"] = f"v1a,xyz v1,AAAA {headers['webhook-signature']}"
    answer = await partner.post(body, headers=headers)

    assert answer.status_code == 200


async def test_both_secrets_are_good_while_a_sender_changes_over(partner: Sender) -> None:
    now = datetime.now(UTC)
    fresh = await rotate_channel(NAME, now)
    channels.forget()
    assert (await partner.post(REPORT)).status_code == 200
    assert (await Sender(partner.client, fresh.secret).post(REPORT)).status_code == 200

    last = await rotate_channel(NAME, now, overlap=timedelta(0))
    channels.forget()
    assert (await partner.post(REPORT)).status_code == 401
    assert (await Sender(partner.client, fresh.secret).post(REPORT)).status_code == 401
    assert (await Sender(partner.client, last.secret).post(REPORT)).status_code == 200


async def test_an_unknown_and_a_retired_channel_look_alike(partner: Sender) -> None:
    unknown = await partner.post(REPORT, to="nobody")
    await retire_channel(NAME)
    channels.forget()
    retired = await partner.post(REPORT)

    assert (unknown.status_code, unknown.content) == (404, retired.content)
    assert retired.status_code == 404


async def test_a_body_over_the_limit_is_refused(partner: Sender) -> None:
    answer = await partner.post({**REPORT, "more": "x" * 300_000})

    assert answer.status_code == 413
    assert answer.json()["errors"][0]["code"] == "body.too_large"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b'{"text": "\xff\xfe"}', "body.not_utf8"),
        (b"{", "body.not_json"),
        (b"", "body.not_json"),
        (b'{"text": NaN}', "body.not_json"),
        (b"[" * 100_000, "body.not_json"),
        (b'{"x":' * 20_000 + b"1" + b"}" * 20_000, "body.not_json"),
        (b'["text"]', "body.not_object"),
        (b'"text"', "body.not_object"),
        (b"null", "body.not_object"),
    ],
)
async def test_what_is_no_object_is_kept_sealed(partner: Sender, body: bytes, code: str) -> None:
    for _ in range(2):  # the sender tries again: kept once
        answer = await partner.post(body, id="msg_bad")

    assert answer.status_code == 400
    assert [error["code"] for error in answer.json()["errors"]] == [code]
    held = await rows("SELECT reason FROM held_delivery")
    assert [one["reason"] for one in held] == [code]


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"text": ""}, "text", "text.empty"),
        ({"text": None}, "text", "text.empty"),
        ({"text": "臭"}, "text", "text.too_short"),
        ({"text": "臭" * 20_000}, "text", "text.too_long"),
        ({"text": 5}, "text", "field.not_text"),
        ({"title": "臭" * 201}, "title", "line.too_long"),
        ({"wish": "shout"}, "wish", "field.not_offered"),
        ({"wish": ["complain"]}, "wish", "field.not_offered"),
        ({"county": "999999"}, "county", "place.unknown"),
        ({"county": 522701}, "county", "field.not_text"),
        ({"county": "522702", "township": "522701006"}, "township", "place.not_within"),
        ({"kinds": "air.odour"}, "kinds", "field.not_list"),
        ({"kinds": ["no.such"]}, "kinds", "kind.unknown"),
        ({"kinds": [f"k{n}" for n in range(11)]}, "kinds", "field.too_many"),
        ({"wants_reply": "yes"}, "wants_reply", "field.not_boolean"),
        ({"occurred_at": "2026-03-05T22:10:00"}, "occurred_at", "field.no_offset"),
        ({"occurred_at": "yesterday"}, "occurred_at", "field.not_time"),
        ({"occurred_at": "0001-01-01T00:00:00+14:00"}, "occurred_at", "field.out_of_time"),
        ({"received_at": "2999-01-01T00:00:00Z"}, "received_at", "field.out_of_time"),
        ({"paper_date": "5 March"}, "paper_date", "field.not_day"),
        ({"foreign_number": "a\0b"}, "foreign_number", "field.not_printable"),
        ({"foreign_number": "1" * 65}, "foreign_number", "field.too_long"),
        ({"contact": "13800000000"}, "contact", "field.not_object"),
        ({"point": {"longitude": "107"}}, "point.longitude", "field.not_number"),
        ({"point": {"longitude": True}}, "point.longitude", "field.not_number"),
        ({"point": {"longitude": 10**400}}, "point.longitude", "field.not_number"),
        ({"point": {"longitude": 107.5}}, "point", "point.incomplete"),
        ({"point": {"longitude": 107.5, "latitude": 26.2}}, "point.system", "point.system"),
        (
            {"point": {"longitude": 26.2, "latitude": 107.5, "system": "wgs84"}},
            "point",
            "point.range",
        ),
        ({"point": {"lat": 26.2}}, "point.lat", "field.unknown"),
        ({"contact": {"phone": "none"}}, "contact.phone", "contact.not_a_phone"),
        ({"contact": {"email": "none"}}, "contact.email", "contact.not_an_email"),
        ({"contact": {"id_number": "1"}}, "contact.id_number", "field.unknown"),
        ({"contact": {"language": "xx"}}, "contact.language", "field.not_offered"),
        ({"secrecy": "anonymous"}, "contact", "contact.anonymous"),
        (
            {"secrecy": "real_name", "contact": {"name": "张某某（虚构）"}},
            "contact",
            "contact.real_name_needs_name_and_phone",
        ),
    ],
)
async def test_a_wrong_field_is_named_and_the_delivery_kept(
    partner: Sender, change: dict[str, Any], field: str, code: str
) -> None:
    answer = await partner.post({**REPORT, **change})

    assert answer.status_code == 422
    errors = {error["field"]: error for error in answer.json()["errors"]}
    assert errors[field]["code"] == code
    assert all(ord(error["message"][0]) > 0x2000 or error["message"] for error in errors.values())
    assert await _count("service_request") == 0
    assert await _count("held_delivery") == 1


async def test_a_corrected_body_may_come_under_the_same_id(partner: Sender) -> None:
    await partner.post({**REPORT, "text": ""}, id="msg_mended")
    answer = await partner.post(REPORT, id="msg_mended")

    assert answer.status_code == 200


async def test_fields_of_the_senders_own_are_kept_sealed(partner: Sender) -> None:
    await partner.post({**REPORT, "工单类型": {"级别": ["二"]}, "batch": 7})

    assert json.loads((await _story())["raw"]) == {"工单类型": {"级别": ["二"]}, "batch": 7}


async def test_characters_no_database_takes_do_no_harm(partner: Sender) -> None:
    body = {**REPORT, "text": "气味\ud83d刺鼻\0一整夜", "title": "\ud83d\ude00", "own": "\udc00\0"}
    answer = await partner.post(json.dumps(body).encode())

    assert answer.status_code == 200
    assert (await _story())["text"] == "气味�刺鼻�一整夜"
    assert (await _story())["title"] == "😀"


async def _count(table: str) -> int:
    found = await row(f"SELECT count(*) AS n FROM {table}")
    return int(found["n"]) if found else 0


async def _story() -> dict[str, Any]:
    kept = await row("SELECT * FROM vault")
    assert kept is not None
    envelope = open_envelope(kept["tenant_id"], kept["id"], kept["kek_id"], kept["wrapped_key"])
    story: dict[str, Any] = json.loads(envelope.unseal("report", kept["report"]))
    return story


async def _held() -> list[tuple[str, str]]:
    found = []
    for kept in await rows("SELECT * FROM held_delivery"):
        subject = (kept["tenant_id"], kept["id"], kept["kek_id"], kept["wrapped_key"])
        body = json.loads(open_envelope(*subject).unseal("body", kept["body"]))
        found.append((kept["reason"], body["text"]))
    return found
