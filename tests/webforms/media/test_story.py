"""M2 and M3: a story judged within its hours, told of, answered in public, logged（虚构）."""

from datetime import timedelta

import httpx

from hotline.database import rows
from hotline.records import Message, PublicTerm, ServiceRequest
from hotline.rules.terms import Role
from tests.support.sitting import Sitting, another, arrived, order_number, seat
from tests.support.visitor import Visitor
from tests.webforms.media.test_clue import FIRST, reported


async def story(visitor: Visitor) -> tuple[Sitting, str]:
    """A clerk at the page of a clue that has its order."""
    clerk = await reported(visitor, FIRST)
    await clerk.go("/media")
    number = clerk.text.partition('href="/media/stories/')[2].partition('"')[0]
    await clerk.go(f"/media/stories/{number}")
    return clerk, number


async def test_a_story_has_its_hours_from_when_the_desk_had_it_and_they_end_with_the_answer(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    clerk, number = await story(visitor)
    base = f"/media/stories/{number}"
    await clerk.press(f"{base}/assessment", credibility="credible", major="yes", reason="")
    assert "请写明理由" in clerk.text
    judged = {"credibility": "credible", "reason": "现场视频清晰，多家转载"}
    await clerk.press(f"{base}/assessment", major="yes", **judged)
    had = (await ServiceRequest.get(number=number)).registered_at
    ends = {one.rule: one.due_at - had for one in await PublicTerm.filter(stopped_at=None)}
    assert ends == {"first": timedelta(hours=5), "conference": timedelta(hours=24)}
    await clerk.press(f"{base}/assessment", major="no", **judged)
    assert [one.rule for one in await PublicTerm.filter(stopped_at=None)] == ["answer"]

    await clerk.go("/media")
    assert "前回应" in clerk.text
    await clerk.go(base)
    await clerk.press(f"{base}/response")
    path = clerk.visitor.path
    assert path.startswith("/releases/")
    assert FIRST["outlet"] in clerk.text
    text = {"title": "情况说明（虚构）", "body": "已责令停产整改，结果将及时公布。"}
    await clerk.press(path, act="offer", **text)
    publisher = await seat(another(client), Role.PUBLISHER)
    await publisher.go(path)
    await publisher.press(f"{path}/approval", act="approve")
    assert await PublicTerm.filter(stopped_at=None, holder="clue").count() == 0
    assert "已责令停产整改" in (await client.get(f"/public/posts/{path.rpartition('/')[2]}")).text
    await clerk.go(base)
    assert "已回应" in clerk.text


async def test_the_publicity_department_is_told_once_of_the_order_and_of_no_report(
    visitor: Visitor,
) -> None:
    other = await order_number(await arrived("都匀市绿茵湖街道某养殖场（虚构）把粪污排进小河。"))
    clerk, number = await story(visitor)
    base = f"/media/stories/{number}"
    await clerk.press(f"{base}/links", order="没有这样的编号")
    assert "没有这个编号的工单" in clerk.text
    where = "UPDATE work_order SET jurisdiction = $1 WHERE number = $2"
    await rows(where, "520000", other)  # another place's is not there either
    await clerk.press(f"{base}/links", order=other)
    assert "没有这个编号的工单" in clerk.text
    await rows(where, "522700", other)
    kinds = "UPDATE staff SET kinds = $2 WHERE login = $1"
    await rows(kinds, clerk.login, ["air"])  # nor what the post is not for: it is about water
    await clerk.press(f"{base}/links", order=other)
    assert "没有这个编号的工单" in clerk.text
    await rows(kinds, clerk.login, [])
    await clerk.press(f"{base}/links", order=other)
    assert other in clerk.text
    await clerk.press(f"{base}/co-notice")
    (told,) = await Message.filter(template="order.in_press")
    assert (told.department, told.request_id) == ("522700.propaganda", None)
    await clerk.press(f"{base}/co-notice")
    assert "已经通报过" in clerk.text
    await clerk.press(f"{base}/links/removal", order=other)
    assert f'value="{other}"' not in clerk.text


async def test_press_contacts_are_offered_when_sending_and_go_for_good(visitor: Visitor) -> None:
    clerk = await seat(visitor, Role.MEDIA)
    await clerk.go("/media/contacts")
    await clerk.press("/media/contacts", outlet="某都市报（虚构）", name="", reach="")
    assert "请填写完整" in clerk.text
    contact = {"outlet": "某都市报（虚构）", "name": "记者甲", "reach": "newsroom@example.com"}
    await clerk.press("/media/contacts", **contact)
    assert contact["reach"] in clerk.text
    removal = clerk.text.partition('action="/media/contacts/')[2].partition('"')[0]
    await clerk.press(f"/media/contacts/{removal}")
    assert contact["reach"] not in clerk.text


async def test_a_briefing_is_drafted_from_what_is_public(visitor: Visitor) -> None:
    clerk = await seat(visitor, Role.MEDIA)
    await clerk.go("/releases")
    await clerk.press("/releases/briefings", since="2026-05-31", until="2026-05-01")
    assert "请填写起止日期" in clerk.text
    await clerk.press("/releases/briefings", since="2026-05-01", until="2026-05-31")
    for part in ("整改进度", "突发事件处置", "违法典型"):
        assert part in clerk.text
    assert "这是系统起草的" in clerk.text
