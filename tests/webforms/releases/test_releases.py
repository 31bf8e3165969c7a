"""发布稿 at the desk and in public: handed in, published by another, packed（虚构）."""

import io
import zipfile
from datetime import UTC, datetime, timedelta
from html import unescape

import httpx

from hotline.database import rows
from hotline.rules.terms import Role, Step
from hotline.steps.disclose import Proposal, approve, propose
from tests.steps.builders import decided
from tests.steps.desk import LATER, TENANT, at, dispatched, handler_of, staff, until
from tests.support.sitting import another, seat

TEXT = {"title": "某企业废气直排案（虚构）", "body": "经查，废气未经处理直接排放。\n已责令改正。"}


async def test_a_case_is_written_published_by_another_packed_and_taken_down(
    client: httpx.AsyncClient,
) -> None:
    order = await until(Step.CLOSE, await dispatched())
    told = Proposal("某企业异味问题", "收集设施有破损。", "已修复。")
    public = await propose(at(order), told, by=handler_of(order), now=LATER)
    await approve(TENANT, public, by=staff(Role.PUBLISHER), now=datetime.now(UTC))
    writer = await seat(another(client), Role.MEDIA)
    publisher = await seat(another(client), Role.PUBLISHER)
    await writer.go("/releases")
    await writer.press("/releases", kind="typical", act="offer", title="", body=TEXT["body"])
    assert "请填写标题" in writer.text
    await writer.press("/releases", kind="typical", act="offer", **TEXT)
    path = writer.visitor.path
    number = path.rpartition("/")[2]
    assert (await client.get(f"/public/posts/{number}")).status_code == 404

    await publisher.go(path)
    await publisher.press(f"{path}/approval", act="approve")
    page = await client.get(f"/public/posts/{number}")
    assert "已责令改正。" in page.text
    assert page.headers["cache-control"].startswith("public")
    assert number in (await client.get("/public/posts?kind=typical")).text
    assert number not in (await client.get("/public/posts?kind=monthly")).text

    await writer.go(path)
    await writer.press(f"{path}/sendings", outlet="某都市报（虚构）", way="mail", note="")
    assert "某都市报（虚构）" in writer.text
    packed = zipfile.ZipFile(io.BytesIO((await writer.client.get(f"{path}/pack.zip")).content))
    facts = packed.read("facts.csv").decode("utf-8-sig")
    assert public in facts
    assert order.number not in facts

    await publisher.go(path)
    await publisher.press(f"{path}/withdrawal", reason="处罚决定已被撤销")
    gone = await client.get(f"/public/posts/{number}")
    assert gone.status_code == 410
    assert "处罚决定已被撤销" in gone.text
    assert "废气" not in gone.text


async def test_last_months_bulletin_is_drafted_at_the_desk_and_read_in_public_with_its_note(
    client: httpx.AsyncClient,
) -> None:
    for _ in range(4):
        await decided()
    last = datetime.now(UTC).replace(day=1) - timedelta(days=5)
    await rows("UPDATE service_request SET registered_at = $1", last)
    writer = await seat(another(client), Role.PUBLISHER)
    publisher = await seat(another(client), Role.PUBLISHER)
    await writer.go("/releases")
    await writer.press("/releases/bulletins", kind="monthly", month=f"{last:%Y-%m}")
    path = writer.visitor.path
    assert "这是系统起草的" in writer.text
    drafted = writer.text.partition('<textarea id="body"')[2].partition(">")[2]
    body = unescape(drafted.partition("</textarea>")[0]).strip()
    await writer.press(path, act="offer", body=body)
    await publisher.go(path)
    await publisher.press(f"{path}/approval", act="approve")
    page = (await client.get(f"/public/posts/{path.rpartition('/')[2]}")).text
    assert "共收到生态环境诉求4件" in page
    assert "各类型之和可能大于总数" in page
