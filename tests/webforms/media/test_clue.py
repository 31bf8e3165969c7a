"""A clue of the press: checked, never fetched, kept beside its report, once however sent."""

import io
from datetime import UTC, datetime

from PIL import Image

from hotline.database import row, rows
from hotline.rules.terms import Role
from hotline.steps.decide import decide
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


LONG = (
    "报道称，都匀市小围寨街道一家砖厂（虚构）连续多日在夜间生产时冒黑烟，附近居民窗台、阳台落满灰尘，"
    "晾晒的衣物也被弄脏。居民说，白天窑口基本停火，一到夜里十点以后就开始加煤，气味呛人，老人孩子咳嗽不止，"
    "已多次向厂方反映，至今没有改善。"
)
FIRST = {**CLUE, "text": LONG}
REPOST = {
    **CLUE,
    "outlet": "某新闻网（虚构）",
    "url": "https://example.org/2",
    "published": "2026-01-04T09:00",
    "headline": "居民：砖厂一到夜里就冒黑烟（虚构）",
    "text": f"据某都市报消息：{LONG[3:]}",
}
TENANT = "520000"
STORIES = "/media/stories/"


async def entered(clerk: Sitting, clue: dict[str, str]) -> None:
    """One more clue, as far as the list."""
    await clerk.go("/media")
    await clerk.visitor.send("/media/clues")
    await clerk.press(clerk.visitor.path, **clue)
    assert clerk.visitor.path == "/media", clerk.visitor.problems


async def worked_off() -> None:
    """As the worker does."""
    for one in await rows("SELECT id FROM service_request WHERE stage = 'received'"):
        await decide(TENANT, one["id"], datetime.now(UTC))


async def reported(visitor: Visitor, *clues: dict[str, str]) -> Sitting:
    """A clerk who has entered these."""
    clerk = await seat(visitor, Role.MEDIA)
    for clue in clues:
        await entered(clerk, clue)
        await worked_off()
    return clerk


def separation(clerk: Sitting) -> str:
    """The form on the list that separates."""
    return STORIES + clerk.text.partition(f'action="{STORIES}')[2].partition('"')[0]


async def first_public(outlet: str) -> str:
    found = await row("SELECT first_public_at AS at FROM media_clue WHERE outlet = $1", outlet)
    assert found is not None
    return str(found["at"].isoformat())


async def test_a_reprint_opens_nothing_of_its_own_and_the_clue_is_as_old_as_the_oldest(
    visitor: Visitor,
) -> None:
    clerk = await reported(visitor, FIRST, REPOST)

    assert "同一篇报道" in clerk.text
    assert REPOST["outlet"] in clerk.text
    assert len(await rows("SELECT id FROM service_request")) == 1
    assert len(await rows("SELECT id FROM work_order")) == 1
    assert await first_public(FIRST["outlet"]) == "2026-01-04T01:00:00+00:00"


async def test_a_reprint_pasted_before_the_first_was_read_is_known_by_its_headline(
    visitor: Visitor,
) -> None:
    clerk = await seat(visitor, Role.MEDIA)
    await entered(clerk, FIRST)
    await entered(clerk, {**REPOST, "headline": FIRST["headline"]})
    assert len(await rows("SELECT id FROM service_request")) == 1


async def test_what_was_separated_is_a_clue_of_its_own_that_a_person_decides(
    visitor: Visitor,
) -> None:
    clerk = await reported(visitor, FIRST, REPOST)

    await clerk.press(separation(clerk))
    await worked_off()

    second = await row("SELECT r.stage, r.triage_cause FROM service_request r JOIN media_clue c"
                       " ON c.id = r.id WHERE c.outlet = $1", REPOST["outlet"])  # fmt: skip
    assert second == {"stage": "triage", "triage_cause": "alike.suggested"}
    assert await first_public(FIRST["outlet"]) == "2026-01-05T02:30:00+00:00"
    await clerk.go("/media")
    assert "/separation" not in clerk.text


async def test_separating_twice_makes_one_clue(visitor: Visitor) -> None:
    clerk = await reported(visitor, FIRST, REPOST)
    path = separation(clerk)
    form = visitor.form(path)

    answers = [await clerk.client.post(path, data=form) for _ in range(2)]

    assert [one.status_code for one in answers] == [303, 404]
    assert len(await rows("SELECT id FROM media_clue")) == 2


async def test_a_reprints_screenshots_go_to_the_clue_and_leave_with_it(visitor: Visitor) -> None:
    clerk = await reported(visitor, FIRST)
    await visitor.send("/media/clues")
    path = visitor.path
    picture = [("pictures", ("a.png", a_picture(), "image/png"))]
    form = {**visitor.form(path), **REPOST}
    await clerk.client.post(f"{path}/pictures", data=form, files=picture)
    await clerk.go(path)
    await clerk.press(path, **REPOST)
    held = "SELECT c.outlet FROM attachment a JOIN media_clue c ON c.id = a.request_id"
    assert await row(held) == {"outlet": FIRST["outlet"]}

    await clerk.press(separation(clerk))

    assert await row(held) == {"outlet": REPOST["outlet"]}


async def test_another_jurisdictions_clerk_separates_nothing(visitor: Visitor) -> None:
    clerk = await reported(visitor, FIRST, REPOST)
    path = separation(clerk)
    await rows("UPDATE service_request SET jurisdiction = '520000'")

    answer = await clerk.client.post(path, data=visitor.form(path))

    assert answer.status_code == 404
    assert len(await rows("SELECT id FROM media_clue")) == 1


async def test_the_same_page_pasted_again_is_listed_once(visitor: Visitor) -> None:
    clerk = await reported(visitor, FIRST, REPOST, FIRST, REPOST)
    assert len(await rows("SELECT id FROM reprint")) == 1
    assert clerk.text.count(f'action="{STORIES}') == 1


async def test_what_a_reprint_said_lies_sealed(visitor: Visitor) -> None:
    await reported(visitor, FIRST, REPOST)
    stored = await row("SELECT row_to_json(r)::text AS said FROM reprint r")
    assert stored is not None
    assert "咳嗽不止" not in stored["said"]
