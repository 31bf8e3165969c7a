"""Every page a citizen can see, in both sizes: readable by machine, easy to hit, light, quiet."""

from pathlib import Path

import pytest

from hotline.rules.terms import Role
from tests.browser.devices import PHONE, Opener
from tests.browser.reporting import Reporter, a_photo, look_up, not_a_photo
from tests.browser.running import Running
from tests.browser.sight import CITIZEN, ELDER, STAFF, Looker, pages_for
from webforms.routes_machines import MACHINE_ROUTES

LINKED = (
    "/",
    "/privacy",
    "/accessibility",
    "/progress",
    "/public",
    "/public/figures",
    "/public/map",
    "/public/data",
    "/public/rewards",
    "/public/posts",
    "/public/inspection",
    "/api",
    "/nowhere",
)
NO_PAGES = {
    "/health",
    "/static/{path:path}",
    "/display",
    "/places/{county}/townships",
    "/report/photos/{handle}",
    "/public/figures.csv",
    "/public/cases.csv",
    "/public/cases.json",
    "/public/feed.atom",
    "/public/inspection.xlsx",
    "/public/posts/{number}",  # looked at once there is one
    "/public/cases/{number}/photos/{place}",
    "/public/cases/{number}",  # looked at once there is one
    "/report/alike",  # looked at in test_alike.py, where there is something alike
    "/healthz",
    "/healthz/ready",
    "/sign-in/code",  # behind the password of whoever has a second factor
    "/invitation/{token}",  # looked at with the staff's pages
    *(route.path for route in MACHINE_ROUTES if route.path != "/api"),
}
PAGES = pages_for(Role.PUBLIC) - NO_PAGES


@pytest.mark.parametrize("elder", [False, True], ids=["standard", "elder"])
def test_every_citizen_page_is_for_everybody(
    opened: Opener, service: Running, tmp_path: Path, elder: bool
) -> None:
    page = opened(**PHONE)
    page.goto("/display?elder=1" if elder else "/")
    looker = Looker(page, ELDER if elder else CITIZEN)
    for path in LINKED:
        looker.go(path)
    broken(looker, service)
    looker.go("/sign-in", STAFF)
    reporter = Reporter(page)
    write_a_report(looker, reporter, tmp_path)
    follow_it_up(looker, reporter)
    assert "\n".join(looker.found) == ""
    assert looker.not_seen(PAGES) == []


def broken(looker: Looker, service: Running) -> None:
    """A fault of ours: its page, with a reference."""
    service.value("ALTER TABLE publication RENAME TO publication_away")
    try:
        looker.go("/public?page=2")  # nobody keeps this one yet
    finally:
        service.value("ALTER TABLE publication_away RENAME TO publication")
    assert looker.page.get_by_role("heading", level=1).inner_text() == "系统暂时出错"


def write_a_report(looker: Looker, reporter: Reporter, folder: Path) -> None:
    """Each page as it comes, then with something wrong, then on."""
    reporter.start()
    looker.look()
    reporter.next()
    looker.look()
    reporter.where()
    looker.look()
    reporter.next()
    looker.look()
    reporter.what("举报", "大气")
    looker.look()
    reporter.next()
    looker.look()
    reporter.story("厂里的储罐发生泄漏（虚构），气味刺鼻。")
    looker.look()
    reporter.link("继续填写")
    looker.look()
    reporter.attach_in_vain(a_photo(folder), not_a_photo(folder))
    looker.look()
    looker.go("/report")
    reporter.link("继续填写")
    reporter.next()
    looker.look()
    reporter.tap(looker.page.get_by_role("radio", name="实名"))
    reporter.next()
    looker.look()
    reporter.tap(looker.page.get_by_role("checkbox", name="希望参加举报奖励"))
    reporter.you("保密")
    looker.look()


def follow_it_up(looker: Looker, reporter: Reporter) -> None:
    """The receipt, a wrong code, the progress, a word more, and taking it back."""
    page = looker.page
    reporter.send()
    number, code = reporter.receipt()
    looker.look()
    claim(looker, reporter, number, code)
    looker.go("/report")
    look_up(page, number, "0" * 16)
    looker.look()
    look_up(page, number, code)
    looker.look()
    reporter.press("提交补充")
    looker.look()
    page.locator("#facts").fill("昨天夜里又闻到一次。")
    reporter.press("提交补充")
    looker.look()
    reporter.link("撤回这件诉求")
    looker.look()
    reporter.press("确定撤回")
    looker.look()


def claim(looker: Looker, reporter: Reporter, number: str, code: str) -> None:
    """The secret words; a claim with nothing in it, by a name, and as it should be."""
    page = looker.page
    reporter.press("显示领奖密语")
    looker.look()
    words = " ".join(page.locator("#secret li").all_inner_texts())
    looker.go("/reward/claim")
    reporter.press("核验")
    looker.look()
    page.locator("#named_number").fill(number)
    page.locator("#name").fill("张某某（虚构）")
    reporter.press("发送验证码")
    looker.look()
    page.goto("/reward/claim")
    for name, said in (("number", number), ("code", code), ("secret", words)):
        page.locator(f"#{name}").fill(said)
    reporter.press("核验")
    looker.look()
