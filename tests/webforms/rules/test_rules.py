"""派单目录: tried, rehearsed, confirmed, put in force, and gone back. Made up（虚构）."""

from collections.abc import AsyncIterator
from html import unescape

import asyncpg
import pytest

from hotline.commands.launch.services import Services
from hotline.database import rows
from hotline.policy.store import forget
from hotline.rules.terms import Role
from tests.support.sitting import SMOKE, Sitting, arrived, order_number, seat
from tests.support.visitor import Visitor

ROW = (
    '  { kind = "air.burning", lead = "urban_management", co = [], law = "x",'
    ' local_designation = true, source = "a made-up notice（虚构）", mark = "K" },\n'
)


@pytest.fixture
async def admin(visitor: Visitor, db: Services) -> AsyncIterator[Sitting]:
    """An administrator at the page; what is put in force is taken away afterwards."""
    sitting = await seat(visitor, Role.ADMIN)
    await sitting.go("/rules")
    yield sitting
    owner = await asyncpg.connect(db.owner_url)
    await owner.execute("DELETE FROM policy_version WHERE enacted")
    await owner.close()
    forget()


def draft_of(page: str) -> str:
    """The table in the field, as a browser would read it."""
    return unescape(page.partition('class="code">\n')[2].partition("</textarea>")[0])


async def test_the_page_shows_the_table_with_law_and_designation(admin: Sitting) -> None:
    assert "噪声污染防治法 a75" in admin.text
    assert "地方指定" in admin.text
    assert "法定" in admin.text
    assert "随程序文件" in admin.text


async def test_a_text_is_tried_and_nothing_is_stored(admin: Sitting) -> None:
    await admin.press("/rules/trial", text=SMOKE)
    assert "黔南州生态环境局都匀分局" in admin.text
    assert "大气污染防治法" in admin.text
    assert await rows("SELECT id FROM service_request") == []


async def test_what_is_about_a_department_is_tried_with_its_superior(admin: Sitting) -> None:
    told = "都匀市环保局的食堂每天排放刺鼻的油烟黑烟，烟囱冒黑烟。"
    await admin.press("/rules/trial", text=told)
    assert "正是被反映的单位" in admin.text


async def test_a_trial_without_a_text_says_so(admin: Sitting) -> None:
    answer = await admin.press("/rules/trial", text="")
    assert answer.status_code == 422
    assert "请输入一段文字" in admin.text


async def test_a_draft_is_rehearsed_confirmed_and_put_in_force(admin: Sitting) -> None:
    number = await order_number(await arrived())
    text = draft_of(admin.text)
    changed = text.replace("rule = [\n", f"rule = [\n{ROW.replace('air.burning', 'air.dust')}", 1)

    await admin.press("/rules/rehearsal", draft=changed)
    assert number in admin.text
    assert "+1" in admin.text
    assert await rows("SELECT id FROM policy_version WHERE enacted") == []
    await admin.press("/rules/confirmation", draft=changed)
    assert "a made-up notice" in admin.text
    await admin.press("/rules/enactment", draft=changed, reason="州里重新明确了职责分工")

    assert "新目录已登记" in admin.text
    (kept,) = await rows("SELECT version, sha256 FROM policy_version WHERE enacted")
    assert kept["sha256"][:16] in admin.text
    assert "州里重新明确了职责分工" in admin.text


async def test_a_row_for_a_trade_takes_that_trade_alone(admin: Sitting) -> None:
    row = ROW.replace("air.burning", "air.dust").replace("lead =", 'trades = ["catering"], lead =')
    changed = draft_of(admin.text).replace("rule = [\n", f"rule = [\n{row}", 1)
    smoke = "都匀市小围寨街道的{}每天夜里排出大量粉尘，落得到处都是，请查处。"
    for place, asks in (("水泥厂", False), ("烧烤店", True)):
        await admin.press("/rules/trial", draft=changed, with_draft="1", text=smoke.format(place))
        assert ("行业：餐饮" in admin.text, "目录第 1 行" in admin.text) == (asks, asks)


async def test_a_draft_of_another_text_than_confirmed_is_not_taken(admin: Sitting) -> None:
    text = draft_of(admin.text)
    await admin.press("/rules/rehearsal", draft=text)
    await admin.press("/rules/confirmation", draft=text)
    await admin.press("/rules/enactment", draft=f"{text}\n", reason="州里重新明确了职责分工")
    assert await rows("SELECT id FROM policy_version WHERE enacted") == []


async def test_rows_that_do_not_compile_are_told_and_cannot_go_on(admin: Sitting) -> None:
    text = draft_of(admin.text).replace("rule = [\n", f"rule = [\n{ROW}", 1)
    await admin.press("/rules/rehearsal", draft=text.replace("urban_management", "nowhere", 1))
    assert "department nowhere unknown" in admin.text
    assert "继续：生效" not in admin.text


async def test_what_is_no_table_is_refused_where_it_stands(admin: Sitting) -> None:
    answer = await admin.press("/rules/rehearsal", draft="rule = [\n{ kind = }\n]")
    assert answer.status_code == 422
    assert "line 2" in admin.text


async def test_a_version_is_read_exported_and_rehearsed_again(admin: Sitting) -> None:
    version = admin.text.partition("/versions/")[2].partition('"')[0]
    await admin.go(f"/rules/522700/versions/{version}")
    assert "导出 TOML" in admin.text
    file = await admin.client.get(f"/rules/522700/versions/{version}/file")
    assert file.headers["content-disposition"].endswith('"routing-522700.toml"')
    assert "solid.household" in file.text
    assert (await admin.client.get("/rules/520000/versions/x")).status_code == 404
