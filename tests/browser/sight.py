"""What a page must be to everybody: readable by machine, large enough to hit, never sideways."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Page
from starlette.routing import compile_path

from hotline.rules.terms import Role
from tests.browser.devices import PHONE
from webforms.routes import ROUTES
from webforms.texts import text

AXE = Axe().axe_script
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"],
    },
    "resultTypes": ["violations"],
}
FIND = "([where, rules]) => axe.run(where, rules).then(({violations}) => violations)"
TARGET, ELDER_TARGET = 44, 60
GOES_ON = 3  # times, at most, that a page is replaced by what follows it
CITIZEN_KB, STAFF_KB = 30, 60

# A link within a sentence is as high as its line; everything else is a target of its own.
# What is out of sight and of hearing (the field for machines) is met by nobody; axe sees that no
# key leads to it.
TARGETS = """
(least) => {
  const acts = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  const inText = (one) => one.matches("a") && getComputedStyle(one).display === "inline" &&
    (one.parentElement.innerText ?? "").trim().length > (one.innerText ?? "").trim().length;
  const shown = (one) => one.checkVisibility() && !one.closest(".sr[aria-hidden=true]");
  return [...document.querySelectorAll(acts)]
    .filter((one) => shown(one) && !inText(one))
    .map((one) => [one, one.getBoundingClientRect()])
    .filter(([, box]) => box.width < least - 0.5 || box.height < least - 0.5)
    .map(([one, box]) => `${Math.round(box.width)}x${Math.round(box.height)} ` +
      one.outerHTML.slice(0, 120));
}
"""
SIDEWAYS = """
(scale) => {
  const root = document.documentElement;
  if (scale > 1) root.style.fontSize = `${parseFloat(getComputedStyle(root).fontSize) * scale}px`;
  const wide = root.scrollWidth - root.clientWidth;
  const widest = wide <= 0 ? [] : [...document.body.querySelectorAll("*")]
    .filter((one) => one.checkVisibility())
    .filter((one) => one.getBoundingClientRect().right > root.clientWidth + 1)
    .slice(0, 3).map((one) => one.outerHTML.slice(0, 120));
  root.style.fontSize = "";
  return wide <= 0 ? [] : [`${wide} px too wide`, ...widest];
}
"""
# what somebody who comes here first receives: what this browser keeps already counts too
WIRE = """
() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
  .filter((one) => !new URL(one.name).pathname.match(/[/](photos|pictures)[/]/))
  .reduce((sum, one) => sum + Math.max(one.transferSize, one.encodedBodySize), 0)
"""
# the header's menus lie over the page while they are open: they are looked at by themselves
UNFOLD = """
() => document.querySelectorAll('details').forEach((one) => {
  one.open = !one.closest('.desk-nav');
})
"""
MENUS = ".desk-nav details"
OPEN = "(menu) => { menu.open = true; }"
FORM = "main form.card[method=post]"
SEND = "(form) => { form.noValidate = true; form.requestSubmit(); }"
WHOLE = "(menu) => menu.outerHTML"
ENLARGE = "(large) => document.documentElement.classList.toggle('elder', large)"
FAULTLESS: set[str] = set()  # menus that were looked at
# what was sent and not taken: its page says so where a screen reader begins
REFUSED = "() => [409, 422].includes(performance.getEntriesByType('navigation')[0].responseStatus)"
WRONG = text("form.error")
FORMS = """
() => [...document.querySelectorAll("main form[method=post]")]
  .filter((one) => one.querySelector("input:not([type=hidden], [type=checkbox]), select, textarea"))
  .flatMap((one) => [one.action, ...[...one.querySelectorAll("[formaction]")]
    .map((button) => button.formAction)])
  .map((address) => new URL(address).pathname)
"""
HEADINGS = "() => document.querySelectorAll('h1').length"


@dataclass(frozen=True)
class Measure:
    """What is asked of one kind of page."""

    target: int = 0
    doubled: bool = False
    elder: bool = False
    narrow: bool = False  # as wide as a phone as well
    kilobytes: int = STAFF_KB


CITIZEN = Measure(TARGET, doubled=True, kilobytes=CITIZEN_KB)
ELDER = Measure(ELDER_TARGET, kilobytes=CITIZEN_KB)
STAFF = Measure(elder=True, narrow=True)


@dataclass
class Looker:
    """Looks at page after page of one browser, and remembers where it was."""

    page: Page
    measure: Measure
    found: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    forms: dict[str, set[str]] = field(default_factory=dict)  # where each page's forms go
    refused: set[str] = field(default_factory=set)  # where something wrong was sent

    def look(self, measure: Measure | None = None) -> None:
        """At the page as it stands; with SHOTS it is kept as a picture too."""
        self.page.wait_for_load_state()  # a click has come back before the page is all there
        path, asked = urlsplit(self.page.url).path, measure or self.measure
        if path in self.seen:
            asked = replace(asked, elder=False, narrow=False)  # in each other size once is enough
        self.seen.add(path)
        self._remember(path)
        if folder := os.environ.get("SHOTS"):
            name = f"{self.measure.target}{path.replace('/', '_')}-{len(os.listdir(folder))}.png"
            self.page.screenshot(path=Path(folder) / name, full_page=True)
        self.found += self._settled(asked)

    def _remember(self, path: str) -> None:
        if self.page.evaluate(REFUSED):
            self.refused.add(path)
        else:
            self.forms.setdefault(path, set()).update(self.page.evaluate(FORMS))

    def never_wrong(self) -> list[str]:
        """Addresses with a form to fill in, none of which was looked at with something wrong."""
        goals: dict[str, set[str]] = {}
        for path, leads in self.forms.items():
            goals.setdefault(_route_of(path), set()).update(leads)
        return sorted(page for page, leads in goals.items() if leads and not leads & self.refused)

    def _settled(self, asked: Measure) -> list[str]:
        """A page that shows how far something is may go on by itself while it is looked at."""
        for _ in range(GOES_ON):
            try:
                return faults(self.page, asked)
            except Error as gone:
                if "context was destroyed" not in gone.message:
                    raise
                self.page.wait_for_load_state()
        return faults(self.page, asked)

    def go(self, path: str, measure: Measure | None = None) -> None:
        self.page.goto(path)
        self.look(measure)

    def wrongly(self, path: str, measure: Measure | None = None, *, form: str = FORM) -> None:
        """A page, and its own form with nothing in it: refused, and that page looked at too."""
        self.go(path, measure)
        with self.page.expect_navigation() as answer:
            self.page.locator(form).last.evaluate(SEND)
        assert answer.value, path
        assert answer.value.status >= 400, path
        self.look(measure)

    def not_seen(self, routes: Iterable[str]) -> list[str]:
        """Addresses of which no page was looked at."""
        return [
            path
            for path in routes
            if not any(compile_path(path)[0].match(seen) for seen in self.seen)
        ]


def pages_for(*roles: Role) -> set[str]:
    """The addresses that one of these may open."""
    return {
        route.path
        for route in ROUTES
        if route.methods and "GET" in route.methods and set(roles) & getattr(route, "roles", set())
    }


def _route_of(path: str) -> str:
    """The address as the table of doors has it."""
    return next(one.path for one in ROUTES if compile_path(one.path)[0].match(path))


def faults(page: Page, measure: Measure) -> list[str]:
    """Everything that is wrong with the page as it stands."""
    return [f"{page.url} ({page.title()}): {fault}" for fault in _faults(page, measure)]


def _faults(page: Page, measure: Measure) -> Iterator[str]:
    page.evaluate(UNFOLD)
    if (count := page.evaluate(HEADINGS)) != 1:
        yield f"{count} h1"
    if page.evaluate(REFUSED) and not page.title().startswith(WRONG):
        yield "a title that does not say that something is wrong"
    if (size := page.evaluate(WIRE)) > measure.kilobytes * 1000:
        yield f"{size} bytes over the wire"
    yield from axe_faults(page)
    yield from _menu_faults(page)
    yield from (f"target {one}" for one in page.evaluate(TARGETS, measure.target))
    if measure.target:
        yield from (f"sideways {one}" for one in page.evaluate(SIDEWAYS, 1))
    if measure.doubled:
        yield from (f"sideways at 200 % {one}" for one in page.evaluate(SIDEWAYS, 2))
    if measure.narrow:
        yield from (f"on a phone sideways {one}" for one in _on_a_phone(page))
    if measure.elder:
        page.evaluate(ENLARGE, True)
        yield from (f"长辈版: {one}" for one in axe_faults(page))
        yield from _menu_faults(page, "长辈版 ")
        page.evaluate(ENLARGE, False)


def _on_a_phone(page: Page) -> list[str]:
    """What a phone would have to be pushed sideways for, of a page made for a desk."""
    desk = page.viewport_size
    assert desk
    page.set_viewport_size(PHONE["viewport"])
    wide: list[str] = page.evaluate(SIDEWAYS, 1)
    page.set_viewport_size(desk)
    return wide


def _menu_faults(page: Page, size: str = "") -> Iterator[str]:
    """Each menu of the header, opened; the very same menu is good or bad on every page."""
    for menu in page.query_selector_all(MENUS):
        known = f"{size}{menu.evaluate(WHOLE)}"
        if known in FAULTLESS:
            continue
        menu.evaluate(OPEN)
        found = [f"{size}menu: {one}" for one in axe_faults(page, ".desk-nav")]
        page.evaluate(UNFOLD)
        if not found:
            FAULTLESS.add(known)
        yield from found


def axe_faults(page: Page, where: str = "html") -> Iterator[str]:
    """What axe finds against WCAG 2.2 A and AA."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(AXE)
    for rule in page.evaluate(FIND, [where, RULES]):
        for node in rule["nodes"]:
            yield f"axe {rule['id']} {rule['impact']}: {node['html'][:160]}"
