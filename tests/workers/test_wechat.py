"""微信: media fetched, talks finished, messages sent by the API. All made up（虚构）."""

import asyncio
import io
import re
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from PIL import Image

from hotline.commands.launch.services import Services, in_environment
from hotline.database import row, rows
from hotline.lookups.attachment import original, shown_copy
from hotline.records import Message
from hotline.rules.actor import Actor
from hotline.rules.terms import ActorKind, Role
from hotline.steps.decide import decide
from hotline.steps.erase import erase
from hotline.steps.transition import Target
from hotline.steps.wechat_media import MOST_ATTEMPTS
from tests.support.sender import application
from tests.support.wechat import NAME, Platform, new_platform
from tests.support.wechat_api import PlatformApi, platform_api
from workers.delivery import drain_all
from workers.job import utc_now
from workers.wechat import fetch_all, finish_all
from workers.wechat_tokens import SharedTokens

MATTER = "都匀市小围寨街道某砖厂（虚构）每晚十点后排放刺鼻的黑烟"
ADMIN = Actor(ActorKind.STAFF, "a", frozenset({Role.ADMIN}), "", "520000")
TEMPLATES = f"""
[[account]]
name = "{NAME}"
[account.templates."request.accepted"]
id = "T1"
fields = {{ character_string1 = "{{number}}", thing2 = "{{text}}" }}
"""


@pytest.fixture
async def client(db: Services) -> AsyncIterator[httpx.AsyncClient]:
    async with application() as client:
        yield client


@pytest.fixture
async def platform(client: httpx.AsyncClient) -> Platform:
    return await new_platform(client)


@pytest.fixture
def api(tmp_path: Path) -> Iterator[PlatformApi]:
    file = tmp_path / "templates.toml"
    file.write_text(TEMPLATES, encoding="utf-8")
    with (
        platform_api() as one,
        in_environment(
            {
                "WECHAT_API": one.url,
                "WECHAT_TEMPLATES": str(file),
                "OUTGOING_WITHIN": "127.0.0.1",
            }
        ),
    ):
        yield one


def photo() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (32, 24), "grey").save(made, "JPEG")
    return made.getvalue()


async def report(platform: Platform) -> str:
    for words in (MATTER, "2"):
        await platform.text(words)
    found = re.search(r"编号：(\w+)", await platform.text("1"))
    assert found
    return found[1]


async def media() -> list[str]:
    return [one["media"] for one in await rows("SELECT media FROM wechat_message ORDER BY id")]


async def later() -> None:
    await rows("UPDATE wechat_message SET available_at = NULL")


async def test_a_photo_is_fetched_and_belongs_to_the_report(
    platform: Platform, api: PlatformApi
) -> None:
    api.media["media-1"] = photo()
    await platform.picture()
    await report(platform)

    assert await fetch_all() == 1
    kept = await row("SELECT media_type, request_id FROM attachment")
    stored = await row("SELECT id FROM service_request")
    assert kept
    assert stored
    assert kept == {"media_type": "image/jpeg", "request_id": stored["id"]}
    assert await fetch_all() == 0


async def test_voice_is_kept_as_it_came(platform: Platform, api: PlatformApi) -> None:
    said = api.media["v1"] = b"#!AMR\n" + bytes(200)
    await platform.says("voice", "<MediaId>v1</MediaId><Format>amr</Format>")
    await fetch_all()

    (kept,) = await rows("SELECT tenant_id, id FROM attachment WHERE media_type = 'audio/amr'")
    for read in (original, shown_copy):  # it has no room for tags
        assert await read(kept["tenant_id"], kept["id"]) == said


async def test_a_token_the_platform_takes_no_more_is_renewed_once(
    platform: Platform, api: PlatformApi
) -> None:
    api.media |= {"media-1": photo(), "media-2": b"#!AMR\n1"}
    await platform.picture()
    assert await fetch_all() == 1
    api.revoke()
    await platform.says("voice", "<MediaId>media-2</MediaId>")

    assert await fetch_all() == 1
    assert await media() == ["fetched", "fetched"]
    assert (api.given, api.forced) == (2, 1)


async def test_many_at_once_ask_for_one_token(platform: Platform, api: PlatformApi) -> None:
    api.pause = 0.2
    tokens = await asyncio.gather(*(SharedTokens().token(NAME) for _ in range(5)))

    assert set(tokens) == {"token-1"}
    assert api.given == 1
    found = await row("SELECT token FROM wechat_account")
    assert found
    assert b"token-1" not in found["token"]


async def test_a_limit_is_waited_for_and_what_is_gone_is_a_persons(
    platform: Platform, api: PlatformApi
) -> None:
    api.media["media-1"] = photo()
    api.faults = [{"errcode": 45009, "errmsg": "limit"}]
    await platform.picture()
    await fetch_all()
    waiting = await row("SELECT media, error, available_at, attempts FROM wechat_message")
    assert waiting
    assert (waiting["media"], waiting["error"], waiting["attempts"]) == ("waiting", "45009", 1)
    assert waiting["available_at"] > utc_now()
    await later()
    await fetch_all()
    assert await media() == ["fetched"]

    await platform.picture("never-there")
    await fetch_all()
    assert await media() == ["fetched", "failed"]
    held = await row("SELECT reason FROM held_delivery")
    assert held == {"reason": "wechat.media_failed"}
    left = await row("SELECT body FROM wechat_message WHERE media = 'failed'")
    assert left == {"body": None}


async def test_after_days_a_person_looks(platform: Platform, api: PlatformApi) -> None:
    await platform.picture()
    await rows("UPDATE wechat_message SET attempts = $1", MOST_ATTEMPTS - 1)
    api.faults = [{"errcode": -1, "errmsg": "busy"}]
    await fetch_all()

    assert await media() == ["failed"]


async def test_no_way_to_the_platform_leaves_everything_waiting(platform: Platform) -> None:
    await platform.picture()
    await platform.picture("media-2")
    with in_environment({"WECHAT_API": "http://127.0.0.1:9", "OUTGOING_WITHIN": "127.0.0.1"}):
        assert await fetch_all() == 0

    assert await media() == ["waiting", "waiting"]


async def test_a_talk_that_was_left_is_registered_as_it_stands(platform: Platform) -> None:
    await platform.text(MATTER)
    assert await finish_all() == 0
    await rows("UPDATE draft SET updated_at = updated_at - interval '31 minutes'")

    assert await finish_all() == 1
    assert await finish_all() == 0
    stored = await row("SELECT number, secrecy FROM service_request")
    assert stored
    assert stored["secrecy"] == "confidential"
    told = await platform.text("帮助")
    assert stored["number"] in told
    assert "查询码" in told
    assert stored["number"] not in await platform.text("帮助")


async def test_a_picture_alone_expires_and_becomes_no_report(platform: Platform) -> None:
    await platform.picture()
    await rows("UPDATE draft SET updated_at = updated_at - interval '31 minutes'")

    assert await finish_all() == 0


async def test_what_a_process_stored_and_left_is_taken_up(platform: Platform) -> None:
    await report(platform)
    past = utc_now() - timedelta(minutes=2)
    # as if the process had died right after the commit that stored it
    await platform.picture("media-9")
    await rows(
        "UPDATE wechat_message SET answer = NULL, draft_id = NULL, received_at = $1"
        " WHERE media = 'waiting'",
        past,
    )
    await finish_all()

    found = await row("SELECT answer, draft_id FROM wechat_message WHERE media = 'waiting'")
    assert found
    assert found["answer"] is not None
    assert found["draft_id"] is not None


async def test_seals_are_destroyed_when_nothing_needs_them(platform: Platform) -> None:
    await report(platform)
    await rows("UPDATE wechat_message SET received_at = received_at - interval '11 minutes'")
    await finish_all()

    left = await rows("SELECT answer, body FROM wechat_message")
    assert {(bytes(one["answer"]), one["body"]) for one in left} == {(b"", None)}


async def accepted(platform: Platform) -> str:
    number = await report(platform)
    found = await row("SELECT id FROM service_request")
    assert found
    await decide("520000", found["id"], utc_now())
    return number


async def states() -> set[tuple[str, str | None, str | None]]:
    found = await Message.filter(recipient="reporter")
    return {(one.state, one.route, one.error) for one in found}


async def test_whoever_came_by_wechat_is_answered_there(
    platform: Platform, api: PlatformApi
) -> None:
    number = await accepted(platform)
    await drain_all()

    assert await states() == {("sent", "wechat", None)}
    path, message = api.taken[0]
    assert path == "/cgi-bin/message/template/send"
    assert message["touser"] == platform.openid
    assert message["data"]["character_string1"] == {"value": number}
    assert "砖厂" not in str(message)
    assert "黑烟" not in str(message)


@pytest.mark.parametrize("code", [43004, 43101])
async def test_whoever_takes_no_messages_is_not_asked_again(
    platform: Platform, api: PlatformApi, code: int
) -> None:
    await accepted(platform)
    api.faults = [{"errcode": code, "errmsg": "refuse"}]
    await drain_all()

    assert await states() == {("dead", None, f"wechat.{code}")}


async def test_an_old_token_does_not_lose_a_message(platform: Platform, api: PlatformApi) -> None:
    await accepted(platform)
    await SharedTokens().token(NAME)
    api.revoke()
    await drain_all()

    assert await states() == {("sent", "wechat", None)}


async def test_a_limit_leaves_the_message_waiting(platform: Platform, api: PlatformApi) -> None:
    await accepted(platform)
    api.faults = [{"errcode": 45009, "errmsg": "limit"}]
    await drain_all()

    assert await states() == {("queued", None, "wechat.45009")}


async def test_erasing_a_report_forgets_its_messages_too(platform: Platform) -> None:
    await platform.picture()
    await accepted(platform)
    stored = await row("SELECT id FROM service_request")
    assert stored
    await erase(Target("520000", stored["id"]), "本人要求删除", by=ADMIN, now=utc_now())

    left = await rows("SELECT wrapped_key, body FROM wechat_message WHERE draft_id IS NOT NULL")
    assert {(one["wrapped_key"], one["body"]) for one in left} == {(None, None)}
