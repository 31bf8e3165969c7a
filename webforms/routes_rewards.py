"""Every address of the reward desk; part of `routes.py`."""

from typing import Final

from starlette.routing import Route

from hotline.rules.lifecycle import ROLES
from hotline.rules.terms import Step
from webforms.doors import door
from webforms.rewards import decision, desk
from webforms.staff import frame

REWARD_ROUTES: Final[list[Route]] = [
    door("/rewards", desk.show, role=frame.REWARDERS),
    door("/rewards/cases", desk.begin, role=tuple(desk.BEGINNERS), method="POST"),
    door("/rewards/budget", desk.set_budget, role=tuple(desk.FUNDERS), method="POST"),
    door("/rewards/cases/{number}", decision.show, role=frame.REWARDERS),
    *(
        door(f"/rewards/cases/{{number}}/{noun}", act, role=tuple(ROLES[step]), method="POST")
        for noun, act, step in (
            ("proposal", decision.proposal, Step.PROPOSE_REWARD),
            ("review", decision.reviewing, Step.REVIEW_REWARD),
            ("approval", decision.approval, Step.APPROVE_REWARD),
            ("refusal", decision.refusal, Step.REFUSE_REWARD),
            ("revocation", decision.revocation, Step.REVOKE_REWARD),
        )
    ),
]
