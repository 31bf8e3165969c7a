"""A table is uploaded, mapped, looked at and taken by the worker; what cannot be comes back."""

from datetime import UTC, datetime, timedelta

from hotline.database import row, rows
from hotline.records import BatchImport, files
from hotline.rules.terms import Role
from hotline.steps import run_table
from hotline.steps.batch_table import forget_tables
from tests.support.sitting import Sitting, another, seat
from tests.support.visitor import Visitor
from workers import tables

HEAD = "办件号,什么时候,说了什么,在哪,谁\n"
GOOD = "A-{n},2026-01-05 10:30,都匀市小围寨街道第{n}家砖厂冒黑烟（虚构）,剑江大道,张某（虚构）\n"
TABLE = HEAD + "".join(GOOD.format(n=n) for n in range(3)) + "A-9,昨天,臭,,=1+1\n"
MAPPED = {
    "source": "某平台",
    "channel": "partner",
    "wish": "report",
    "column.number": "办件号",
    "column.time": "什么时候",
    "column.text": "说了什么",
    "column.landmark": "在哪",
    "column.name": "谁",
}


async def uploaded(visitor: Visitor, table: str = TABLE) -> tuple[Sitting, str]:
    """An agent with a table just uploaded; its address."""
    agent = await seat(visitor, Role.AGENT)
    await agent.go("/batches")
    form = visitor.form("/batches")
    sent = {"table": ("办件.csv", table.encode("gb18030"), "text/csv")}
    answer = await agent.client.post("/batches", data=form, files=sent)
    await agent.go(answer.headers["location"])
    return agent, visitor.path


async def test_a_table_is_mapped_looked_at_and_taken_with_partial_success(visitor: Visitor) -> None:
    agent, path = await uploaded(visitor)

    await agent.press(f"{path}/plan", **MAPPED, act="look")
    assert "预览中有 1 行不能导入" in agent.text
    assert await rows("SELECT id FROM service_request") == []
    await agent.press(f"{path}/plan", **MAPPED, act="start")
    assert "排队中" in agent.text
    await tables.drain_all()

    await agent.go(path)
    assert "已完成" in agent.text
    found = await BatchImport.get()
    assert (found.rows, found.good, found.known, found.bad) == (4, 3, 0, 1)
    back = (await agent.client.get(f"{path}/rows-back.csv")).text
    assert "第 5 行" in back
    assert "'=1+1" in back  # no spreadsheet takes it for a formula
    kept = await rows("SELECT foreign_number, channel FROM service_request ORDER BY 1")
    assert [one["foreign_number"] for one in kept] == ["A-0", "A-1", "A-2"]
    assert {one["channel"] for one in kept} == {"partner"}


async def test_the_same_rows_again_are_known(visitor: Visitor) -> None:
    for one in (visitor, another(visitor.client)):
        agent, path = await uploaded(one)
        await agent.press(f"{path}/plan", **MAPPED, act="start")
        await tables.drain_all()

    newest = (await BatchImport.all().order_by("-created_at"))[0]
    assert (newest.good, newest.known, newest.bad) == (0, 3, 1)
    assert (await row("SELECT count(*) AS n FROM service_request")) == {"n": 3}


async def test_a_run_that_was_killed_goes_on_and_tells_each_row_back_once(visitor: Visitor) -> None:
    many = HEAD + "".join(GOOD.format(n=n) for n in range(600)) + "A-9,昨天,臭,,\n"
    agent, path = await uploaded(visitor, many)
    await agent.press(f"{path}/plan", **MAPPED, act="start")
    now = datetime.now(UTC)
    first = await run_table.claim_table(now)
    assert first is not None
    assert await run_table.run_table(first, lambda: now, now - timedelta(seconds=1))
    half = await BatchImport.get()
    assert 0 < half.rows < 601
    # its worker claims it and is gone
    assert await run_table.claim_table(now) is not None
    assert await run_table.claim_table(now) is None

    later = now + run_table.LEASE * 2
    again = await run_table.claim_table(later)
    assert again is not None
    assert not await run_table.run_table(again, lambda: later, later + run_table.LEASE)

    done = await BatchImport.get()
    assert (done.stage, done.rows, done.good, done.bad) == ("done", 601, 600, 1)
    assert len(await run_table.rows_back(done)) == 1


async def test_it_stops_and_goes_on_when_asked(visitor: Visitor) -> None:
    agent, path = await uploaded(visitor)
    await agent.press(f"{path}/plan", **MAPPED, act="start")

    await agent.press(f"{path}/stop")
    assert await tables.drain_all() == 0
    assert "已停止" in agent.text
    await agent.press(f"{path}/plan", **MAPPED, act="start")
    await tables.drain_all()

    assert (await BatchImport.get()).good == 3


async def test_what_cannot_be_a_table_is_refused_in_words(visitor: Visitor) -> None:
    agent = await seat(visitor, Role.AGENT)
    await agent.go("/batches")
    form = visitor.form("/batches")
    for name, content in (("a.xlsx", b"PK\x03\x04 broken"), ("b.csv", b"")):
        answer = await agent.client.post(
            "/batches", data=form, files={"table": (name, content, "text/csv")}
        )
        assert answer.status_code == 422
    answer = await agent.client.post("/batches", data=form)
    assert "请选择文件" in answer.text


async def test_a_mapping_without_the_words_is_sent_back(visitor: Visitor) -> None:
    agent, path = await uploaded(visitor)

    await agent.press(f"{path}/plan", **{**MAPPED, "column.text": ""}, act="start")

    assert "请选择“反映内容”是哪一列" in agent.text
    assert (await BatchImport.get()).stage == "opened"


async def test_nobody_else_sees_it_and_it_is_gone_in_time(visitor: Visitor) -> None:
    agent, path = await uploaded(visitor)
    other = await seat(another(agent.client), Role.AGENT)
    assert (await other.client.get(path)).status_code == 404
    assert (await other.client.get(f"{path}/rows-back.csv")).status_code == 404
    held = await BatchImport.get()
    assert "张某".encode() not in await files.get(held.stored)

    assert await forget_tables(datetime.now(UTC) + timedelta(days=8)) == 1
    assert (await BatchImport.get()).wrapped_key is None
    assert (await agent.client.get(path)).status_code == 200
