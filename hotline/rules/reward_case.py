"""奖励流程: which step a reward case may take, and that no two of them are one person's."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from hotline.errors import StepRefused
from hotline.rules.reward import Facts, Reward, compute
from hotline.rules.reward_scheme import RewardScheme
from hotline.rules.reward_stage import RewardStage
from hotline.rules.terms import Step

R, S = RewardStage, Step

# 环办执法〔2020〕8号: proposed, reviewed, approved and paid by the authority's different hands
MOVES: Final[dict[tuple[RewardStage, Step], RewardStage]] = {
    (R.BLOCKED, S.PROPOSE_REWARD): R.PROPOSED,  # or BLOCKED still: see proposed()
    (R.PROPOSED, S.PROPOSE_REWARD): R.PROPOSED,  # facts put right before anybody approved
    (R.REVIEWED, S.PROPOSE_REWARD): R.PROPOSED,
    (R.PROPOSED, S.REVIEW_REWARD): R.REVIEWED,
    (R.REVIEWED, S.APPROVE_REWARD): R.APPROVED,
    (R.BLOCKED, S.REFUSE_REWARD): R.REFUSED,
    (R.PROPOSED, S.REFUSE_REWARD): R.REFUSED,
    (R.REVIEWED, S.REFUSE_REWARD): R.REFUSED,
    (R.APPROVED, S.TELL_REWARD): R.TOLD,
    (R.TOLD, S.CLAIM_REWARD): R.CLAIMED,
    (R.CLAIMED, S.PAY_REWARD): R.PAID,
    (R.CLAIMED, S.FAIL_PAYOUT): R.TOLD,  # whom to pay is asked for anew
    (R.CLAIMED, S.RENEW_PAYEES): R.CLAIMED,  # 联名: of the shares that failed alone
    # 行政处罚法 art. 48: a penalty changed or annulled; counted anew as a case of its own
    (R.APPROVED, S.REVOKE_REWARD): R.REVOKED,
    (R.TOLD, S.REVOKE_REWARD): R.REVOKED,
    (R.CLAIMED, S.REVOKE_REWARD): R.REVOKED,
    (R.TOLD, S.WAIVE_REWARD): R.WAIVED,
    (R.CLAIMED, S.WAIVE_REWARD): R.WAIVED,
    (R.TOLD, S.LAPSE_REWARD): R.LAPSED,  # 国安部令2号 arts 15-16: late is waived
    # before the approval it is counted at once; afterwards it waits for an approver's word
    (R.BLOCKED, S.RECOUNT_REWARD): R.PROPOSED,
    (R.PROPOSED, S.RECOUNT_REWARD): R.PROPOSED,
    (R.REVIEWED, S.RECOUNT_REWARD): R.PROPOSED,
    (R.APPROVED, S.RECOUNT_REWARD): R.APPROVED,
    (R.TOLD, S.RECOUNT_REWARD): R.TOLD,
    (R.CLAIMED, S.RECOUNT_REWARD): R.CLAIMED,
    (R.PAID, S.RECOUNT_REWARD): R.PAID,
    (R.RECOVERED, S.RECOUNT_REWARD): R.RECOVERED,  # it may grow again: topped up
    (R.APPROVED, S.KEEP_REWARD): R.APPROVED,
    (R.TOLD, S.KEEP_REWARD): R.TOLD,
    (R.CLAIMED, S.KEEP_REWARD): R.CLAIMED,
    (R.PAID, S.KEEP_REWARD): R.PAID,
    (R.PAID, S.CLAW_BACK): R.REVOKED,  # 国安部令2号 art. 20: 撤销并追回
    (R.REVOKED, S.RECOVER_REWARD): R.RECOVERED,
    (R.CLAIMED, S.GRANT_HONOUR): R.CLAIMED,
    (R.PAID, S.GRANT_HONOUR): R.PAID,
}
UNAPPROVED: Final = frozenset({R.BLOCKED, R.PROPOSED, R.REVIEWED})
APPROVED: Final = frozenset({R.APPROVED, R.TOLD, R.CLAIMED, R.PAID})
CHANGEABLE: Final = APPROVED | {R.RECOVERED}  # by another penalty: what came back may be due again


def next_reward_stage(stage: RewardStage, step: Step) -> RewardStage:
    """The stage after the step; StepRefused when it may not follow."""
    try:
        return MOVES[stage, step]
    except KeyError:
        raise StepRefused("reward.not_now", stage=stage.value, step=step.value) from None


def steps_of(stage: RewardStage) -> frozenset[Step]:
    """What may follow: the buttons of a page."""
    return frozenset(step for at, step in MOVES if at is stage)


def proposed(reward: Reward) -> RewardStage:
    """A case that nothing is due in, or that lacks something, waits for a person."""
    return R.PROPOSED if reward.max_fen else R.BLOCKED


def check_sum(sum_fen: int | None, bounds: tuple[int | None, int | None]) -> int:
    """The sum to be paid; StepRefused outside what the scheme allows."""
    low, high = bounds
    if not sum_fen or low is None or high is None:
        raise StepRefused("reward.no_sum")
    if not low <= sum_fen <= high:
        raise StepRefused("reward.out_of_range", low=low / 100, high=high / 100)
    return sum_fen


def check_apart(by_id: str, earlier: Sequence[str | None]) -> None:
    """StepRefused when the same person had a hand in it before."""
    if by_id in earlier:
        raise StepRefused("reward.same_person")


def chosen(reward: Reward, asked: int | None) -> int | None:
    """One sum stands by itself; within a range it is whatever was chosen, None until then."""
    if reward.status == "sum":
        return reward.sum_fen
    return check_sum(asked, (reward.min_fen, reward.max_fen)) if asked else None


def is_apart(by_id: str, hands: Mapping[Step, Sequence[str | None]], step: Step) -> bool:
    """Whether a page offers the step to this person."""
    return by_id not in hands.get(step, ())


def due_again(
    schemes: Sequence[RewardScheme], facts: Facts, reported_on: date, *, stands: int | None
) -> int | None:
    """重新核定: what is due now; within a range what stands, as far as it still may."""
    reward = compute(schemes, facts, reported_on)
    if reward.min_fen is None or reward.max_fen is None:
        return None
    return min(max(stands or 0, reward.min_fen), reward.max_fen)


def to_recover(paid_fen: int, due_fen: int | None) -> int:
    """追回: what was paid beyond what is due; StepRefused when that is not known, or nothing."""
    if due_fen is None or due_fen >= paid_fen:
        raise StepRefused("reward.nothing_to_recover")
    return paid_fen - due_fen
