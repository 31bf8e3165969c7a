"""From a report to a public answer: each person at a browser of their own."""

import re

from playwright.sync_api import Page, expect

from hotline.rules.redaction import leaks
from tests.browser.clerk import REPLY, TITLE, Clerk
from tests.browser.devices import DESKTOP, PHONE, Opener
from tests.browser.people import COLLEAGUE, COUNTY, HANDLER, PEOPLE, PUBLISHER, REVIEWER, Member
from tests.browser.reporting import PHONE_NUMBER, Reporter, look_up
from tests.browser.running import Running
from tests.browser.sight import CITIZEN, STAFF, faults

PERSONAL = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{17}[\dXx](?!\d)|某某")


# each at a place of its own: reports that look alike are put before a person first
SMELL = "学校旁边的养猪场（虚构）一刮风就臭气熏天，孩子们上课都不敢开窗。"
SOUR = "河堤下的塑料加工点（虚构）一开工就有刺鼻异味，晾的衣服上都是味道。"
SMOKE = "村口的废轮胎炼油点（虚构）半夜点火冒黑烟，呛得人睡不着。"
TAN = "界河对岸的皮革厂（虚构）烟囱一到傍晚冒黄烟，风一吹全村都是。"
PAINT = "楼下的家具喷漆房（虚构）没有任何遮挡，油漆味整天往楼上飘。"
PLACES = {
    SMELL: "第三小学（虚构）围墙外",
    SOUR: "红旗水文站（虚构）旁",
    SMOKE: "大槐树组（虚构）晒坝",
    TAN: "界碑渡口（虚构）",
    PAINT: "桂花公寓（虚构）七栋",
}


def reported(page: Page, text: str) -> tuple[str, str]:
    """A report on its way; number and code."""
    reporter = Reporter(page)
    reporter.start()
    reporter.where(PLACES[text], county=COUNTY)
    reporter.what("举报", "大气")
    reporter.story(text)
    reporter.no_photos()
    reporter.you("保密")
    reporter.send()
    return reporter.receipt()


def clerk(opened: Opener, member: Member) -> Clerk:
    return Clerk(opened(**DESKTOP)).sign_in(member)


def test_a_report_is_handled_answered_rated_and_published(opened: Opener, service: Running) -> None:
    citizen = opened(**PHONE)
    number, code = reported(citizen, SMELL)
    order = service.order_of(number)

    handler = clerk(opened, HANDLER)
    handler.acts = 0
    handler.page.goto("/desk?tab=to_sign")
    handler.link(order)
    expect(handler.page.locator(".told")).to_have_text(SMELL)
    assert PHONE_NUMBER not in handler.page.content()
    handler.press("签收")
    handler.submit("true")
    expect(handler.page.locator(".done-note")).to_contain_text("提交审核")
    assert handler.acts <= 6

    reviewer = clerk(opened, REVIEWER)
    reviewer.page.goto("/desk?tab=submitted")
    reviewer.link(order)
    reviewer.press("审核通过并答复反映人")

    look_up(citizen, number, code)
    expect(citizen.get_by_text(REPLY)).to_be_visible()
    assert faults(citizen, CITIZEN) == []
    citizen.get_by_label("满意", exact=True).check()
    citizen.get_by_label("解决了", exact=True).check()
    Reporter(citizen).press("提交评价")
    expect(citizen.get_by_role("heading", name="您的评价")).to_be_visible()

    reviewer.page.reload()
    expect(reviewer.page.get_by_text("回访评价：4 分")).to_be_visible()
    reviewer.close()
    expect(reviewer.page.locator(".case-head .state")).to_have_text("办结")

    handler.open_order(order)
    handler.propose()
    publisher = clerk(opened, PUBLISHER)
    publisher.page.goto("/publish")
    publisher.press("审核通过并公开")
    publisher.page.get_by_role("link", name="公开历史").first.click()
    expect(publisher.page.get_by_role("heading", level=1)).to_contain_text("公开历史")
    assert "\n".join(faults(publisher.page, STAFF)) == ""
    the_public_reads(opened(**PHONE), secrets=(number, order, code, SMELL))


def the_public_reads(page: Page, secrets: tuple[str, ...]) -> None:
    """Without a cookie, and nothing that leads to a person."""
    page.goto("/public")
    assert "\n".join(faults(page, CITIZEN)) == ""
    Reporter(page).link(TITLE)
    assert "\n".join(faults(page, CITIZEN)) == ""
    case = page.url
    ledger = ("/public", "/public/figures", "/public/map", "/public/posts", case)
    for path in ("/", *ledger, "/privacy", "/accessibility"):
        page.goto(path)
        words = page.locator("main").inner_text()
        assert PERSONAL.findall(words) == []
        assert leaks(words) == ()
        assert not [one for one in (*secrets, *(m.name for m in PEOPLE)) if one in page.content()]
    assert page.context.cookies() == []
    with page.expect_download() as csv:
        page.goto("/public/figures")
        page.get_by_role("link", name="CSV").click()
    assert csv.value.path().read_text("utf-8-sig").startswith("统计表")


def test_who_comes_second_sees_both_versions_and_loses_no_word(
    opened: Opener, service: Running
) -> None:
    number, _ = reported(opened(**PHONE), SOUR)
    order = service.order_of(number)
    first, second = clerk(opened, HANDLER), clerk(opened, COLLEAGUE)
    first.open_order(order)
    first.press("签收")
    second.open_order(order)
    first.write(reply="您好，我们已经安排人员今晚到现场核查。")
    first.save()
    second.write(reply="您好，我们正在核查，核查后尽快答复您。")
    with second.page.expect_response(re.compile("/texts$")) as answer:
        second.save()
    assert answer.value.status == 409
    expect(second.page.locator("#error-summary")).to_contain_text("王某某（虚构）")
    expect(second.page.locator("#reply")).to_have_value("您好，我们正在核查，核查后尽快答复您。")
    expect(second.page.get_by_text("您好，我们已经安排人员今晚到现场核查。")).to_be_visible()


def test_a_new_order_shows_on_a_page_that_is_open(opened: Opener, service: Running) -> None:
    service.order_of(reported(opened(**PHONE), SMOKE)[0])
    handler = clerk(opened, HANDLER)
    handler.page.goto("/desk?tab=to_sign")
    rows = handler.page.locator("[data-row]").count()
    order = service.order_of(reported(opened(**PHONE), PAINT)[0])
    expect(handler.page.locator("#live button")).to_be_visible()
    assert handler.page.locator("[data-row]").count() == rows
    handler.press("件新工单")
    expect(handler.page.get_by_role("link", name=order)).to_be_visible()


def test_an_empty_queue_tells_of_its_first_order(opened: Opener, service: Running) -> None:
    order = service.order_of(reported(opened(**PHONE), TAN)[0])
    handler, colleague = clerk(opened, HANDLER), clerk(opened, COLLEAGUE)
    handler.page.goto("/desk?tab=returned")
    assert handler.page.locator("[data-row]").count() == 0
    colleague.open_order(order)
    colleague.page.locator("summary", has_text="异议").click()
    colleague.page.locator("#object").fill("该厂（虚构）在邻县界内，不属于本单位职责范围。")
    colleague.press("异议")
    expect(handler.page.locator("#live button")).to_be_visible()
    handler.press("件新工单")
    expect(handler.page.get_by_role("link", name=order)).to_be_visible()
