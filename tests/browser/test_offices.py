"""The offices beside the matters, accounts, rules, press, telephone, tables: each page."""

from pathlib import Path

from tests.browser.devices import Opener
from tests.browser.entering import nothing_yet, offices, tables
from tests.browser.later import house
from tests.browser.pages import routing_table, wordings
from tests.browser.people import ADMIN, AGENT, MEDIA, PASSWORD, SUPERVISOR
from tests.browser.phone_line import a_line
from tests.browser.press import media_clerk
from tests.browser.running import Running
from tests.browser.telephone import telephone
from tests.browser.tour import OFFICES, ONLY_RIGHT, Tour


def test_every_page_of_the_offices_is_for_everybody(
    opened: Opener, service: Running, tmp_path: Path
) -> None:
    tour = Tour(opened, service, tmp_path)
    assert not service.value("SELECT count(*) FROM service_request")
    nothing_yet(tour.begin(SUPERVISOR)[1])
    administrator(tour)
    media_clerk(*tour.begin(MEDIA), tmp_path)
    wordings(*tour.begin(ADMIN))
    telephone(tour.begin, a_line(service))
    tables(*tour.begin(AGENT), tmp_path)
    offices(*tour.begin(ADMIN))
    house(*tour.begin(ADMIN))
    assert "\n".join(tour.found) == ""
    assert tour.missed(OFFICES) == []
    assert tour.never_wrong() - ONLY_RIGHT == set()


def administrator(tour: Tour) -> None:
    """An account at once, one by a link; a refused one; the own password."""
    clerk, looker = tour.begin(ADMIN)
    page = clerk.page
    looker.go("/people")
    clerk.press("建立账号")
    looker.look()
    page.locator("#name").fill("沈某某（虚构）")
    page.locator("#login").fill("shen.mou")
    page.get_by_label("话务员").check()
    clerk.press("建立账号")
    looker.look()
    page.get_by_label("话务员").check()
    clerk.press("发放一次性登录链接")
    looker.look()
    invited(tour, page.locator("code").inner_text())
    looker.go("/account/password")
    clerk.press("修改密码")
    looker.look()
    page.goto("/people")
    clerk.press("停用 沈某某（虚构）")
    looker.look()
    clerk.press("停用", exact=True)
    looker.look()
    page.keyboard.press("?")
    looker.look()
    routing_table(clerk, looker)


def invited(tour: Tour, link: str) -> None:
    """The link makes an account, once."""
    clerk, looker = tour.begin()
    looker.go(link)
    clerk.press("建立账号并登录")
    looker.look()
    clerk.page.locator("#name").fill("韩某某（虚构）")
    clerk.page.locator("#login").fill("han.mou")
    for name in ("new", "again"):
        clerk.page.locator(f"#{name}").fill(PASSWORD)
    clerk.press("建立账号并登录")
    looker.look()
    looker.go("/people")
    looker.go(link)
    clerk.page.goto("/staff")
    clerk.press("退出")
    clerk.page.locator("#login").fill("nobody")
    clerk.press("登录")
    looker.look()
