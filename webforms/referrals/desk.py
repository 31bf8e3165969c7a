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
    tab = tab if tab in lookup.TABS else FIRST
    return staff_page(
        "referrals/home",
        tab=tab,
        tabs=list(lookup.TABS),
        counts=await lookup.counts(by, now),
        referrals=await lookup.queue(by, tab, now),
        may_inspect=bool(by.roles & ROLES[Step.HAND_BATCH]),
        deadline=deadline,
        short=short,
    )
