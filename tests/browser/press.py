"""A walk over the press desk's pages, each step of which is looked at."""

from pathlib import Path

from tests.browser.clerk import Clerk
from tests.browser.reporting import a_photo, not_a_photo
from tests.browser.sight import Looker


def media_clerk(clerk: Clerk, looker: Looker, folder: Path) -> None:
    """Nothing yet; a clue with a screenshot; what is wrong with it; the list."""
    page = clerk.page
    looker.go("/media")
    clerk.press("登记新线索")
    looker.look()
    clerk.press("登记线索")
    looker.look()
    page.locator("#pictures").set_input_files(a_photo(folder))
    clerk.press("上传截图")
    page.locator("#pictures").set_input_files(not_a_photo(folder))
    clerk.press("上传截图")
    looker.look()
    page.locator("#outlet").fill("某晚报（虚构）")
    page.locator("#headline").fill("河边堆满建筑垃圾（虚构）")
    page.locator("#url").fill("https://news.example/1")
    page.locator("#published").fill("2026-01-05T08:00")
    page.locator("#text").fill("都匀市剑江河边（虚构）堆满建筑垃圾，无人清理。")
    clerk.press("登记线索")
    looker.look()
    clerk.press("登记新线索")
    looker.go("/media")
    in_the_press(clerk, looker)


def in_the_press(clerk: Clerk, looker: Looker) -> None:
    """The story judged and answered; whom to send the answer to."""
    clerk.page.get_by_role("link", name="河边堆满建筑垃圾").first.click()
    clerk.page.locator("#reason").fill("照片清晰，地点明确（虚构）")
    with clerk.page.expect_navigation():
        clerk.page.locator("form[action$='/assessment'] button").click()
    looker.look()
    clerk.press("起草回应")
    looker.look()
    looker.go("/releases")
    looker.go("/media/contacts")
