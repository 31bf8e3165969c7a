"""Whoever is looked over the shoulder at the desks, and everything that was found on the way."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from hotline.rules.terms import Role
from tests.browser.clerk import Clerk
from tests.browser.devices import DESKTOP, Opener
from tests.browser.entering import NO_PAGES as NOT_HERE
from tests.browser.people import Member
from tests.browser.running import Running
from tests.browser.sight import STAFF, Looker, pages_for
from tests.browser.telephone import NO_PAGES as NO_PHONE_PAGES

NO_PAGES: Final = {
    "/staff",  # leads to the first desk
    "/desk/rows",
    "/triage/next",
    "/notices/count",
    "/desk/orders/{number}/pictures/{handle}",
    "/triage/reports/{number}/pictures/{handle}",
    "/media/clues/{ref}/pictures/{handle}",
    "/rules/{code}/versions/{version}/file",
    "/releases/{number}/pack.zip",
    "/publish/{number}",  # looked at once something is public
}
HELD: Final = set(Role) - {Role.PUBLIC, Role.MACHINE}
PAGES: Final = (pages_for(*HELD) | {"/invitation/{token}"}) - NO_PAGES - NO_PHONE_PAGES - NOT_HERE
# of these, those of the offices beside the matters: accounts, rules, press, telephone, tables
OFFICES: Final = {
    "/account/password",
    "/account/security",
    "/agent/call-backs",
    "/agent/call-backs/{call_back}",
    "/agent/lines/{line}/calls/{reference}",
    "/agent/mailbox",
    "/audit",
    "/batches",
    "/batches/{handle}",
    "/calendar",
    "/cards",
    "/invitation/{token}",
    "/knowledge",
    "/knowledge/{article}",
    "/line",
    "/line/calls",
    "/media",
    "/media/clues/{ref}",
    "/media/contacts",
    "/media/stories/{number}",
    "/models",
    "/packs",
    "/packs/{code}/{topic}",
    "/packs/{code}/{topic}/versions/{version}",
    "/partners",
    "/people",
    "/people/{login}",
    "/persons",
    "/releases",
    "/releases/{number}",
    "/rules",
    "/rules/{code}/versions/{version}",
    "/status",
    "/wordings",
    "/wordings/{key}/{language}",
}
# forms that take whatever is sent, or whose refusal only tests/webforms has looked at
ONLY_RIGHT: Final = {
    "/account/security",
    "/agent",
    "/agent/call-backs/{call_back}",
    "/audit",
    "/batches/{handle}",
    "/knowledge/{article}",
    "/media/contacts",
    "/media/stories/{number}",
    "/people/{login}",
    "/releases",
    "/releases/{number}",
}
# made by no walk, but by its own step, before it is looked at
SELDOM: Final = {
    "/custody",
    "/desk/orders/{number}/body",
    "/follow-ups/{number}",
    "/models/{version}",
    "/partners/{name}",
    "/payouts/{number}",
    "/repair/{handle}",
    "/reviews/{number}",
}


@dataclass
class Tour:
    """People at their desks, one after the other."""

    opened: Opener
    service: Running
    folder: Path
    found: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    forms: dict[str, set[str]] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)

    def begin(self, member: Member | None = None) -> tuple[Clerk, Looker]:
        page = self.opened(**DESKTOP)
        clerk = Clerk(page)
        if member:
            clerk.sign_in(member)
        return clerk, Looker(page, STAFF, self.found, self.seen, self.forms, self.refused)

    def never_wrong(self) -> set[str]:
        """Pages with a form, none of which was looked at with something wrong."""
        return set(
            Looker(self.opened(), STAFF, forms=self.forms, refused=self.refused).never_wrong()
        )

    def missed(self, pages: set[str]) -> list[str]:
        """Of these, the ones nobody was looked at on."""
        return Looker(self.opened(), STAFF, seen=self.seen).not_seen(pages)
