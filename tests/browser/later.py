"""What follows an answer, and what keeps the house: the desks' lists as they stand."""

from collections.abc import Callable

from tests.browser.clerk import Clerk
from tests.browser.people import HANDLER, SUPERVISOR, TRIAGE, Member
from tests.browser.sight import Looker

AFTER = ("/follow-ups", "/reviews", "/archive", "/forwarded", "/handover")
BESIDE = ("check", "forwarding", "joint")
HOUSE = ("/persons", "/cards")


def later(begin: Callable[[Member], tuple[Clerk, Looker]], order: str) -> None:
    """Each list; what stands beside an order; a form with nothing in it."""
    looker = begin(SUPERVISOR)[1]
    for path in (*AFTER, f"/handover/{HANDLER.login}"):
        looker.go(path)
    for noun in BESIDE:
        looker.go(f"/desk/orders/{order}/{noun}")
    begin(HANDLER)[1].wrongly("/account/absence")
    begin(TRIAGE)[1].wrongly("/nuisance")


def house(clerk: Clerk, looker: Looker) -> None:
    """One topic of the packs and its version; persons; cards."""
    for path in HOUSE:
        looker.wrongly(path)
    looker.go("/packs")
    looker.go(clerk.page.locator("td a[href^='/packs/']").first.get_attribute("href") or "")
    looker.go(clerk.page.locator("a[href*='/versions/']").first.get_attribute("href") or "")
