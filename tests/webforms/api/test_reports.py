"""The JSON API takes a report once, and says in both languages what is wrong with another."""

import asyncio
import json
from typing import Any

import httpx
import pytest

from hotline.database import row, rows
from hotline.records.sealing import open_envelope
from hotline.rules.numbering import is_public_number
from tests.support.machine import (
    REPORTS,
    Machine,
    counted,
    new_machine,
)
from tests.support.sender import REPORT
from webforms.api.schemas import REPORT as SCHEMA


async def test_a_report_is_registered_and_answered_with_its_number(machine: Machine) -> None:
    answer = await machine.post(REPORTS, REPORT)

    assert answer.status_code == 201
    told = answer.json()
    assert list(told) == ["number", "registered_at", "status"]
    assert is_public_number(told["number"])
    assert answer.headers["location"] == f"{REPORTS}/{told['number']}"
    assert answer.headers["cache-control"] == "no-store"
    stored = await row("SELECT * FROM service_request")
    assert stored is not None
    assert (stored["channel"], stored["chosen_county"], stored["foreign_number"]) == (
        "partner",
        "522701",
        "12345-0001",
    )


async def test_every_repeat_gets_the_same_bytes_for_ever(machine: Machine) -> None:
    answers = await asyncio.gather(*(machine.post(REPORTS, REPORT, id="same") for _ in range(3)))
    later = await machine.post(REPORTS, REPORT, id='"same"')

    assert {answer.content for answer in [*answers, later]} == {answers[0].content}
    assert await counted("service_request") == 1


async def test_another_body_under_the_same_id_is_kept_for_a_person(machine: Machine) -> None:
    await machine.post(REPORTS, REPORT, id="same")
    answer = await machine.post(REPORTS, {**REPORT, "text": "完全不同的另一件事情"}, id="same")

    assert (answer.status_code, answer.json()["code"]) == (409, "other_body")
    assert await counted("service_request") == 1
    assert await counted("held_delivery") == 1


async def test_two_partners_ids_do_not_meet(client: httpx.AsyncClient, machine: Machine) -> None:
    other = await new_machine(client, "other-app")

    first = await machine.post(REPORTS, REPORT, id="same")
    second = await other.post(REPORTS, REPORT, id="same")

    assert first.json()["number"] != second.json()["number"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "bad_body"),
        (b"[]", 400, "bad_body"),
        (b'{"text": "\xff"}', 400, "bad_body"),
        ({**REPORT, "county": "999999"}, 422, "bad_fields"),
        ({**REPORT, "contact": {"id_number": "1"}}, 422, "bad_fields"),
    ],
)
async def test_what_cannot_be_taken_is_a_problem_and_kept_sealed(
    machine: Machine, body: Any, status: int, code: str
) -> None:
    answer = await machine.post(REPORTS, body)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert await counted("service_request") == 0
    assert await counted("held_delivery") == 1


async def test_a_problem_points_to_the_field_and_speaks_both_languages(machine: Machine) -> None:
    body = {**REPORT, "contact": {"phone": "none"}}
    chinese = (await machine.post(REPORTS, body)).json()
    english = (
        await machine.post(REPORTS, body, headers={"accept-language": "en-GB,zh;q=0.5"})
    ).json()

    (error,) = chinese["errors"]
    assert error["pointer"] == "#/contact/phone"
    assert error["detail"] == error["translations"]["zh-CN"] == "不是有效的电话号码"
    assert english["errors"][0]["detail"] == "Not a phone number"
    assert chinese["translations"] == english["translations"]
    assert chinese["title"] == english["translations"]["zh-CN"]["title"] != english["title"]


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"idempotency-key": ""}, 400, "idempotency_key"),
        ({"idempotency-key": "x" * 101}, 400, "idempotency_key"),
        ({"idempotency-key": "a b"}, 400, "idempotency_key"),
        ({"idempotency-key": '"'}, 400, "idempotency_key"),
        ({"authorization": ""}, 401, "no_key"),
        ({"authorization": "Bearer hk_wrong"}, 401, "no_key"),
        ({"authorization": "Basic aGs6"}, 401, "no_key"),
        ({"content-type": "text/plain"}, 415, "media_type"),
    ],
)
async def test_without_id_key_or_type_nothing_is_taken(
    machine: Machine, headers: dict[str, str], status: int, code: str
) -> None:
    answer = await machine.post(REPORTS, json.dumps(REPORT).encode(), headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert await counted("service_request") == await counted("held_delivery") == 0


async def test_a_body_over_the_limit_is_a_problem_too(machine: Machine) -> None:
    answer = await machine.post(REPORTS, {**REPORT, "more": "x" * 300_000})

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


async def test_an_unknown_address_and_method_answer_as_problems(machine: Machine) -> None:
    unknown = await machine.get("/api/v1/nothing")
    wrong = await machine.get(REPORTS)

    assert (unknown.status_code, unknown.json()["code"]) == (404, "not_found")
    assert (wrong.status_code, wrong.json()["code"]) == (405, "method")
    assert wrong.headers["allow"] == "POST"


async def test_the_minute_has_an_end(client: httpx.AsyncClient) -> None:
    machine = await new_machine(client, per_minute=2)
    answers = [await machine.get(f"{REPORTS}/QN1") for _ in range(5)]

    refused = [answer for answer in answers if answer.status_code == 429]
    assert len(refused) >= 1
    assert 1 <= int(refused[0].headers["retry-after"]) <= 60
    assert refused[0].json()["code"] == "too_many"


async def test_nothing_readable_of_the_reporter_reaches_a_column(machine: Machine) -> None:
    number = await machine.register()
    await machine.post(
        f"{REPORTS}/{number}/supplements", {"text": "我是张某某（虚构），13800000000"}
    )

    for table in ("service_request", "vault", "delivery", "event", "event_detail", "supplement"):
        for line in await rows(f"SELECT t::text AS line FROM {table} t"):
            assert "13800000000" not in line["line"]
            assert "砖厂" not in line["line"]


async def test_every_field_of_the_document_is_read_and_none_is_left_over(machine: Machine) -> None:
    values = {
        "received_at": "2026-03-05T22:30:00+08:00", "paper_date": "2026-03-04", "township": None,
        "point": {"longitude": 107.52, "latitude": 26.26, "system": "gcj02", "accuracy_m": 20},
        "source_name": "某砖厂", "source_place": "河边", "wants_reward": True, "may_publish": True,
    }  # fmt: skip
    body = {**REPORT, **values}
    assert set(body) == set(SCHEMA["properties"])

    await machine.register(**values)

    kept = await row("SELECT * FROM vault")
    assert kept is not None
    envelope = open_envelope(kept["tenant_id"], kept["id"], kept["kek_id"], kept["wrapped_key"])
    assert "raw" not in json.loads(envelope.unseal("report", kept["report"]))
