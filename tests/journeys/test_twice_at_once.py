"""One delivery three times at once to two web processes, and again later: one 来件, one answer."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import httpx
import pytest

from hotline.commands.launch.services import Services
from hotline.database import row
from tests.support.phone import CALLER, LINE, PhoneSystem, phone_system
from tests.support.platform import ORDER, Platform, new_platform
from tests.support.sender import REPORT, Sender, new_partner
from tests.support.wechat import Platform as WechatPlatform
from tests.support.wechat import new_platform as new_account

WORDS = ("河边有人倒垃圾（虚构）", "就在大河村口（虚构）")


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


async def test_what_one_person_says_three_times_at_two_processes_is_one_talk(
    two_doors: list[httpx.AsyncClient],
) -> None:
    """And what they say in two messages at the same moment is one talk, too."""
    first, second = two_doors
    one = await new_account(first, plain=True)
    other = WechatPlatform(second, one.secrets, nonces=one.nonces)
    for round in range(5):
        one.openid = other.openid = f"oMadeUp_openid_{round}"
        same, next = (one.xml("text", f"<Content>{words}</Content>") for words in WORDS)
        posts = (one.post(same), other.post(same), one.post(same), other.post(next))
        answers = [one.read(answer) for answer in await asyncio.gather(*posts)]
        assert {*answers[:3], other.read(await other.post(same))} == {answers[0]}

    stored = await row("SELECT count(*) AS n, count(DISTINCT draft_id) AS d FROM wechat_message")
    talks = await row("SELECT count(*) AS n FROM draft WHERE kind = 'wechat'")
    assert (stored, talks) == ({"n": 10, "d": 5}, {"n": 5})


async def test_events_of_one_call_at_two_processes_make_one_call(
    two_doors: list[httpx.AsyncClient],
) -> None:
    """The same three times, and another of the same call beside it."""
    first, second = two_doors
    one = await phone_system(first)
    other = PhoneSystem(Sender(second, one.sender.secret, one.sender.name))
    at = datetime.now(UTC).isoformat()
    for round in range(5):
        rings = {"event": "offered", "call": f"call-{round}", "at": at, "caller": CALLER}
        id, to = f"msg_ring_{round}", f"phone/{LINE}"
        posts = [each.sender.post(rings, id=id, to=to) for each in (one, other, one)]
        answers = await asyncio.gather(*posts, other.tell("answered", f"call-{round}"))
        assert {answer.content for answer in answers} == {b'{"status":"taken"}'}

    calls = await row(
        "SELECT count(*) AS n, count(offered_at) AS o, min(state) AS s FROM phone_call"
    )
    events = await row("SELECT count(*) AS n FROM phone_event")
    assert (calls, events) == ({"n": 5, "o": 5, "s": "talking"}, {"n": 10})


async def test_a_kept_connection_is_answered_at_once(two_doors: list[httpx.AsyncClient]) -> None:
    """Without TCP_NODELAY each answer on a kept connection would wait some 40 ms."""
    partner = await new_partner(two_doors[0])
    await partner.post(REPORT)
    took = []
    for _ in range(10):
        began = time.perf_counter()
        await partner.post(REPORT)
        took.append(time.perf_counter() - began)

    assert min(took) < 0.035
