"""待修复来件: a person sees what no door could take, mends profile or fields, and it counts.

Reports, persons and numbers are made up（虚构）.
"""

import json
import re
from datetime import UTC, datetime

import httpx
import pytest

from hotline.database import row, rows
from hotline.lookups import channel as channels
from hotline.rules.terms import Role
from hotline.steps.decide import decide
from hotline.steps.erase import erase
from hotline.steps.transition import Target
from tests.steps.desk import staff
from tests.support.platform import NAME, ORDER, Platform, new_platform, shipped
from tests.support.sitting import TENANT, Sitting, another, seat
from tests.support.visitor import Visitor


@pytest.fixture
async def platform(client: httpx.AsyncClient) -> Platform:
    channels.forget()
    return await new_platform(client)


@pytest.fixture
async def mender(visitor: Visitor, platform: Platform) -> Sitting:
    return await seat(visitor, Role.TRIAGE)


async def opened(sitting: Sitting) -> str:
    """The address of the one delivery that waits, opened."""
    await sitting.go("/repair")
    found = re.findall(r'href="(/repair/\w+)"', sitting.text)
    assert len(found) == 1
    await sitting.go(found[0])
    return str(found[0])


async def numbers() -> list[str]:
    return [one["number"] for one in await rows("SELECT number FROM service_request")]


async def test_what_is_shown_is_masked_and_the_original_asks_for_a_reason(
    mender: Sitting, platform: Platform
) -> None:
    await platform.push({**ORDER, "appealType": "9"})
    path = await opened(mender)

    assert "没有列入对照表的代码" in mender.text
    assert "某砖厂" in mender.text
    for personal in ("13800000000", "张某某"):
        assert personal not in mender.text

    await mender.press(f"{path}/original", why="看")
    assert "13800000000" not in mender.text
    await mender.press(f"{path}/original", why="核对诉求类型代码")
    assert "13800000000" in mender.text
    seen = await row("SELECT looks FROM held_delivery")
    assert seen is not None
    assert "核对诉求类型代码" in str(seen["looks"])


async def test_fields_are_put_right_and_the_platform_hears_of_the_number(
    mender: Sitting, platform: Platform
) -> None:
    await platform.push({**ORDER, "appealType": "9"})
    path = await opened(mender)

    await mender.press(f"{path}/report")
    assert await numbers() == []  # nothing was put right yet
    await mender.press(f"{path}/report", wish="report")

    (number,) = await numbers()
    assert number in mender.text
    stored = await row("SELECT wish, foreign_number, sender_index FROM service_request")
    assert stored is not None
    assert (stored["wish"], stored["foreign_number"]) == ("report", ORDER["orderNo"])
    assert stored["sender_index"] is not None  # the contact came along, sealed
    again = await platform.push({**ORDER, "appealType": "9"})
    assert again.json()["data"]["acceptNo"] == number
    assert await numbers() == [number]


async def test_once_the_profile_is_mended_it_is_registered_as_it_came(
    mender: Sitting, client: httpx.AsyncClient, platform: Platform
) -> None:
    await platform.push({**ORDER, "appealType": "9"})
    admin = await seat(another(client), Role.ADMIN)
    page = f"/partners/{NAME}"
    await admin.go(page)
    text = shipped("made-up-12345").replace('"5" = "report"', '"5" = "report"\n"9" = "report"')
    sample = json.dumps({"data": {**ORDER, "appealType": "9"}}, ensure_ascii=False)

    await admin.press(f"{page}/trial", draft=shipped("made-up-12345"), sample=sample)
    assert "没有列入对照表的代码" in admin.text
    assert "待人工核对：有的字段无法对照" in admin.text
    await admin.press(f"{page}/trial", draft=text, sample=sample)
    assert "会登记为来件" in admin.text
    assert "（受理编号）" in admin.text
    await admin.press(f"{page}/trial", f"{page}/profile", draft=text, reason="补充代码 9")
    assert "配置已生效" in admin.text
    channels.forget()

    path = await opened(mender)
    assert "可以直接登记" in mender.text
    await mender.press(f"{path}/report")

    (number,) = await numbers()
    assert (await platform.push({**ORDER, "appealType": "9"})).json()["code"] == "0"
    event = await row("SELECT count(*) AS n FROM event WHERE step = 'enact'")
    assert event is not None
    assert event["n"] == 1
    assert number


async def test_what_cannot_be_read_at_all_is_typed_in_or_set_aside(
    mender: Sitting, platform: Platform
) -> None:
    await platform.send(b"\xff\xfe garbage")
    path = await opened(mender)
    assert "读不出任何字段" in mender.text

    await mender.press(f"{path}/dismissal", reason="")
    assert (await opened(mender)) == path
    await mender.press(
        f"{path}/report", text="某砖厂（虚构）夜间冒黑烟，刺鼻难闻。", county="都匀市"
    )
    assert len(await numbers()) == 1

    await platform.send(b"\xff\xfe more garbage")
    path = await opened(mender)
    await mender.press(f"{path}/dismissal", reason="对方联调测试数据")
    assert "没有待修复的来件" in mender.text
    assert len(await numbers()) == 1


async def test_a_draft_is_rehearsed_over_what_is_stored_without_showing_it(
    client: httpx.AsyncClient, visitor: Visitor, platform: Platform
) -> None:
    for n in range(3):
        await platform.push({**ORDER, "orderNo": f"GD{n}"})
    admin = await seat(visitor, Role.ADMIN)
    page = f"/partners/{NAME}"
    await admin.go("/partners")
    assert NAME in admin.text
    await admin.go(page)
    text = shipped("made-up-12345").replace('title = "data.title"', 'title = "data.address"')

    await admin.press(f"{page}/trial", f"{page}/rehearsal", draft=text)

    assert re.search(r"<code>title</code>.*?</dt><dd class=\"num\">3</dd>", admin.text)
    for said in ("大河村口", "13800000000"):
        assert said not in admin.text.replace(text, "")
    await admin.press(f"{page}/trial", draft="title = 1", sample="{}")
    assert "title" in admin.text
    assert "配置不能用" in admin.text


async def test_another_jurisdiction_neither_sees_nor_mends(
    client: httpx.AsyncClient, mender: Sitting, platform: Platform
) -> None:
    await platform.push({**ORDER, "appealType": "9"})
    path = await opened(mender)
    await rows("UPDATE hook_channel SET jurisdiction = '520000'")

    await mender.go("/repair")
    assert "没有待修复的来件" in mender.text
    assert (await mender.client.get(path)).status_code == 404
    admin = await seat(another(client), Role.ADMIN)
    assert (await admin.client.get(f"/partners/{NAME}")).status_code == 404


async def test_two_people_make_one_report_of_it(
    client: httpx.AsyncClient, mender: Sitting, platform: Platform
) -> None:
    await platform.push({**ORDER, "appealType": "9"})
    path = await opened(mender)
    other = await seat(another(client), Role.SUPERVISOR)
    await other.go(path)

    await mender.press(f"{path}/report", wish="report")
    await other.press(f"{path}/report", wish="complain")

    assert len(await numbers()) == 1


async def test_erasing_the_report_erases_what_was_held_and_sent(
    mender: Sitting, platform: Platform
) -> None:
    await platform.push({**ORDER, "appealType": "9"})
    path = await opened(mender)
    await mender.press(f"{path}/report", wish="report")
    made = await row("SELECT id FROM service_request")
    assert made is not None
    await decide(TENANT, made["id"], datetime.now(UTC))

    target, admin = Target(TENANT, made["id"]), staff(Role.ADMIN)
    await erase(target, "反映人要求删除个人信息", by=admin, now=datetime.now(UTC))

    held = await row("SELECT wrapped_key, body FROM held_delivery")
    kept = await row("SELECT wrapped_key, sent FROM vault")
    assert held == {"wrapped_key": None, "body": b""}
    assert kept == {"wrapped_key": None, "sent": None}
    assert (await mender.go(path)).status_code == 200
