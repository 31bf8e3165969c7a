"""A clue of the press: checked, never fetched, kept beside its report, once however sent."""

import io

from PIL import Image

from hotline.database import row, rows
from hotline.rules.terms import Role
from tests.support.sitting import Sitting, seat
from tests.support.visitor import Visitor

CLUE = {
    "outlet": "某都市报（虚构）",
    "url": "https://example.com/news/1",
    "published": "2026-01-05T10:30",
    "headline": "都匀一砖厂夜间冒黑烟（虚构）",
    "text": "报道称都匀市小围寨一砖厂夜间冒黑烟，居民窗台落灰。",
}


async def a_clue(visitor: Visitor) -> tuple[Sitting, str]:
    """A clerk with a fresh clue; its address."""
    clerk = await seat(visitor, Role.MEDIA)
    await clerk.go("/media")
    await visitor.send("/media/clues")
    return clerk, visitor.path


def a_picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(out, "PNG")
    return out.getvalue()


async def test_a_clue_becomes_a_report_of_its_own_channel(visitor: Visitor) -> None:
    clerk, path = await a_clue(visitor)

    await clerk.press(path, **CLUE)

    assert "线索已登记" in clerk.text
    assert CLUE["headline"] in clerk.text
    found = await row("SELECT r.channel, c.outlet, c.url FROM service_request r"
                      " JOIN media_clue c ON c.id = r.id")  # fmt: skip
    assert found == {"channel": "media", "outlet": CLUE["outlet"], "url": CLUE["url"]}


async def test_a_clue_sent_twice_is_one_report(visitor: Visitor) -> None:
    clerk, path = await a_clue(visitor)
    form = {**visitor.form(path), **CLUE}

    for _ in range(2):
        await clerk.client.post(path, data=form)

    assert len(await rows("SELECT id FROM service_request")) == 1
    assert len(await rows("SELECT id FROM media_clue")) == 1


async def test_an_address_that_is_none_and_a_time_to_come_are_refused(visitor: Visitor) -> None:
    clerk, path = await a_clue(visitor)

    await clerk.press(path, **{**CLUE, "url": "javascript:alert(1)", "published": "2999-01-01"})

    assert set(visitor.problems) == {"url", "published"}
    assert CLUE["text"] in clerk.text
    assert await rows("SELECT id FROM service_request") == []


async def test_a_screenshot_stays_with_the_text_and_goes_with_the_report(
    visitor: Visitor,
) -> None:
    clerk, path = await a_clue(visitor)
    form = {**visitor.form(path), **CLUE}

    await clerk.client.post(
        f"{path}/pictures", data=form, files=[("pictures", ("a.png", a_picture(), "image/png"))]
    )
    page = (await clerk.go(path)).text
    assert CLUE["headline"] in page
    handle = page.partition(f'src="{path}/pictures/')[2].partition('"')[0]
    shown = await clerk.client.get(f"{path}/pictures/{handle}")

    assert shown.headers["content-type"] == "image/jpeg"


async def test_a_refused_file_costs_no_text(visitor: Visitor) -> None:
    clerk, path = await a_clue(visitor)
    form = {**visitor.form(path), **CLUE}

    answer = await clerk.client.post(
        f"{path}/pictures", data=form, files=[("pictures", ("a.jpg", b"no picture", "image/jpeg"))]
    )

    assert answer.status_code == 422
    assert CLUE["text"] in answer.text
    assert "a.jpg" in answer.text
