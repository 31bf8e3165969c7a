"""Every address of 督办移送; part of `routes.py`."""

from typing import Final

from starlette.routing import Route

from hotline.rules.referral import OPENERS, ROLES
from hotline.rules.terms import Role, Step
from webforms.doors import door
from webforms.referrals import campaigns, desk, inspections, one, opening
from webforms.staff import frame

HANDERS: Final = tuple(ROLES[Step.HAND_BATCH])
BESIDE: Final = "/desk/orders/{number}/referrals"

REFERRAL_ROUTES: Final[list[Route]] = [
    door("/referrals", desk.show, role=frame.REFERRERS),
    door("/referrals/new", opening.free, role=HANDERS),
    door("/referrals/new", opening.begin_free, role=HANDERS, method="POST"),
    door("/referrals/breaches", desk.breaches, role=Role.SUPERVISOR),
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
            ("merging", one.merging, Step.WITHDRAW_REFERRAL),
        )
    ),
    # 专项行动
    door("/campaigns", campaigns.show, role=frame.REFERRERS),
    door("/campaigns/{number}", campaigns.one, role=frame.REFERRERS),
    *(
        door(f"/campaigns{path}", act, role=tuple(ROLES[Step.CAMPAIGN]), method="POST")
        for path, act in (
            ("", campaigns.begin),
            ("/{number}/gathering", campaigns.gathering),
            ("/{number}/orders", campaigns.laying),
            ("/{number}/orders/removal", campaigns.taking_off),
        )
    ),
    # 督察交办
    door("/inspections", inspections.show, role=HANDERS),
    door("/inspections", inspections.begin, role=HANDERS, method="POST"),
    door("/inspections/{number}", inspections.one, role=HANDERS),
    door("/inspections/{number}/list.csv", inspections.file, role=HANDERS),
    door("/inspections/{number}/items", inspections.take, role=HANDERS, method="POST"),
]
