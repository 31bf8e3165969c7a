"""知识库: one writes, another puts in force; read out beside the call, by kind and by words."""

import re
from datetime import date, timedelta

import httpx

from hotline.database import row, rows
from hotline.rules.terms import Role
from tests.support.sitting import Sitting, another, seat
from tests.support.visitor import Visitor
from tests.webforms.agent.test_call import a_call

NOISE = {
    "title": "夜间施工噪声（虚构）",
    "kind": "noise",
    "script": "您好，夜间施工须有证明并公告。",
    "answer": "晚十点至早六点不得进行产生噪声的施工，抢修抢险除外。",
    "source": "噪声污染防治法 a43（虚构的解读）",
    "valid_from": "2022-06-05",
}


async def a_writer(visitor: Visitor) -> Sitting:
    return await seat(visitor, Role.SUPERVISOR)


async def written(writer: Sitting, **given: str) -> str:
    """An article that waits; its address."""
    await writer.go("/knowledge")
    await writer.press("/knowledge", **{**NOISE, **given})
    return writer.visitor.path


async def approved(writer: Sitting, other: Sitting, **given: str) -> str:
    path = await written(writer, **given)
    await other.go(path)
    await other.press(f"{path}/approval", act="approve")
    return path


async def beside(agent: Sitting, path: str, **typed: str) -> str:
    data = {**agent.visitor.form(path), **typed}
    part = {"x-part": "1"}
    return (await agent.client.post(f"{path}/knowledge", data=data, headers=part)).text


async def test_an_article_is_read_out_only_once_another_person_put_it_in_force(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    writer, other = await a_writer(another(client)), await seat(another(client), Role.ADMIN)
    agent, call = await a_call(visitor)
    path = await written(writer)

    assert NOISE["title"] not in await beside(agent, call, kind="noise")
    own = await writer.client.post(
        f"{path}/approval",
        data={**writer.visitor.form(path), "edition": "1", "act": "approve"},
    )
    assert own.status_code == 422
    await other.go(path)
    await other.press(f"{path}/approval", act="approve")

    shown = await beside(agent, call, kind="noise")
    assert NOISE["script"] in shown
    assert NOISE["source"] in shown
    assert NOISE["title"] in await beside(agent, call, kind="noise.construction")
    assert NOISE["title"] not in await beside(agent, call, kind="water")


async def test_two_characters_find_an_article_of_any_kind(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    await approved(await a_writer(another(client)), await a_writer(another(client)))
    agent, call = await a_call(visitor)

    assert NOISE["title"] in await beside(agent, call, kind="water", q="抢险")
    assert NOISE["title"] in await beside(agent, call, q="夜间 抢修")
    assert NOISE["title"] not in await beside(agent, call, q="夜间 排污")
    whole = await agent.press(call, f"{call}/knowledge", q="抢险")
    assert whole.status_code == 200
    assert NOISE["title"] in agent.text


async def test_a_new_version_replaces_the_one_before_and_days_are_kept_to(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    writer, other = await a_writer(another(client)), await a_writer(another(client))
    path = await approved(writer, other)
    await writer.go(path)
    await writer.press(path, **{**NOISE, "answer": "第二版（虚构）"})
    agent, call = await a_call(visitor)
    assert "第二版" not in await beside(agent, call, kind="noise")
    await other.go(path)
    await other.press(f"{path}/approval", act="approve", edition="2")

    assert "第二版" in await beside(agent, call, kind="noise")
    states = {one["edition"]: one["state"] for one in await rows("SELECT * FROM article")}
    assert states == {1: "replaced", 2: "approved"}
    await rows("UPDATE article SET valid_to = $1", date.today() - timedelta(days=2))
    assert "第二版" not in await beside(agent, call, kind="noise")
    await rows("UPDATE article SET valid_to = NULL")
    await other.press(f"{path}/retirement")
    assert NOISE["title"] not in await beside(agent, call, kind="noise")


async def test_without_a_source_nothing_is_taken_and_everything_typed_is_kept(
    visitor: Visitor,
) -> None:
    writer = await a_writer(visitor)
    await writer.go("/knowledge")
    answer = await writer.press("/knowledge", **{**NOISE, "source": "", "valid_to": "2020-01-01"})
    assert answer.status_code == 422
    assert set(visitor.problems) == {"source", "valid_to"}
    assert re.search(NOISE["answer"], writer.text)
    assert await row("SELECT id FROM article") is None
