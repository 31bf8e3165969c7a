"""What may follow what: one table for a 来件, one for a 工单, role and reason beside each line."""

from typing import Final

from hotline.errors import NotAllowed, StepRefused
from hotline.rules.actor import Actor
from hotline.rules.after import ROLES as AFTER_ROLES
from hotline.rules.moves import ORDER_MOVES, REQUEST_MOVES
from hotline.rules.referral import ROLES as REFERRAL_ROLES
from hotline.rules.terms import ActorKind, OrderStage, RequestStage, Role, Step

__all__ = [
    "OF_ARCHIVED",
    "ORDER_MOVES",
    "OVER",
    "PARTNERS_OWN",
    "REPORTERS_OWN",
    "REQUEST_MOVES",
    "ROLES",
    "STANDING",
    "check_may",
    "check_merge",
    "check_open",
    "corrected",
    "next_order_stage",
    "next_request_stage",
    "revived",
    "steps_from",
]

O, S = OrderStage, Step  # noqa: E741

# steps that may be taken at any stage that is not over, and leave the stage as it is
STANDING: Final = frozenset(
    {
        S.RECUSE,  # 信访工作条例 art. 28: at any stage
        S.PROVE_CARD,  # a card may be found later
        S.SUPPLEMENT, S.UNMASK, S.JOIN, S.ERASE, S.DISCLOSE, S.RETRACT, S.AFFIRM, S.WITHHOLD,
        S.ASSESS_CLUE, S.LINK_CLUE, S.CO_NOTIFY,
        S.SHOW_PHOTO, S.CLEAR_PHOTO, S.DROP_PHOTO,
        S.ASK_IDENTITY, S.GRANT_IDENTITY, S.DENY_IDENTITY,
        S.MARK_NUISANCE, S.CONFIRM_NUISANCE, S.LIFT_NUISANCE, S.SPEAK,
        S.SPLIT, S.UNMERGE,  # an order left without a living report ends as withdrawn
        S.LINK, S.UNLINK,
        S.JOINT,
        S.RESEND, S.CALL_OFF, S.READDRESS, S.ACKNOWLEDGE,
        S.SET_SECRET,
        S.RESUME,  # the reporter's answer may come at any stage
    }
)  # fmt: skip

# who may take a step; the service itself decides what needs no person
ROLES: Final[dict[Step, frozenset[Role]]] = {
    S.ACCEPT: frozenset({Role.TRIAGE, Role.SUPERVISOR}),
    S.REFUSE: frozenset({Role.TRIAGE, Role.SUPERVISOR}),
    S.JOIN: frozenset({Role.TRIAGE, Role.SUPERVISOR, Role.AGENT}),
    # who joined may part: the hotline's own body (国办函〔2025〕66号), never the department
    S.SPLIT: frozenset({Role.TRIAGE, Role.SUPERVISOR}),
    S.MERGE: frozenset({Role.TRIAGE, Role.SUPERVISOR}),
    S.UNMERGE: frozenset({Role.TRIAGE, Role.SUPERVISOR}),
    S.LINK: frozenset({Role.TRIAGE, Role.SUPERVISOR}),
    S.UNLINK: frozenset({Role.TRIAGE, Role.SUPERVISOR}),
    S.JOINT: frozenset({Role.TRIAGE, Role.SUPERVISOR}),
    S.ANSWER_ON_SPOT: frozenset({Role.AGENT, Role.TRIAGE}),
    # whose it is at all, the hotline's own body says, never a department (国办函〔2025〕66号)
    S.FORWARD: frozenset({Role.TRIAGE, Role.SUPERVISOR}),
    S.HAND_ON: frozenset({Role.TRIAGE, Role.SUPERVISOR}),  # at the desk of the body that has it
    S.CONFIRM_FORWARD: frozenset({Role.TRIAGE, Role.SUPERVISOR}),
    S.TAKE_BACK: frozenset({Role.TRIAGE, Role.SUPERVISOR}),
    **AFTER_ROLES,
    S.DISPATCH: frozenset({Role.TRIAGE, Role.SUPERVISOR}),
    S.SIGN: frozenset({Role.HANDLER}),
    S.OBJECT: frozenset({Role.HANDLER}),
    S.RULE: frozenset({Role.SUPERVISOR, Role.TRIAGE}),
    # 国办函〔2025〕66号: 派单 and 改派 are the hotline body's; what was wrong is put right there
    S.CORRECT: frozenset({Role.TRIAGE, Role.SUPERVISOR}),
    S.FIND: frozenset({Role.HANDLER}),
    S.WRITE: frozenset({Role.HANDLER}),
    S.EVIDENCE: frozenset({Role.HANDLER}),
    S.ASK_BACK: frozenset({Role.HANDLER}),
    S.RESUME: frozenset({Role.HANDLER}),
    S.GIVE_PART: frozenset({Role.HANDLER}),
    S.FINISH_PART: frozenset({Role.HANDLER}),
    S.WAIVE_PART: frozenset({Role.HANDLER}),
    S.ASK_EXTENSION: frozenset({Role.HANDLER}),
    S.EXTEND: frozenset({Role.REVIEWER, Role.SUPERVISOR}),
    S.DENY_EXTENSION: frozenset({Role.REVIEWER, Role.SUPERVISOR}),
    S.SUBMIT: frozenset({Role.HANDLER}),
    S.SEND_BACK: frozenset({Role.REVIEWER}),
    S.ANSWER: frozenset({Role.REVIEWER}),
    S.CLOSE: frozenset({Role.REVIEWER, Role.SUPERVISOR}),
    S.REDO: frozenset({Role.REVIEWER, Role.SUPERVISOR, Role.TRIAGE}),
    S.DISCLOSE: frozenset({Role.PUBLISHER, Role.HANDLER}),
    S.RETRACT: frozenset({Role.PUBLISHER}),
    S.AFFIRM: frozenset({Role.PUBLISHER}),
    S.SHOW_PHOTO: frozenset({Role.PUBLISHER}),
    S.CLEAR_PHOTO: frozenset({Role.PUBLISHER}),
    S.DROP_PHOTO: frozenset({Role.PUBLISHER}),
    S.WITHHOLD: frozenset({Role.PUBLISHER}),
    S.WRITE_RELEASE: frozenset({Role.PUBLISHER, Role.MEDIA}),
    S.APPROVE_RELEASE: frozenset({Role.PUBLISHER}),
    S.WITHDRAW_RELEASE: frozenset({Role.PUBLISHER}),
    S.SEND_RELEASE: frozenset({Role.PUBLISHER, Role.MEDIA}),
    S.ASSESS_CLUE: frozenset({Role.MEDIA}),
    S.LINK_CLUE: frozenset({Role.MEDIA}),
    S.CO_NOTIFY: frozenset({Role.MEDIA}),
    S.UNMASK: frozenset({Role.HANDLER, Role.TRIAGE, Role.AGENT, Role.SUPERVISOR}),
    S.ASK_IDENTITY: frozenset({Role.HANDLER, Role.TRIAGE, Role.AGENT, Role.SUPERVISOR}),
    S.GRANT_IDENTITY: frozenset({Role.CUSTODIAN}),
    S.DENY_IDENTITY: frozenset({Role.CUSTODIAN}),
    S.MARK_NUISANCE: frozenset({Role.TRIAGE, Role.SUPERVISOR}),
    S.CONFIRM_NUISANCE: frozenset({Role.SUPERVISOR}),
    S.LIFT_NUISANCE: frozenset({Role.TRIAGE, Role.SUPERVISOR}),
    S.SPEAK: frozenset({Role.HANDLER, Role.TRIAGE, Role.AGENT, Role.SUPERVISOR}),
    S.WITHDRAW: frozenset({Role.TRIAGE, Role.AGENT}),
    S.SUPPLEMENT: frozenset({Role.AGENT, Role.TRIAGE}),
    S.FOLLOW_UP: frozenset({Role.AGENT}),
    S.ENROL: frozenset({Role.ADMIN}),
    S.CLOSE_ACCOUNT: frozenset({Role.ADMIN}),
    S.CHANGE_POST: frozenset({Role.ADMIN}),
    S.SECOND_FACTOR: frozenset({Role.ADMIN}),  # of others; the own one is everybody's
    S.REVOKE: frozenset({Role.ADMIN}),
    S.ENACT: frozenset({Role.ADMIN}),
    S.ACTIVATE: frozenset({Role.ADMIN}),
    S.RETIRE: frozenset({Role.ADMIN}),
    S.FIND_PERSON: frozenset({Role.ADMIN}),
    S.ERASE: frozenset({Role.ADMIN}),
    S.RESEND: frozenset({Role.TRIAGE, Role.SUPERVISOR, Role.ADMIN}),
    S.CALL_OFF: frozenset({Role.TRIAGE, Role.SUPERVISOR, Role.ADMIN}),
    S.READDRESS: frozenset({Role.TRIAGE, Role.SUPERVISOR}),  # who may see the identity anyway
    S.WATCH: frozenset({Role.SUPERVISOR, Role.ADMIN}),
    S.ACKNOWLEDGE: frozenset(set(Role) - {Role.PUBLIC, Role.MACHINE}),
    S.REWORD: frozenset({Role.ADMIN}),
    S.TAKE_CALL: frozenset({Role.AGENT}),
    S.SETTLE_CALL: frozenset({Role.AGENT}),
    S.TAKE_CALL_BACK: frozenset({Role.AGENT}),
    S.CALL_BACK: frozenset({Role.AGENT}),
    # 国办函〔2025〕66号: the hotline's own people keep the knowledge base; two of them
    S.WRITE_ARTICLE: frozenset({Role.SUPERVISOR, Role.ADMIN}),
    S.APPROVE_ARTICLE: frozenset({Role.SUPERVISOR, Role.ADMIN}),
    S.RETIRE_ARTICLE: frozenset({Role.SUPERVISOR, Role.ADMIN}),
    S.PROPOSE_REWARD: frozenset({Role.REWARD}),
    S.REVIEW_REWARD: frozenset({Role.REWARD}),
    S.APPROVE_REWARD: frozenset({Role.APPROVER}),
    S.REFUSE_REWARD: frozenset({Role.APPROVER}),
    S.FUND_REWARDS: frozenset({Role.APPROVER, Role.ADMIN}),
    S.REVOKE_REWARD: frozenset({Role.APPROVER}),
    # nobody's but the reporter's, proved by code and secret; and the service's own
    S.SET_SECRET: frozenset(),
    S.CLAIM_REWARD: frozenset(),
    S.TELL_REWARD: frozenset(),
    S.MAKE_PAYOUT: frozenset({Role.PAYER}),
    S.EXPORT_PAYOUT: frozenset({Role.PAYER}),
    S.SETTLE_PAYOUT: frozenset({Role.PAYER}),
    S.PAY_REWARD: frozenset({Role.PAYER}),
    S.FAIL_PAYOUT: frozenset({Role.PAYER}),
    S.RENEW_PAYEES: frozenset(),
    S.WAIVE_REWARD: frozenset(),
    S.LAPSE_REWARD: frozenset(),
    S.RECOUNT_REWARD: frozenset({Role.REWARD}),
    S.KEEP_REWARD: frozenset({Role.APPROVER}),
    S.CLAW_BACK: frozenset({Role.APPROVER}),
    S.RECOVER_REWARD: frozenset({Role.REWARD}),
    S.GRANT_HONOUR: frozenset({Role.APPROVER}),
    **REFERRAL_ROLES,
}

# what a reporter may do to the own report, with number and code
REPORTERS_OWN: Final = frozenset(
    {S.WITHDRAW, S.SUPPLEMENT, S.FOLLOW_UP, S.REDO, S.SET_SECRET, S.CLAIM_REWARD, S.WAIVE_REWARD}
    | {S.ASK_REVIEW, S.SPEAK, S.PROVE_CARD, S.RENEW_PAYEES}
)

# 归档 closes the file: the reporter's own rights, and what the public sees, go on beside it
OF_ARCHIVED: Final = frozenset(
    {S.UNARCHIVE, S.UNMASK, S.ERASE, S.DISCLOSE, S.RETRACT, S.AFFIRM, S.LINK, S.UNLINK}
    | {S.WITHHOLD, S.SHOW_PHOTO, S.CLEAR_PHOTO, S.DROP_PHOTO}
)

# what a partner's machine may do, in its reporter's name, to what it sent itself
PARTNERS_OWN: Final = frozenset({S.WITHDRAW, S.SUPPLEMENT, S.PROVE_CARD})

OVER: Final = frozenset({O.CLOSED, O.CLOSED_INTERIM, O.WITHDRAWN, O.MERGED, O.FORWARDED})


def next_request_stage(stage: RequestStage, step: Step) -> RequestStage:
    """The stage a 来件 is in after the step; StepRefused when it may not follow."""
    if step in STANDING and (stage, step) not in REQUEST_MOVES:
        return stage
    try:
        return REQUEST_MOVES[stage, step]
    except KeyError:
        raise StepRefused("request.not_now", stage=stage.value, step=step.value) from None


def next_order_stage(stage: OrderStage, step: Step) -> OrderStage:
    """The stage a 工单 is in after the step; StepRefused when it may not follow."""
    if step in STANDING and (stage, step) not in ORDER_MOVES:
        return stage
    try:
        return ORDER_MOVES[stage, step]
    except KeyError:
        raise StepRefused("order.not_now", stage=stage.value, step=step.value) from None


def check_open(step: Step, *, archived: bool) -> None:
    """归档: what is archived is read, and changed again only once it was taken out."""
    if archived and step not in OF_ARCHIVED:
        raise StepRefused("order.archived")


def revived(stage: OrderStage) -> OrderStage:
    """解除合并: a merged order stands again where it stood when it was merged."""
    if (stage, Step.MERGE) not in ORDER_MOVES:
        raise StepRefused("order.not_now", stage=stage.value, step=Step.UNMERGE.value)
    return stage


def check_merge(away: tuple[str, OrderStage], into: tuple[str, OrderStage]) -> None:
    """合并: StepRefused with the number of the order that is past it."""
    for number, stage in (away, into):
        if stage in OVER:
            raise StepRefused("merge.over", order=number)
    if (away[1], Step.MERGE) not in ORDER_MOVES:
        raise StepRefused("merge.answered", order=away[0])


def corrected(stage: OrderStage, *, lead: str | None, before: str | None) -> OrderStage:
    """更正: another department signs anew; with nobody found it waits for a person."""
    stands = next_order_stage(stage, Step.CORRECT)
    if lead is None:
        return OrderStage.OPENED
    return stands if lead == before else OrderStage.DISPATCHED


def steps_from(stage: OrderStage) -> frozenset[Step]:
    """What may follow: the buttons of a page."""
    return frozenset(step for (at, step) in ORDER_MOVES if at is stage)


def check_may(step: Step, by: Actor) -> None:
    """NotAllowed unless this doer may take this step at all."""
    if by.kind is ActorKind.SYSTEM or (by.kind is ActorKind.REPORTER and step in REPORTERS_OWN):
        return
    if by.kind is ActorKind.PARTNER and step in PARTNERS_OWN:
        return
    if not any(by.may(role) for role in ROLES.get(step, frozenset())):
        raise NotAllowed(step.value)
