"""Joins undone and orders merged, through the pages: told before it is done, and never lost."""

import re

import httpx
import pytest

from hotline.database import row, rows
from hotline.lookups.history_check import check_history
from hotline.rules.report import Contact
from hotline.rules.terms import Role
from tests.support.sitting import (
    DESK,
    SMOKE,
    Sitting,
    another,
    arrived,
    order_number,
    seat,
    stage_of,
)
from tests.support.visitor import Visitor
from tests.webforms.desk.walk import PUBLIC, answered, at, signed

OTHER = "都匀市广惠街道某塑料加工厂（虚构）排放刺鼻废气，晚上更严重。"
ACROSS = "福泉市金山街道砖厂（虚构）冒黑烟，烟尘很大，请来查处。"
THIRD = "都匀市平浪镇某洗砂场（虚构）把泥浆排进小河。"


@pytest.fixture
async def officer(visitor: Visitor) -> Sitting:
    """Who decides what is one matter."""
    return await seat(visitor, Role.TRIAGE)


async def joined(officer: Sitting) -> tuple[str, str, str]:
    """An order with two reports that are not one matter: its number and theirs."""
    first = await arrived(SMOKE)
    order = await order_number(first)
    second = await arrived(f"{SMOKE}已经好几天了。")
    await officer.go(f"/triage/reports/{second}")
    await officer.press(f"/triage/reports/{second}/joining", order=order, relation="same")
    assert await order_number(second) == order
    return order, first, second


async def told(number: str) -> list[str]:
    found = await rows(
        "SELECT m.template FROM message m JOIN service_request r ON r.id = m.request_id"
        " WHERE r.number = $1 AND m.state <> 'withdrawn' ORDER BY m.seq",
        number,
    )
    return [one["template"] for one in found]


async def moved_out(officer: Sitting, order: str, report: str) -> None:
    await officer.go(at(order, f"split?report={report}"))
    await officer.press(at(order, "split"), reason="地点和企业都不同，不是同一事项")


async def test_the_list_says_how_since_when_and_by_whom_each_belongs(officer: Sitting) -> None:
    order, first, second = await joined(officer)

    page = (await officer.go(at(order, "members"))).text

    assert first in page
    assert second in page
    assert "首报" in page
    assert "人工认定" in page
    assert page.count("第 1 位") == 2  # who tells it again keeps the place
    assert officer.login[-4:] in page  # by whom


async def test_orders_of_two_counties_are_merged_after_a_warning(officer: Sitting) -> None:
    earlier = await order_number(await arrived())
    later = await order_number(await arrived(ACROSS, contact=Contact()))

    shown = (await officer.go(at(earlier, f"comparison?into={later}"))).text
    assert "两件工单的地点在不同的县（市、区）" in shown
    await officer.press(at(earlier, "merge"), reason="两地反映的是同一座砖厂")

    page = (await officer.go(at(later, "members"))).text
    assert "第 2 位" in page
    assert "立单来件" in page  # it opened the order, and was not the first to tell
    assert "首报</span>" not in page


async def test_a_report_moves_out_after_its_effects_were_shown(officer: Sitting) -> None:
    order, first, second = await joined(officer)
    await officer.go(at(order, f"split?report={second}"))
    for words in ("交办：", "办结期限：", "留下的工单：来件 1 件", "改为单独办理"):
        assert words in officer.text

    await officer.press(at(order, "split"), reason="")
    assert "请写明理由" in officer.text
    assert await order_number(second) == order
    await officer.press(at(order, "split"), reason="地点和企业都不同，不是同一事项")

    own = await order_number(second)
    assert own != order
    assert officer.visitor.path == at(own)
    assert await order_number(first) == order
    assert (await told(second))[-1] == "request.separated"
    assert (await check_history()).breaks == []


async def test_an_answer_to_another_matter_is_corrected_without_a_word_of_others(
    client: httpx.AsyncClient, officer: Sitting
) -> None:
    order, first, second = await joined(officer)
    handler = await seat(another(client), Role.HANDLER, department=DESK)
    reviewer = await seat(another(client), Role.REVIEWER, department=DESK)
    await answered(handler, reviewer, order)

    await moved_out(officer, order, second)

    assert (await told(second))[-1] == "request.separated_answered"
    assert await stage_of("service_request", second) == "accepted"
    assert await stage_of("service_request", first) == "answered"
    fill = await row("SELECT fill FROM message WHERE template = 'request.separated_answered'")
    assert fill is not None
    assert fill["fill"] in ("{}", {})


async def test_what_was_published_goes_before_a_publisher_again(
    client: httpx.AsyncClient, officer: Sitting
) -> None:
    order, _, second = await joined(officer)
    handler = await seat(another(client), Role.HANDLER, department=DESK)
    reviewer = await seat(another(client), Role.REVIEWER, department=DESK)
    publisher = await seat(another(client), Role.PUBLISHER)
    await answered(handler, reviewer, order)
    await handler.go(at(order))
    await handler.press(at(order, "publication"), **PUBLIC)
    found = await row("SELECT number FROM publication")
    assert found is not None
    number = found["number"]
    await publisher.go("/publish")
    await publisher.press(f"/publish/{number}/approval")

    await moved_out(officer, order, second)
    await publisher.go("/publish")
    assert "需要复核" in publisher.text
    await publisher.press(f"/publish/{number}/affirmation", reason="文字只涉及该砖厂，仍然成立")

    assert "需要复核" not in publisher.text
    steps = await rows("SELECT step FROM event WHERE aggregate = 'publication' ORDER BY seq")
    assert [one["step"] for one in steps] == ["disclose", "disclose", "split", "affirm"]


async def test_the_last_report_and_one_that_has_left_do_not_move_out(officer: Sitting) -> None:
    order, first, second = await joined(officer)
    await officer.go(at(order, f"split?report={second}"))
    form = {**officer.visitor.form(at(order, "split")), "reason": "不是同一事项", "report": second}
    await officer.client.post(at(order, "split"), data=form)

    twice = await officer.client.post(at(order, "split"), data=form)
    await officer.go(at(order, f"split?report={first}"))
    await officer.press(at(order, "split"), reason="不是同一事项")

    assert twice.status_code == 409
    assert "只有一件来件的工单不需要拆" in officer.text
    assert len(await rows("SELECT id FROM work_order")) == 2


async def test_two_orders_are_compared_and_merged_in_two_acts(officer: Sitting) -> None:
    first, second = await arrived(SMOKE), await arrived(OTHER)
    into, order = await order_number(first), await order_number(second)
    await officer.go(at(order))

    await officer.go(at(order, f"comparison?into={into}"))  # the suggestion's link
    for words in (SMOKE[:20], OTHER[:20], "将会发生", "期限从两件中较早受理的起算"):
        assert words in officer.text
    await officer.press(at(order, "merge"))

    assert officer.visitor.path == at(into)
    assert await order_number(second) == into
    assert await stage_of("work_order", order) == "merged"
    assert await row("SELECT count(*) AS n FROM held WHERE to_at IS NULL") == {"n": 1}


async def test_a_merged_number_leads_to_the_order_that_goes_on(officer: Sitting) -> None:
    first, second = await arrived(SMOKE), await arrived(OTHER)
    into, order = await order_number(first), await order_number(second)
    await officer.go(at(order, f"comparison?into={first}"))  # a report's number will do
    await officer.press(at(order, "merge"))

    page = (await officer.go(at(order))).text
    assert f"这件工单已并入 {into}" in page
    await officer.go(at(into))
    assert order in officer.text


async def test_the_list_of_a_merged_order_leads_to_the_reports(officer: Sitting) -> None:
    first, second = await arrived(SMOKE), await arrived(OTHER)
    into, order = await order_number(first), await order_number(second)
    await officer.go(at(order, f"comparison?into={into}"))
    await officer.press(at(order, "merge"))

    await officer.go(at(order, "members"))

    assert f'href="{at(into, "members")}"' in officer.visitor.page.text
    assert "全部" not in officer.text
    assert "拆出所选来件" not in officer.text


async def test_a_merge_is_undone_from_the_merged_orders_page(
    client: httpx.AsyncClient, officer: Sitting
) -> None:
    first, second = await arrived(SMOKE), await arrived(OTHER)
    into, order = await order_number(first), await order_number(second)
    handler = await seat(another(client), Role.HANDLER, department=DESK)
    await signed(handler, order)
    await officer.go(at(order, f"comparison?into={into}"))
    await officer.press(at(order, "merge"))

    await officer.go(at(order))
    await officer.press(at(order, "unmerge"), reason="现场核实是两家企业")

    assert await order_number(second) == order
    assert await stage_of("work_order", order) == "signed"
    assert (await check_history()).breaks == []


async def test_whoever_had_either_order_open_sees_what_changed(
    client: httpx.AsyncClient, officer: Sitting
) -> None:
    first, second = await arrived(SMOKE), await arrived(OTHER)
    into, order = await order_number(first), await order_number(second)
    handler = await seat(another(client), Role.HANDLER, department=DESK)
    await handler.go(at(order))
    await officer.go(at(order, f"comparison?into={into}"))
    other = await seat(another(client), Role.SUPERVISOR)
    await other.go(at(order, f"comparison?into={into}"))
    await officer.press(at(order, "merge"))

    late = await other.press(at(order, "merge"))
    acted = await handler.press(at(order, "signature"))

    assert (late.status_code, acted.status_code) == (409, 409)
    assert re.search(r"您看到第 \d+ 版，现在第 \d+ 版", other.text)
    assert "已被他人更新" in handler.text


async def test_a_closed_order_is_never_merged_with_an_open_one(officer: Sitting) -> None:
    first, second = await arrived(SMOKE), await arrived(OTHER)
    into, order = await order_number(first), await order_number(second)
    await officer.go(at(order, f"comparison?into={into}"))
    await rows("UPDATE work_order SET stage = 'closed' WHERE number = $1", into)
    answer = await officer.press(at(order, "merge"))

    assert answer.status_code == 422
    assert officer.text.count("办结后再次发生的，请按新工单受理") == 1
    await officer.go(at(order, f"comparison?into={into}"))
    assert officer.text.count("办结后再次发生的，请按新工单受理") == 1
    assert "将会发生" not in officer.text  # no button for what would be refused


async def test_linked_orders_show_each_other_until_the_link_ends(officer: Sitting) -> None:
    one = await order_number(await arrived(SMOKE))
    other = await order_number(await arrived(THIRD, contact=Contact(phone="13900000022")))
    await officer.go(at(one))
    await officer.press(at(one, "links"), other=other, reason="同一条河的上下游")
    assert other in officer.text
    assert one in (await officer.go(at(other))).text
    assert "同一条河的上下游" in officer.text

    await officer.press(at(other, "links/removal"), other=one, reason="核实没有关系")

    assert await row("SELECT count(*) AS n FROM order_link WHERE to_at IS NULL") == {"n": 0}


async def test_a_handler_reads_who_belongs_but_may_not_part_them(
    client: httpx.AsyncClient, officer: Sitting
) -> None:
    order, _, second = await joined(officer)
    handler = await seat(another(client), Role.HANDLER, department=DESK)

    page = (await handler.go(at(order, "members"))).text
    await handler.go("/account/password")
    token = handler.visitor.form("/account/password")["_token"]
    answer = await handler.client.post(
        at(order, "split"), data={"_token": token, "report": second, "reason": "不是同一事项"}
    )

    assert second in page
    assert "拆出所选来件" not in page
    assert answer.status_code == 403
