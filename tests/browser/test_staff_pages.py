"""Every page a matter passes at the desks, full, empty, wrong and enlarged: readable, light."""

import re
from pathlib import Path

from tests.browser.clerk import Clerk
from tests.browser.devices import Opener
from tests.browser.entering import money, overseeing, papers, rewards
from tests.browser.later import later
from tests.browser.pages import SMELL, UNREACHED, undelivered
from tests.browser.people import AGENT, HANDLER, PUBLISHER, REVIEWER, REWARDER, SUPERVISOR, TRIAGE
from tests.browser.referring import referrals
from tests.browser.running import Running
from tests.browser.sight import Looker
from tests.browser.tour import OFFICES, PAGES, SELDOM, Tour

BURNING = "收完庄稼后，镇郊大片田里露天焚烧秸秆，浓烟呛人，连烧了几天。"
VAGUE = "我们这里的情况很不好，请你们派人来看看。"


def test_every_page_a_matter_passes_is_for_everybody(
    opened: Opener, service: Running, tmp_path: Path
) -> None:
    tour = Tour(opened, service, tmp_path)
    numbers = agent(tour)
    triage(tour, numbers[BURNING], numbers[VAGUE])
    order = service.order_of(numbers[SMELL])
    referrals(*tour.begin(SUPERVISOR), order)  # while it is still in hand
    later(tour.begin, order)
    handler(tour, order)
    others(tour)
    rewards(*(rewarder := tour.begin(REWARDER)))
    money(rewarder[1])
    assert tour.service.value(UNREACHED)
    undelivered(*tour.begin(SUPERVISOR))
    papers(*tour.begin(AGENT))
    overseeing(*tour.begin(SUPERVISOR))
    assert "\n".join(tour.found) == ""
    assert tour.missed(PAGES - OFFICES - SELDOM) == []


def agent(tour: Tour) -> dict[str, str]:
    """A call with nothing in it, three that are saved, and the list; text → number."""
    clerk, looker = tour.begin(AGENT)
    numbers: dict[str, str] = {}
    looker.go("/agent")
    for text, county in ((SMELL, "都匀市"), (BURNING, "都匀市"), (VAGUE, "")):
        clerk.page.goto("/agent")
        clerk.press("登记新来电")
        if not numbers:
            looker.look()
            clerk.press("登记并流转")
            looker.look()
        clerk.page.locator("#text").fill(text)
        clerk.page.locator("#phone").fill("13900000088")
        clerk.page.locator("#county").fill(county)
        clerk.page.get_by_label("申请举报奖励").check()
        clerk.press("登记并流转")
        said = clerk.page.locator(".read-out").first.inner_text()
        numbers[text] = said.replace(" ", "")
    looker.look()
    looker.go("/agent")
    looker.go("/people")
    clerk.page.goto("/agent")
    clerk.press("登记新来电")
    clerk.page.context.clear_cookies(name="staff")
    clerk.press("登记并流转")
    looker.look()
    return numbers


def triage(tour: Tour, burning: str, vague: str) -> None:
    """What nobody is named for, and what says too little."""
    clerk, looker = tour.begin(TRIAGE)
    looker.go("/triage")
    looker.go("/repair")
    looker.go(f"/triage/hot/{tour.service.order_of(burning)}")
    looker.go(f"/desk/orders/{tour.service.order_of(burning)}/correction")
    clerk.press("更正并重新派单")
    looker.look()
    apart(tour, burning)
    looker.go(f"/triage/orders/{tour.service.order_of(burning)}")
    clerk.page.locator("#lead").select_option("")
    clerk.press("交办")
    looker.look()
    looker.go(f"/triage/reports/{vague}")
    clerk.press("受理为新工单")
    looker.look()
    clerk.press("不予受理")
    looker.look()
    clerk.page.locator("#answer").fill("您好，请补充地点和具体情况，我们尽快安排核查。")
    clerk.press("直接答复")
    looker.look()


def apart(tour: Tour, report: str) -> None:
    """Who belongs to an order; moving out, which needs a reason; merging, which needs another."""
    clerk, looker = tour.begin(TRIAGE)
    order = tour.service.order_of(report)
    looker.go(f"/desk/orders/{order}/members")
    looker.go(f"/desk/orders/{order}/split?report={report}")
    clerk.press("确认拆出")
    looker.look()
    looker.go(f"/desk/orders/{order}/comparison?into={order}")


def handler(tour: Tour, order: str) -> None:
    """The tabs, most of them empty; the order from hand to hand; who reported; the search."""
    clerk, looker = tour.begin(HANDLER)
    page = clerk.page
    for tab in ("to_sign", "in_work", "overdue", "returned"):
        looker.go(f"/desk?tab={tab}")
    for asked in ("沥青拌和站", "没有这样的词"):
        page.goto("/desk")
        page.locator("#q").fill(asked)
        clerk.press("查找")
        looker.look()
    looker.go("/desk/orders/nothing")
    looker.go(f"/desk/orders/{order}/terms/handling")
    looker.go(f"/desk/orders/{order}")
    clerk.press("异议")
    looker.look()
    clerk.press("签收")
    looker.look()
    for noun in ("extension", "parts", "asking"):
        looker.go(f"/desk/orders/{order}/{noun}")
    looker.go(f"/desk/orders/{order}")
    clerk.press("保存并提交审核")
    looker.look()
    clerk.press("查看一次")
    looker.look()
    page.get_by_label("理由").first.fill("需要电话核实具体位置（虚构）")
    clerk.press("查看一次")
    looker.look()
    answered(tour, clerk, looker, order)


def answered(tour: Tour, clerk: Clerk, looker: Looker, order: str) -> None:
    """Written, sent back, approved, closed; and told to the public."""
    reviewer, review = tour.begin(REVIEWER)
    publisher, publish = tour.begin(PUBLISHER)
    publish.go("/publish")
    clerk.open_order(order)
    clerk.submit("true")
    looker.look()
    review.go("/desk?tab=submitted")
    review.go(f"/desk/orders/{order}")
    reviewer.press("审核退回")
    review.look()
    reviewer.press("审核通过并答复反映人")
    review.look()
    reviewer.close()
    review.look()
    clerk.open_order(order)
    on_paper(clerk, looker)
    clerk.press("提出公开")
    looker.look()
    clerk.propose()
    looker.look()
    publish.go("/publish")
    publisher.press("审核通过并公开")
    publish.look()
    publisher.press("撤回")
    publish.look()


def on_paper(clerk: Clerk, looker: Looker) -> None:
    """The sheet of the order, and what its reporter gets on paper."""
    order = clerk.page.url
    for end in ("sheet", "answer"):
        looker.go(
            clerk.page.locator(f"a[href$='/letters/{end}']").first.get_attribute("href") or ""
        )
        clerk.page.goto(order)


def others(tour: Tour) -> None:
    """Who oversees sees every tab."""
    clerk, looker = tour.begin(SUPERVISOR)
    looker.go("/desk")
    looker.go("/desk?tab=answered")
    with clerk.page.expect_navigation(url=re.compile("/triage")):
        clerk.page.goto("/triage/next")
    looker.look()
