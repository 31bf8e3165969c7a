"""微信: wechatpy on the other side, in plain and AES mode. Everything told is made up（虚构）."""

import asyncio
import re
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from hotline.database import row, rows
from hotline.lookups import wechat_account
from hotline.records import Vault
from hotline.records.sealing import open_envelope
from hotline.rules.numbering import is_public_number
from hotline.steps.ready import contact_in
from hotline.steps.wechat_account import renew_account
from tests.support.wechat import NAME, Platform, new_platform

MATTER = "都匀市小围寨街道某砖厂（虚构）每晚十点后排放刺鼻的黑烟"


@pytest.fixture(params=["aes", "plain"])
async def platform(client: httpx.AsyncClient, request: pytest.FixtureRequest) -> Platform:
    return await new_platform(client, plain=request.param == "plain")


@pytest.fixture
async def safe(client: httpx.AsyncClient) -> Platform:
    return await new_platform(client)


async def count(table: str) -> int:
    found = await row(f"SELECT count(*) FROM {table}")
    return int(found["count"]) if found else 0


async def test_the_echo_is_given_back_when_rightly_signed(platform: Platform) -> None:
    good = {**platform.query(), "echostr": "5938279"}
    answer = await platform.client.get(f"/hooks/wechat/{NAME}", params=good)
    bad = await platform.client.get(f"/hooks/wechat/{NAME}", params={**good, "signature": "0" * 40})
    old = platform.query(at=int(time.time()) - 301)

    assert (answer.status_code, answer.text) == (200, "5938279")
    assert bad.status_code == 401
    assert (await platform.client.get(f"/hooks/wechat/{NAME}", params=old)).status_code == 401
    assert (await platform.client.get("/hooks/wechat/none", params=good)).status_code == 404


async def test_a_talk_becomes_one_report_with_number_and_code_in_the_end(
    platform: Platform,
) -> None:
    asked = await platform.text(MATTER)
    assert "回 1：匿名" in asked
    assert "回 1 提交" in await platform.text("2")
    receipt = await platform.text("1")

    number = re.search(r"编号：(\w+)", receipt)
    assert number
    assert is_public_number(number[1])
    assert re.search(r"查询码：\d{4} \d{4} \d{4} \d{4}", receipt)
    stored = await row("SELECT * FROM service_request")
    assert stored is not None
    assert (stored["number"], stored["channel"], stored["secrecy"]) == (
        number[1], "wechat", "confidential",
    )  # fmt: skip
    assert stored["wants_reply"]
    assert number[1] in await platform.text("进度")


async def test_what_is_missing_is_asked_for_one_thing_at_a_time(platform: Platform) -> None:
    assert "至少 5 个字" in await platform.picture()
    assert "什么地方" in await platform.text("有一股很刺鼻的味道")
    point = "<Location_X>26.258</Location_X><Location_Y>107.517</Location_Y><Scale>16</Scale>"
    assert "什么时候" in await platform.says("location", f"{point}<Label>河边（虚构）</Label>")
    assert "回 1：匿名" in await platform.text("每天晚上")
    assert "照片或视频 1 件" in await platform.text("1")
    receipt = await platform.text("提交")

    assert "已匿名登记" in receipt
    stored = await row("SELECT sender_index, secrecy FROM service_request")
    assert stored is not None
    assert (stored["sender_index"], stored["secrecy"]) == (None, "anonymous")
    assert "没有查到" in await platform.text("进度")
    found = re.search(r"编号：(\w+)\n查询码：([\d ]+)", receipt)
    assert found
    assert found[1] in await platform.text(f"进度 {found[1]} {found[2]}")
    assert "核对" in await platform.text(f"进度 {found[1]} 0000 0000 0000 0000")


async def test_whoever_writes_english_is_answered_and_later_written_to_in_english(
    safe: Platform,
) -> None:
    assert "Where is it?" in await safe.text("Black smoke from a made-up brick kiln")
    assert "When was it?" in await safe.text("都匀市小围寨街道（虚构）")
    assert "什么时候" in await safe.event("CLICK", "中文")
    assert "When was it?" in await safe.text("EN")
    assert "treat your identity" in await safe.text("every night")
    assert "Send 1 to submit" in await safe.text("2")
    receipt = await safe.text("1")
    assert "Registered. Number:" in receipt
    assert "Received" in await safe.picture()
    assert await safe.text("进度") == f"{receipt.split()[2]}: Registered"

    vault = await Vault.all().get()
    envelope = open_envelope(vault.tenant_id, vault.id, vault.kek_id, vault.wrapped_key)
    assert contact_in(envelope, vault)["language"] == "en"  # what goes out later is read by this


async def test_the_same_message_three_times_at_once_is_one_and_answered_alike(
    platform: Platform,
) -> None:
    await platform.text(MATTER)
    await platform.text("2")
    last = platform.xml("text", "<Content>1</Content>")
    answers = await asyncio.gather(*(platform.post(last) for _ in range(3)))

    said = {platform.read(answer) for answer in answers}
    assert len(said) == 1
    assert "编号" in said.pop()
    assert await count("service_request") == 1
    assert platform.read(await platform.post(last)) == platform.read(answers[0])


async def test_a_supplement_repeated_is_added_once(platform: Platform) -> None:
    for words in (MATTER, "2", "1"):
        await platform.text(words)
    more = platform.xml("text", "<Content>补充 昨晚又冒了一次黑烟</Content>")
    answers = await asyncio.gather(*(platform.post(more) for _ in range(3)))

    assert {platform.read(one)[:4] for one in answers} == {"已补充到"}
    assert await count("supplement") == 1


async def test_nothing_readable_of_the_person_reaches_a_column(platform: Platform) -> None:
    for words in (MATTER, "2", "1"):
        await platform.text(words)

    tables = ("service_request", "vault", "delivery", "event_detail", "draft", "wechat_account",
              "wechat_message", "wechat_nonce")  # fmt: skip
    for table in tables:
        for line in await rows(f"SELECT t::text AS line FROM {table} t"):
            for secret in (platform.openid, "砖厂", platform.secrets.token):
                assert secret not in line["line"]
                assert secret.encode().hex() not in line["line"]


@pytest.mark.parametrize(
    "said",
    ["都匀市某厂（虚构）正在爆炸，有人中毒，毒气泄漏", "An explosion at the (made-up) works!"],
)
async def test_an_emergency_is_answered_with_the_phone_first(platform: Platform, said: str) -> None:
    answer = await platform.text(said)

    assert "119" in answer.splitlines()[0]


@pytest.mark.parametrize("event", ["subscribe", "SCAN"])
async def test_whoever_comes_is_told_how_it_works(safe: Platform, event: str) -> None:
    assert "/privacy" in await safe.event(event)
    assert await safe.event("unsubscribe") == ""
    assert await safe.event("LOCATION") == ""
    assert "没有查到" in await safe.event("CLICK", "进度")


async def test_while_secrets_are_changed_both_are_taken_and_then_the_new_alone(
    platform: Platform,
) -> None:
    now = datetime.now(UTC)
    fresh = await renew_account(NAME, now, timedelta(hours=1))
    wechat_account.forget()
    assert "回 1：匿名" in await platform.text(MATTER)  # answered with the key it was asked with
    renewed = replace(platform, secrets=fresh)
    assert "回 1 提交" in await renewed.text("2")

    await renew_account(NAME, now - timedelta(hours=2), timedelta(hours=1))  # one hour ago it ended
    wechat_account.forget()
    assert (await renewed.post(renewed.xml("text", "<Content>1</Content>"))).status_code == 401
    assert await count("service_request") == 0


async def test_an_event_repeated_is_one(safe: Platform) -> None:
    xml = safe.xml("event", "<Event>subscribe</Event><EventKey></EventKey>")
    for _ in range(3):
        await safe.post(xml)

    assert await count("wechat_message") == 1


async def test_cancelled_words_are_gone(safe: Platform) -> None:
    await safe.text(MATTER)

    assert "不再保留" in await safe.text("取消")
    assert await count("draft WHERE wrapped_key IS NOT NULL") == 0
    assert "没有正在填写" in await safe.text("取消")


async def test_voice_is_heard_by_its_recognised_words(safe: Platform) -> None:
    inner = f"<MediaId>v1</MediaId><Format>amr</Format><Recognition>{MATTER}</Recognition>"

    assert "回 1：匿名" in await safe.says("voice", inner)
    waiting = await row("SELECT media FROM wechat_message")
    assert waiting == {"media": "waiting"}


async def test_a_signature_is_good_for_one_message_alone(client: httpx.AsyncClient) -> None:
    platform = await new_platform(client, plain=True)
    query = platform.query()
    first, other = (platform.xml("text", f"<Content>{words}</Content>") for words in "甲乙")

    assert (await platform.post(first, query)).status_code == 200
    assert (await platform.post(first, query)).status_code == 200
    assert (await platform.post(other, query)).status_code == 401
    assert await count("wechat_message") == 1


async def test_an_account_in_aes_mode_takes_nothing_in_plain(safe: Platform) -> None:
    xml = safe.xml("text", "<Content>你好你好你好</Content>").encode()

    assert (await safe.send(xml, safe.query())).status_code == 401
    wrapped = b"<xml><Encrypt>AAAA</Encrypt></xml>"
    query = {**safe.query("AAAA", name="msg_signature"), "encrypt_type": "aes"}
    assert (await safe.send(wrapped, query)).status_code == 401
    assert await count("wechat_message") == 0


async def test_an_old_request_is_refused(client: httpx.AsyncClient) -> None:
    platform = await new_platform(client, plain=True)
    old = platform.query(at=int(time.time()) - 301)

    answer = await platform.post(platform.xml("text", "<Content>早</Content>"), old)
    assert answer.status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        '<!DOCTYPE xml [<!ENTITY a "x">]><xml><Content>&a;</Content></xml>',
        "<xml><FromUserName>a</FromUserName>",
        "not xml",
        "<xml><MsgType>text</MsgType></xml>",
    ],
)
async def test_what_cannot_be_read_is_kept_for_a_person(
    client: httpx.AsyncClient, body: str
) -> None:
    platform = await new_platform(client, plain=True)
    answer = await platform.send(body.encode(), platform.query())

    assert (answer.status_code, answer.content) == (200, b"success")
    assert await count("held_delivery") == 1
    assert await count("wechat_message") == 0


async def test_a_body_beyond_the_limit_is_refused(safe: Platform) -> None:
    assert (await safe.send(b"<xml>" + b" " * 70_000, safe.query())).status_code == 413


async def test_another_body_under_the_same_id_is_kept_for_a_person(safe: Platform) -> None:
    await safe.post(safe.xml("text", f"<Content>{MATTER}</Content>", id=7))
    answer = await safe.post(safe.xml("text", "<Content>完全不同的话</Content>", id=7))

    assert answer.content == b"success"
    assert await count("held_delivery") == 1


async def test_two_people_under_one_message_id_are_two(safe: Platform) -> None:
    await safe.post(safe.xml("text", f"<Content>{MATTER}</Content>", id=8))
    safe.openid = "oMadeUp_openid_of_nobody_002"
    assert safe.read(await safe.post(safe.xml("text", f"<Content>{MATTER}</Content>", id=8)))
    assert await count("draft") == 2
