"""Every address of 督办移送; part of `routes.py`."""

from typing import Final

from starlette.routing import Route

from hotline.rules.referral import OPENERS, ROLES
from hotline.rules.terms import Step
from webforms.doors import door
from webforms.referrals import desk, one, opening
from webforms.staff import frame

BESIDE: Final = "/desk/orders/{number}/referrals"

REFERRAL_ROUTES: Final[list[Route]] = [
    door("/referrals", desk.show, role=frame.REFERRERS),
    door("/referrals/{number}", one.show, role=frame.REFERRERS),
    door("/referrals/{number}/print", one.printed, role=frame.REFERRERS),
    door(BESIDE, opening.show, role=tuple(OPENERS)),
    door(BESIDE, opening.begin, role=tuple(ROLES[Step.REFER]), method="POST"),
    *(
        door(f"/referrals/{{number}}/{noun}", act, role=tuple(ROLES[step]), method="POST")
        for noun, act, step in (
            ("approval", one.approval, Step.APPROVE_REFERRAL),
            ("denial", one.denial, Step.DENY_REFERRAL),
            ("sending", one.sending, Step.SEND_REFERRAL),
            ("progress", one.progress, Step.PROCEED_REFERRAL),
            ("reply", one.reply, Step.REPLY_REFERRAL),
            ("closure", one.closure, Step.CLOSE_REFERRAL),
            ("withdrawal", one.withdrawal, Step.WITHDRAW_REFERRAL),
        )
    ),
]
