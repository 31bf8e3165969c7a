"""办理公开: filters, pages and figures for anybody, without a cookie, kept by caches."""

import re
from datetime import UTC, datetime

import httpx
import pytest

from hotline.database import rows
from hotline.rules.terms import Finding, Role, Step
from hotline.steps.disclose import Proposal, approve, propose
from tests.steps.builders import caller, decided
from tests.steps.desk import LATER, TENANT, at, dispatched, handler_of, staff, until

PHONE = "13900000031"  # made up（虚构）
TOLD = Proposal(
    "某企业异味问题", "群众反映附近一家企业气味难闻。", "经查，收集设施有破损，已修复。"
)


@pytest.fixture
async def published(client: httpx.AsyncClient) -> str:
    """One matter that is public; its number."""
    del client
    order = await until(Step.CLOSE, await dispatched(contact=caller(PHONE)))
    number = await propose(at(order), TOLD, by=handler_of(order), now=LATER)
    await approve(TENANT, number, by=staff(Role.PUBLISHER), now=datetime.now(UTC))
    return number


async def test_a_published_matter_is_listed_and_told(
    client: httpx.AsyncClient, published: str
) -> None:
    listed = (await client.get("/public")).text
    told = (await client.get(f"/public/cases/{published}")).text

    assert f"/public/cases/{published}" in listed
    assert TOLD.measure in told
    assert "属实" in told
    assert PHONE not in listed + told


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("county=522701", 1),
        ("county=522726", 0),
        ("kind=air", 1),
        ("kind=water", 0),
        (f"finding={Finding.TRUE}", 1),
        (f"finding={Finding.UNFOUNDED}", 0),
        ("month=2001-01&kind='%20OR%201=1", 1),
        ("page=999999", 1),
    ],
)
async def test_the_list_is_filtered_by_what_is_offered_alone(
    client: httpx.AsyncClient, published: str, query: str, total: int
) -> None:
    del published

    assert f"共 {total} 件" in (await client.get(f"/public?{query}")).text


async def test_nothing_public_needs_or_sets_a_cookie_and_caches_may_keep_it(
    client: httpx.AsyncClient, published: str
) -> None:
    for path in ("/public", f"/public/cases/{published}", "/public/figures"):
        answer = await client.get(path)
        again = await client.get(path, headers={"if-none-match": answer.headers["etag"]})

        assert "set-cookie" not in answer.headers
        assert answer.headers["cache-control"].startswith("public")
        assert (again.status_code, again.content) == (304, b"")


async def test_what_was_never_published_is_not_found(client: httpx.AsyncClient) -> None:
    assert (await client.get("/public/cases/QNP20260101000000000")).status_code == 404


async def test_an_empty_ledger_says_what_to_do(client: httpx.AsyncClient) -> None:
    assert "没有符合条件的公开内容" in (await client.get("/public")).text


async def test_figures_are_bars_a_table_and_a_file_of_the_same_numbers(
    client: httpx.AsyncClient, published: str
) -> None:
    del published
    for place in ("都匀市广惠街道", "独山县麻尾镇", "都匀市文峰街道", "都匀市沙包堡街道"):
        await decided(f"{place}某处（虚构）夜间排放刺鼻气味，难以入睡。")
    now = (await client.get("/public/figures")).text
    assert "<svg" not in now  # a month that is not over tells by tomorrow's what came today
    month_before = "date_trunc('month', now()) - interval '9 days'"
    await rows(f"UPDATE service_request SET registered_at = {month_before}")
    page = (await client.get("/public/figures")).text
    file = await client.get("/public/figures.csv")
    choice = page.partition('id="span"')[2].partition("</select>")[0]
    offered = re.findall(r"<option[^>]*>([^<]+)", choice)
    assert len(set(offered)) == len(offered) > 12
    chosen = f"since={offered[1]}&until={offered[0]}&span={offered[0]}"
    assert (await client.get(f"/public/figures?{chosen}")).text == page  # no span of one's own
    counted = await client.get("/public/map")
    assert offered[0] in counted.text
    assert file.headers["vary"] == "Cookie"  # no cache gives one reader another's language

    assert "<svg" in page
    assert "数量少，不显示" in page
    assert "统计说明" in page
    assert file.headers["content-type"].startswith("text/csv")
    assert file.content.startswith(b"\xef\xbb\xbf")
    assert "统计表,项目,件数" in file.text
