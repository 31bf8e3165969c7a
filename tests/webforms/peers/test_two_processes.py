"""The same thing three times at once to two web processes: one report, one number, one answer."""

import asyncio
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.support.machine import FORM, OPEN311, REPORTS, counted
from tests.support.sender import REPORT


@pytest.fixture
def both(address: str, other_address: str) -> tuple[str, str]:
    return address, other_address


async def three_at_once(both: tuple[str, str], path: str, **sent: Any) -> list[httpx.Response]:
    async with httpx.AsyncClient(trust_env=False) as client:
        where = [both[turn % 2] + path for turn in range(3)]
        return await asyncio.gather(*(client.post(one, **sent) for one in where))


async def test_a_report_by_the_api_is_one(both: tuple[str, str], key: str) -> None:
    for _ in range(5):
        headers = {"authorization": f"Bearer {key}", "idempotency-key": uuid4().hex}
        answers = await three_at_once(both, REPORTS, json=REPORT, headers=headers)
        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.content for answer in answers}) == 1
    assert await counted("service_request") == 5


async def test_a_report_by_open311_is_one(both: tuple[str, str], key: str) -> None:
    answers = await three_at_once(both, f"{OPEN311}/requests.xml", data={**FORM, "api_key": key})

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert await counted("service_request") == 1


async def test_a_supplement_is_one(both: tuple[str, str], key: str) -> None:
    headers = {"authorization": f"Bearer {key}", "idempotency-key": "first"}
    (first, *_) = await three_at_once(both, REPORTS, json=REPORT, headers=headers)
    path = f"{REPORTS}/{first.json()['number']}/supplements"

    answers = await three_at_once(
        both, path, json={"text": "昨夜又冒烟了，很呛人。"}, headers=headers
    )

    assert {answer.status_code for answer in answers} == {201}
    assert await counted("supplement") == 1
