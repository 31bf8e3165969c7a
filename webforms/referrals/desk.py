"""S3 督办移送: those of a desk with their due dates; by what is to be done next."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.lookups import referrals as lookup
from hotline.lookups.breaches import signs
from hotline.rules.referral import ROLES
from hotline.rules.terms import Step
from webforms import doors
from webforms.staff.frame import staff_page
from webforms.staff.when import deadline, short
from webforms.submissions import whole
from webforms.visit import current

FIRST: Final = "running"


async def breaches(request: Request) -> Response:
    """问责线索: what the records show; leaks are told by people alone."""
    by, now = doors.actor(request), current().now
    return staff_page("referrals/breaches", signs=await signs(by, now), short=short)


async def show(request: Request) -> Response:
    """One state at a time, the nearest term first."""
    by, now = doors.actor(request), current().now
    tab = request.query_params.get("tab", "")
    page = page_of(request)
    tab = tab if tab in lookup.TABS else FIRST
    return staff_page(
        "referrals/home",
        tab=tab,
        tabs=list(lookup.TABS),
        counts=await lookup.counts(by, now),
        referrals=(found := await lookup.queue(by, tab, now, page)),
        page=page,
        more=len(found) == lookup.PAGE,
        may_inspect=bool(by.roles & ROLES[Step.HAND_BATCH]),
        deadline=deadline,
        short=short,
    )


def page_of(request: Request) -> int:
    """Which page of a list is asked for; the first for what is no number."""
    return max(1, whole(request.query_params.get("page", ""), digits=4) or 1)
