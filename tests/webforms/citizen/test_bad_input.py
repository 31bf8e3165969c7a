"""Bad input: each with a clear word and status, and nothing lost."""

from datetime import timedelta

import httpx
import pytest

from hotline.database import rows
from hotline.steps.attempt import Limit
from tests.support.sitting import another
from tests.support.visitor import Visitor
from tests.webforms.citizen.telling import TOLD, WHAT, tell_all, tell_where
from webforms.citizen import drafts


async def at_the_story(visitor: Visitor) -> None:
    await tell_where(visitor)
    await visitor.send("/report/what", **WHAT)
    assert visitor.path == "/report/story"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "请写明反映的内容"),
        ("短", "反映的内容至少需要 5 个字"),
        ("臭" * 20_000, "最多 10000 个字，现在有 20000 个字"),
    ],
    ids=["empty", "short", "20000"],
)
async def test_a_text_of_the_wrong_length_is_said_beside_it_and_kept_on_the_page(
    visitor: Visitor, text: str, said: str
) -> None:
    await at_the_story(visitor)

    await visitor.send("/report/story", **{**TOLD, "text": text})

    assert visitor.page is not None
    assert visitor.page.status_code == 422
    assert said in visitor.problems["text"]
    assert visitor.page.text.count(said) == 2
    assert f"{text}</textarea>" in visitor.page.text
    assert "<title>错误：" in visitor.page.text


@pytest.mark.parametrize(
    ("began", "said"),
    [("2999-01-01", "不能晚于今天"), ("昨天", "日期看不懂"), ("2026-02-30", "日期看不懂")],
)
async def test_a_day_that_cannot_be_is_asked_again(visitor: Visitor, began: str, said: str) -> None:
    await at_the_story(visitor)

    await visitor.send("/report/story", **{**TOLD, "began": began})

    assert said in visitor.problems["began"]


async def test_a_division_that_is_not_on_the_list_is_refused(visitor: Visitor) -> None:
    await visitor.go("/report/where")

    await visitor.send("/report/where", county="999999")

    assert visitor.page is not None
    assert visitor.page.status_code == 422
    assert visitor.problems == {"county": "请从列出的选项中选择"}


async def test_bytes_that_are_not_utf8_are_refused_and_never_guessed(visitor: Visitor) -> None:
    await at_the_story(visitor)
    token = visitor.form("/report/story")["_token"]

    answer = await visitor.client.post(
        "/report/story",
        content=f"_token={token}&text=%CE%ED%C2%FA%B3%B5%BC%E4".encode(),
        headers={"content-type": "application/x-www-form-urlencoded"},
    )

    assert answer.status_code == 400
    assert "文字编码无法识别" in answer.text


async def test_a_form_of_more_than_a_megabyte_is_refused_with_a_page(visitor: Visitor) -> None:
    await at_the_story(visitor)

    answer = await visitor.post("/report/story", text="x" * 1_200_000)

    assert answer.status_code == 413
    assert "内容太大" in answer.text


async def test_control_characters_do_not_reach_the_draft(visitor: Visitor) -> None:
    await at_the_story(visitor)

    await visitor.send("/report/story", **{**TOLD, "text": "河水\x00发黑\u202e发臭"})
    await visitor.go("/report/story")

    assert visitor.page is not None
    assert "河水发黑发臭</textarea>" in visitor.page.text


async def test_what_was_typed_is_shown_as_text_and_never_as_markup(visitor: Visitor) -> None:
    await tell_all(visitor)
    await visitor.go("/report/story")

    await visitor.send("/report/story", **{**TOLD, "text": "<script>alert(1)</script>河水发黑"})

    assert visitor.page is not None
    assert "<script>alert" not in visitor.page.text
    assert "&lt;script&gt;alert" in visitor.page.text


async def test_a_form_without_our_token_changes_nothing(client: httpx.AsyncClient) -> None:
    answer = await client.post("/report/where", data={"county": "522701"})

    assert answer.status_code == 403
    assert "这次提交没有被接受" in answer.text
    assert await rows("SELECT id FROM draft") == []


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://elsewhere.example"}, {"sec-fetch-site": "cross-site"}],
    ids=["origin", "sec-fetch-site"],
)
async def test_a_form_from_another_site_changes_nothing(
    visitor: Visitor, headers: dict[str, str]
) -> None:
    await visitor.go("/report/where")
    data = {**visitor.form("/report/where"), "county": "522701"}

    answer = await visitor.client.post("/report/where", data=data, headers=headers)

    assert answer.status_code == 403


async def test_a_page_that_hides_its_referrer_may_still_send_its_form(visitor: Visitor) -> None:
    await visitor.go("/report/where")
    data = {**visitor.form("/report/where"), "county": "522701"}

    answer = await visitor.client.post("/report/where", data=data, headers={"origin": "null"})

    assert answer.status_code == 303


@pytest.mark.usefixtures("counting")
async def test_drafts_of_one_address_come_to_an_end_and_an_open_one_goes_on(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "OF_AN_ADDRESS", Limit(3, timedelta(hours=1)))
    await tell_where(visitor)
    statuses = []
    for _ in range(4):
        stranger = another(visitor.client)
        await stranger.go("/report/where")
        answer = await stranger.post("/report/where", county="522701", townships_of="522701")
        statuses.append(answer.status_code)
    assert statuses == [303, 303, 429, 429]
    assert len(await rows("SELECT id FROM draft")) == 3

    await visitor.send("/report/what", **WHAT)

    assert visitor.path == "/report/story"
