"""Every address of rewards, for those who get them and for the desk; part of `routes.py`."""

from typing import Final

from starlette.routing import Route

from hotline.rules.lifecycle import ROLES
from hotline.rules.terms import Role, Step
from webforms.claims import payee, prove, secret
from webforms.doors import PERSONAL, door
from webforms.rewards import decision, desk
from webforms.staff import frame

REWARD_ROUTES: Final[list[Route]] = [
    # 群众: the secret, and the claim with it
    door("/report/receipt/secret", secret.of_receipt, role=Role.PUBLIC, method="POST"),
    door("/progress/secret", secret.of_progress, role=Role.PUBLIC, method="POST"),
    door("/reward/claim", prove.ask, role=Role.PUBLIC, manner=PERSONAL),
    door("/reward/claim", prove.look, role=Role.PUBLIC, method="POST"),
    door("/reward/claim/code", prove.send_code, role=Role.PUBLIC, method="POST"),
    door("/reward/claim/verification", prove.verify, role=Role.PUBLIC, method="POST"),
    door("/reward/claim/payee", payee.show, role=Role.PUBLIC, manner=PERSONAL),
    door("/reward/claim/payee", payee.save, role=Role.PUBLIC, method="POST"),
    door("/reward/claim/leave", prove.leave, role=Role.PUBLIC, method="POST"),
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
