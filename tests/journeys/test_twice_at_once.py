"""One delivery three times at once to two web processes, and again later: one 来件, one answer."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import httpx
import pytest

from hotline.commands.launch.services import Services
from hotline.database import row
from tests.support.platform import ORDER, Platform, new_platform
from tests.support.sender import REPORT, Sender, new_partner


@pytest.fixture
async def two_doors(
    db: Services, address: str, other_address: str
) -> AsyncIterator[list[httpx.AsyncClient]]:
    """Two real web processes on one database."""
    del db
    async with contextlib.AsyncExitStack() as stack:
        made = [
            httpx.AsyncClient(base_url=one, trust_env=False) for one in (address, other_address)
        ]
        yield [await stack.enter_async_context(client) for client in made]


async def test_the_same_delivery_at_two_processes_makes_one_report(
    two_doors: list[httpx.AsyncClient],
) -> None:
    first, second = two_doors
    one = await new_partner(first)
    other = Sender(second, one.secret)
    for round in range(20):
        id = f"msg_round_{round}"
        posts = (one.post(REPORT, id=id), other.post(REPORT, id=id), one.post(REPORT, id=id))
        answers = await asyncio.gather(*posts)
        again = await other.post(REPORT, id=id)
        assert {answer.status_code for answer in answers} == {200}
        assert {answer.content for answer in [*answers, again]} == {answers[0].content}

    count = await row("SELECT count(*) AS n, count(DISTINCT number) AS d FROM service_request")
    assert count == {"n": 20, "d": 20}


async def test_a_platforms_order_at_two_processes_makes_one_report_or_one_to_mend(
    two_doors: list[httpx.AsyncClient],
) -> None:
    """Each try is signed anew; one that cannot be translated lies with a person once."""
    first, second = two_doors
    one = await new_platform(first)
    other = Platform(second, one.secret)
    for round in range(10):
        order = {**ORDER, "orderNo": f"GD{round}", "appealType": "4" if round % 2 else "9"}
        answers = await asyncio.gather(one.push(order), other.push(order), one.push(order))
        again = await other.push(order)
        assert {answer.content for answer in [*answers, again]} == {answers[0].content}

    made = await row("SELECT count(*) AS n, count(DISTINCT number) AS d FROM service_request")
    held = await row("SELECT count(*) AS n FROM held_delivery")
    assert (made, held) == ({"n": 5, "d": 5}, {"n": 5})


async def test_a_kept_connection_is_answered_at_once(two_doors: list[httpx.AsyncClient]) -> None:
    """Without TCP_NODELAY each answer on a kept connection would wait some 40 ms."""
    partner = await new_partner(two_doors[0])
    await partner.post(REPORT)
    took = []
    for _ in range(5):
        began = datetime.now(UTC)
        await partner.post(REPORT)
        took.append((datetime.now(UTC) - began).total_seconds())

    assert min(took) < 0.02
