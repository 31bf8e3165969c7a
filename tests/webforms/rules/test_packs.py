"""规则包: departments changed at the desk, checked, put in force, gone back. Made up（虚构）."""

from collections.abc import AsyncIterator
from html import unescape

import asyncpg
import pytest

from hotline.commands.launch.services import Services
from hotline.database import rows
from hotline.policy.load import TOPICS
from hotline.policy.store import forget, packs
from hotline.rules.terms import Role
from tests.support.sitting import Sitting, arrived, seat
from tests.support.visitor import Visitor
from webforms.texts import LANGUAGES, catalogue

DEPARTMENTS = "/packs/522700/departments"
ROW = (
    '  { code = "522701.tourism", name = "都匀市某文旅局（虚构）", county = "522701", parent = "",'
    ' desk = true, source = "a made-up notice（虚构）", mark = "K" },\n'
)


@pytest.fixture
async def admin(visitor: Visitor, db: Services) -> AsyncIterator[Sitting]:
    """An administrator at the page; what is put in force is taken away afterwards."""
    sitting = await seat(visitor, Role.ADMIN)
    await sitting.go(DEPARTMENTS)
    yield sitting
    owner = await asyncpg.connect(db.owner_url)
    await owner.execute("DELETE FROM policy_version WHERE enacted")
    await owner.close()
    forget()


def draft_of(page: str) -> str:
    return unescape(page.partition('class="code">\n')[2].partition("</textarea>")[0])


async def put_in_force(admin: Sitting, draft: str) -> None:
    await admin.press(f"{DEPARTMENTS}/draft", draft=draft)
    await admin.press(f"{DEPARTMENTS}/enactment", draft=draft, reason="按通知调整（虚构）")
    assert "新版本已登记" in admin.text
    forget()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_has_a_name(language: str) -> None:
    assert [one for one in TOPICS if f"term.topic.{one}" not in catalogue(language)] == []


async def test_every_topic_says_where_it_stands(admin: Sitting) -> None:
    await admin.go("/packs")
    assert "沿用 520000" in admin.text
    assert "自有" in admin.text
    for topic in ("places", "protection", "reward"):
        await admin.go(f"/packs/522700/{topic}")
        assert "只随程序文件更换" in admin.text
        answer = await admin.client.post(f"/packs/522700/{topic}/draft")
        assert answer.status_code in (403, 404)


async def test_a_department_is_added_and_taken_back(admin: Sitting) -> None:
    before = draft_of(admin.text)
    changed = before.replace("department = [\n", f"department = [\n{ROW}", 1)
    await admin.press(f"{DEPARTMENTS}/draft", draft=changed)
    assert "都匀市某文旅局（虚构）" in admin.text
    assert "演练结果" in admin.text
    assert await rows("SELECT id FROM policy_version WHERE enacted") == []
    await admin.press(f"{DEPARTMENTS}/enactment", draft=changed, reason="机构改革新设（虚构）")
    assert "新版本已登记" in admin.text
    assert "机构改革新设（虚构）" in admin.text
    forget()
    assert "522701.tourism" in (await packs()).pack("522700").departments.by_code

    await put_in_force(admin, before)
    assert "522701.tourism" not in (await packs()).pack("522700").departments.by_code


async def test_what_breaks_another_topic_cannot_go_on(admin: Sitting) -> None:
    text = draft_of(admin.text)
    row = ROW.replace('parent = ""', 'parent = "nowhere.at_all"')
    changed = text.replace("department = [\n", f"department = [\n{row}", 1)
    answer = await admin.press(f"{DEPARTMENTS}/draft", draft=changed)
    assert answer.status_code == 422
    assert "parent nowhere.at_all unknown" in admin.text
    assert f'action="{DEPARTMENTS}/enactment"' not in admin.text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("department = [\n{ code = }\n]", "line 2"),
        ('department = [ { code = "x" } ]', "第 1 行没有出处"),
        ('department = [ { code = 7, source = "s", mark = "K" } ]', "不能成立"),
        ("", "请上传或填写草案"),
        ("satisfied_from = 1e400", "no number"),
        ("x = " + "[" * 5000, "nested too deeply"),
    ],
)
async def test_what_cannot_be_right_is_told(admin: Sitting, text: str, said: str) -> None:
    answer = await admin.press(f"{DEPARTMENTS}/draft", draft=text)
    assert answer.status_code == 422
    assert said in admin.text


async def test_an_assessment_of_nobody_is_told(admin: Sitting) -> None:
    row = '{ code = "closed", name = "办结", weight = 1, source = "虚构", mark = "K" }'
    await admin.go("/packs/522700/assessment")
    answer = await admin.press(
        "/packs/522700/assessment/draft",
        draft=f"least = -1\nsatisfied_from = 4\nmeasure = [{row}]",
    )
    assert answer.status_code == 422
    assert "least from 1" in admin.text


async def test_a_department_with_people_and_orders_is_handed_over_first(admin: Sitting) -> None:
    before = draft_of(admin.text)
    await put_in_force(admin, before.replace("department = [\n", f"department = [\n{ROW}", 1))
    await arrived()
    await rows("UPDATE work_order SET lead = '522701.tourism'")
    await rows("UPDATE staff SET department = '522701.tourism'")

    await admin.press(f"{DEPARTMENTS}/draft", draft=before)

    assert "未办结工单 1 件，在用账号 1 个" in admin.text
    assert f'action="{DEPARTMENTS}/enactment"' not in admin.text


async def test_a_version_is_read_and_exported(admin: Sitting) -> None:
    version = admin.text.partition("/versions/")[2].partition('"')[0]
    await admin.go(f"{DEPARTMENTS}/versions/{version}")
    file = await admin.client.get(f"{DEPARTMENTS}/versions/{version}/file")
    assert file.headers["content-disposition"].endswith('"departments-522700.toml"')
    assert (await admin.client.get("/packs/522700/nothing")).status_code == 404
    assert (await admin.client.get("/packs/110000/departments")).status_code == 404
