"""Every address of rewards, for those who get them and for the desk; part of `routes.py`."""

from typing import Final

from starlette.routing import Route

from hotline.rules.lifecycle import ROLES
from hotline.rules.terms import Role, Step
from webforms.claims import payee, prove, secret
from webforms.doors import PERSONAL, Manner, door
from webforms.ledger import rewards as public_rewards
from webforms.rewards import book, changing, decision, desk, payouts
from webforms.rewards.payout_files import LARGEST
from webforms.staff import frame

RESULTS: Final = Manner(most_files=1, most_bytes=LARGEST + 64 * 1024)

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
    door("/reward/claim/renewal", payee.renewal, role=Role.PUBLIC, method="POST"),
    door("/reward/claim/waiver", payee.waiver, role=Role.PUBLIC, method="POST"),
    door("/reward/claim/leave", prove.leave, role=Role.PUBLIC, method="POST"),
    door("/rewards", desk.show, role=frame.REWARDERS),
    door("/rewards/cases", desk.begin, role=tuple(desk.BEGINNERS), method="POST"),
    door("/rewards/budget", desk.set_budget, role=tuple(desk.FUNDERS), method="POST"),
    door("/rewards/ledger", book.show, role=frame.REWARDERS),
    door("/rewards/ledger.csv", book.file, role=frame.REWARDERS),
    door("/public/rewards", public_rewards.show, role=Role.PUBLIC),
    door("/rewards/cases/{number}", decision.show, role=frame.REWARDERS),
    *(
        door(f"/rewards/cases/{{number}}/{noun}", act, role=tuple(ROLES[step]), method="POST")
        for noun, act, step in (
            ("proposal", decision.proposal, Step.PROPOSE_REWARD),
            ("review", decision.reviewing, Step.REVIEW_REWARD),
            ("approval", decision.approval, Step.APPROVE_REWARD),
            ("refusal", decision.refusal, Step.REFUSE_REWARD),
            ("revocation", decision.revocation, Step.REVOKE_REWARD),
            ("change", changing.change, Step.RECOUNT_REWARD),
            ("keeping", changing.keeping, Step.KEEP_REWARD),
            ("claw-back", changing.clawing_back, Step.CLAW_BACK),
            ("recovery", changing.recovery, Step.RECOVER_REWARD),
            ("honour", changing.honour, Step.GRANT_HONOUR),
        )
    ),
    # 发放: by whoever sees payees and no report
    door("/payouts", payouts.show, role=Role.PAYER),
    door("/payouts", payouts.make, role=Role.PAYER, method="POST"),
    door("/payouts/{number}", payouts.batch, role=Role.PAYER),
    door("/payouts/{number}/file", payouts.file, role=Role.PAYER, method="POST"),
    door(
        "/payouts/{number}/results",
        payouts.results,
        role=Role.PAYER,
        method="POST",
        manner=RESULTS,
    ),
]
