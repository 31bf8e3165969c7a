"""Every link that a person can follow leads to a page; on a long run each is looked at closely."""

import os
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page
from starlette.routing import Match

from tests.browser.clerk import Clerk
from tests.browser.devices import DESKTOP, Opener
from tests.browser.people import PEOPLE, Member
from tests.browser.sight import STAFF, faults
from webforms.routes import ROUTES

LONG = bool(os.environ.get("HOTLINE_TEST_LONG"))
EACH = 20 if LONG else 1  # pages of one address, such as orders
MODES = ["", "elder=1", "language=en"] if LONG else [""]
FILES = (".csv", ".json", ".atom", ".xlsx", "/file", "/board/table", "/assessment/table")
LINKS = """
() => [...document.querySelectorAll("a[href]")]
  .map((one) => new URL(one.getAttribute("href"), document.baseURI).href)
  .filter((one) => new URL(one).origin === location.origin && !one.includes("/display?"))
"""


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("member", [None, *PEOPLE], ids=lambda who: who.login if who else "anybody")
def test_every_link_leads_to_a_page(opened: Opener, member: Member | None, mode: str) -> None:
    page = opened(**DESKTOP)
    if member:
        Clerk(page).sign_in(member)
    page.goto(f"/display?{mode}&back={'/staff' if member else '/'}")
    walk(page)


def walk(page: Page) -> None:
    """Breadth first, from where the person is."""
    waiting, counts = [page.url], dict[str, int]()
    met = set(waiting)
    while waiting:
        path = waiting.pop(0)
        name = address_of(path)
        counts[name] = counts.get(name, 0) + 1
        if counts[name] > EACH:
            continue
        answer = page.goto(path)
        assert answer
        assert answer.status == 200, f"{answer.status} at {path}"
        if LONG:
            assert "\n".join(faults(page, STAFF)) == ""
        links = [one.partition("#")[0] for one in page.evaluate(LINKS)]
        waiting += [one for one in dict.fromkeys(links) if one not in met and not is_file(one)]
        met |= set(links)


def address_of(url: str) -> str:
    """The line of the table of doors, with what is asked of it."""
    parts = urlsplit(url)
    scope = {"type": "http", "method": "GET", "path": parts.path, "root_path": ""}
    names = [route.path for route in ROUTES if route.matches(scope)[0] is Match.FULL]
    assert names, f"no door at {url}"
    return f"{names[0]}?{parts.query.partition('=')[0]}"


def is_file(url: str) -> bool:
    return url.partition("?")[0].endswith(FILES) or "/pictures/" in url
