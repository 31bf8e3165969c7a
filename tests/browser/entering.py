"""Letters, visits and tables as an agent enters them; the administrator's desks."""

from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from tests.browser.clerk import Clerk
from tests.browser.people import ADMIN
from tests.browser.sight import STAFF, Looker

NO_PAGES: Final = {
    "/board/numbers",
    "/desk/orders/{number}/lookers",
    "/assessment/exports/{handle}/progress",
    "/assessment/exports/{handle}/file",
    "/agent/calls/{ref}/pictures/{handle}",
    "/papers/entries/{ref}/pictures/{handle}",
    "/batches/{handle}/progress",
    "/batches/{handle}/rows-back.csv",
    "/inspections/{number}/list.csv",
    "/board/table",
    "/assessment/table",
    # what they show is made by no walk here: tests/webforms goes there
    "/rewards/ledger.csv",
    "/publish/{number}/photos",
    "/publish/{number}/photos/{handle}",
    "/publish/{number}/blotted/{place}",
    "/packs/{code}/{topic}/versions/{version}/file",
}
EMPTY: Final = (
    *("/desk", "/triage", "/board", "/board/orders?what=living", "/assessment", "/rewards"),
    *("/messages", "/line", "/referrals?tab=running"),
)
TABLE: Final = (
    "编号,时间,内容\nT-1,2026-01-05 10:30,都匀市剑江边（虚构）有人焚烧垃圾。\nT-2,昨天,臭\n"
)


def papers(clerk: Clerk, looker: Looker) -> None:
    """A call's files; the list, a paper with nothing in it, one that is saved, its slip."""
    page = clerk.page
    page.goto("/agent")
    clerk.press("登记新来电")
    looker.go(f"{urlsplit(page.url).path}/files")
    looker.go("/papers")
    clerk.press("登记来信来访")
    looker.look()
    clerk.press("登记并流转")
    looker.look()
    page.locator("#received_on").fill("2026-01-05")
    page.locator("#text").fill("都匀市某小区外的烧烤摊（虚构）夜里油烟呛人。")
    clerk.press("登记并流转")
    looker.look()


def tables(clerk: Clerk, looker: Looker, folder: Path) -> None:
    """No file, then a table: mapped, looked at, started."""
    page = clerk.page
    looker.go("/batches")
    clerk.press("上传并设置列")
    looker.look()
    (folder / "t.csv").write_text(TABLE, "utf-8")
    page.locator("#table").set_input_files(folder / "t.csv")
    clerk.press("上传并设置列")
    looker.look()
    clerk.press("预览")
    looker.look()
    clerk.press("开始导入")
    looker.look()


def rewards(clerk: Clerk, looker: Looker) -> None:
    """A case that the answer opened: what it lacks, facts that are wrong, and a sum."""
    page = clerk.page
    looker.go("/rewards")
    clerk.press("立项", exact=True)
    looker.look()
    looker.go("/rewards?tab=blocked")
    looker.go(page.locator("a[href^='/rewards/cases/']").first.get_attribute("href") or "")
    page.locator("#fine").fill("很多")
    clerk.press("核定事实并计算")
    looker.look()
    page.locator("#fine").fill("")
    page.locator("#tier").fill("一般")
    clerk.press("核定事实并计算")
    looker.look()


def money(looker: Looker) -> None:
    """The ledger, and what waits to be paid."""
    for path in ("/rewards/ledger", "/payouts"):
        looker.go(path)


def offices(clerk: Clerk, looker: Looker) -> None:
    """What an administrator may look at, as it stands on the first day."""
    for path in ("/calendar", "/audit", "/status", "/models", "/partners", "/account/security"):
        looker.go(path)
    looker.go(f"/people/{ADMIN.login}")


def nothing_yet(looker: Looker) -> None:
    """The lists before there is anything to list; enlarged they are looked at when there is."""
    small = Looker(looker.page, replace(STAFF, elder=False, narrow=False), looker.found)
    for path in EMPTY:
        small.go(path)


def overseeing(clerk: Clerk, looker: Looker) -> None:
    """What is late, what a month comes to, and the month as a file."""
    for path in ("/board", "/board?by=county", "/board/orders?what=living", "/desk?kind=air"):
        looker.go(path)
    looker.go("/assessment")
    clerk.press("重新统计")
    looker.look()
    looker.go("/assessment/orders")
    looker.go("/assessment")
    clerk.press("CSV")
    looker.look()
