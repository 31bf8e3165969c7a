"""What may follow what: one table for a 来件, one for a 工单, role and reason beside each line."""

from typing import Final

from hotline.errors import NotAllowed, StepRefused
from hotline.rules.actor import Actor
from hotline.rules.after import ROLES as AFTER_ROLES
from hotline.rules.referral import ROLES as REFERRAL_ROLES
from hotline.rules.terms import ActorKind, OrderStage, RequestStage, Role, Step

R, O, S = RequestStage, OrderStage, Step  # noqa: E741

REQUEST_MOVES: Final[dict[tuple[RequestStage, Step], RequestStage]] = {
    (R.RECEIVED, S.TRIAGE): R.TRIAGE,  # what cannot be decided goes to a person, with the cause
    (R.RECEIVED, S.ACCEPT): R.ACCEPTED,  # 环保举报热线工作管理办法 art. 8
    (R.RECEIVED, S.REFUSE): R.REFUSED,  # art. 8(2)-(3): told where to go
    (R.RECEIVED, S.ANSWER_ON_SPOT): R.ANSWERED_ON_SPOT,  # 咨询, answered at the desk
    (R.TRIAGE, S.ACCEPT): R.ACCEPTED,
    (R.TRIAGE, S.REFUSE): R.REFUSED,
    (R.TRIAGE, S.ANSWER_ON_SPOT): R.ANSWERED_ON_SPOT,
    (R.REFUSED, S.ACCEPT): R.ACCEPTED,  # a refusal found wrong is put right, not hidden
    (R.ACCEPTED, S.JOIN): R.ACCEPTED,  # 并单: the report moves, its state stays its own
    (R.ACCEPTED, S.SPLIT): R.ACCEPTED,  # 拆出: no repeat of that matter, so a matter of its own
    (R.ANSWERED, S.SPLIT): R.ACCEPTED,  # the answer was to another matter
    (R.CLOSED, S.SPLIT): R.ACCEPTED,
    (R.ACCEPTED, S.UNMERGE): R.ACCEPTED,
    (R.ANSWERED, S.UNMERGE): R.ACCEPTED,  # answered with the other order, not with its own
    (R.CLOSED, S.UNMERGE): R.ACCEPTED,
    (R.ACCEPTED, S.ANSWER): R.ANSWERED,
    (R.ANSWERED, S.FOLLOW_UP): R.ANSWERED,  # 回访
    (R.CLOSED, S.FOLLOW_UP): R.CLOSED,
    (R.ANSWERED, S.REDO): R.ACCEPTED,  # 回访不满意 → 重办
    (R.CLOSED, S.REDO): R.ACCEPTED,
    (R.ANSWERED, S.CLOSE): R.CLOSED,
    (R.CLOSED, S.CLOSE): R.CLOSED,  # 阶段性办结 was not the end
    # 转送: 噪声法 art. 31, passed on and told so, not just refused; 信访工作条例 art. 22
    (R.TRIAGE, S.FORWARD): R.FORWARDED,
    (R.REFUSED, S.FORWARD): R.FORWARDED,
    (R.ACCEPTED, S.FORWARD): R.FORWARDED,
    (R.FORWARDED, S.CONFIRM_FORWARD): R.FORWARDED,  # art. 23: the body says so within 15 days
    (R.FORWARDED, S.TAKE_BACK): R.ACCEPTED,  # art. 23: it may object within 5 working days
    (R.FORWARDED, S.TRIAGE): R.TRIAGE,  # so may it when nobody here had accepted the report
    (R.ANSWERED, S.TRY_FOLLOW_UP): R.ANSWERED,  # 国办发〔2020〕53号: 回访, as often as the pack says
    (R.CLOSED, S.TRY_FOLLOW_UP): R.CLOSED,
    (R.ANSWERED, S.ASK_REVIEW): R.ANSWERED,  # 信访工作条例 arts 35-36: 30 days to ask, twice
    (R.CLOSED, S.ASK_REVIEW): R.CLOSED,
    (R.ANSWERED, S.REVIEW): R.ANSWERED,  # and 30 to answer, by the body above
    (R.CLOSED, S.REVIEW): R.CLOSED,
    (R.ACCEPTED, S.REVIEW): R.ACCEPTED,  # taken up again meanwhile
    (R.RECEIVED, S.WITHDRAW): R.WITHDRAWN,
    (R.TRIAGE, S.WITHDRAW): R.WITHDRAWN,
    (R.ACCEPTED, S.WITHDRAW): R.WITHDRAWN,
    (R.ANSWERED, S.WITHDRAW): R.WITHDRAWN,
}

ORDER_MOVES: Final[dict[tuple[OrderStage, Step], OrderStage]] = {
    (O.OPENED, S.DISPATCH): O.DISPATCHED,  # 派单
    (O.DISPATCHED, S.SIGN): O.SIGNED,  # 签收
    (O.DISPATCHED, S.OBJECT): O.RETURNED,  # 信访工作条例 art. 23: 5 working days, with reasons
    (O.RETURNED, S.RULE): O.DISPATCHED,  # 改派 or 驳回; never back to the caller
    # 更正: the stage if the same department keeps it; see corrected()
    (O.OPENED, S.CORRECT): O.OPENED,
    (O.DISPATCHED, S.CORRECT): O.DISPATCHED,
    (O.SIGNED, S.CORRECT): O.SIGNED,
    (O.RETURNED, S.CORRECT): O.RETURNED,
    (O.SIGNED, S.FIND): O.SIGNED,  # 查实结论
    (O.SIGNED, S.WRITE): O.SIGNED,  # 环办〔2009〕101号: three texts
    (O.SIGNED, S.EVIDENCE): O.SIGNED,  # 现场照片和材料
    (O.SIGNED, S.ASK_BACK): O.SIGNED,  # 中止: only terms that the pack lets stand still
    # 国办函〔2025〕66号: 主办 + 协办, each with a part and a time of its own
    (O.SIGNED, S.GIVE_PART): O.SIGNED,
    (O.SIGNED, S.FINISH_PART): O.SIGNED,
    (O.SIGNED, S.WAIVE_PART): O.SIGNED,
    # 延期: 环保举报热线工作管理办法, by the responsible officer and with the reason told
    (O.SIGNED, S.ASK_EXTENSION): O.SIGNED,
    (O.SIGNED, S.EXTEND): O.SIGNED,
    (O.SIGNED, S.DENY_EXTENSION): O.SIGNED,
    (O.SUBMITTED, S.EXTEND): O.SUBMITTED,
    (O.SUBMITTED, S.DENY_EXTENSION): O.SUBMITTED,
    (O.SIGNED, S.SUBMIT): O.SUBMITTED,
    (O.SUBMITTED, S.SEND_BACK): O.SIGNED,
    (O.SUBMITTED, S.ANSWER): O.ANSWERED,  # by another person than the writer
    (O.ANSWERED, S.REDO): O.SIGNED,  # 回访不满意 → 重办
    (O.CLOSED, S.REDO): O.SIGNED,
    (O.CLOSED_INTERIM, S.REDO): O.SIGNED,
    (O.ANSWERED, S.CLOSE): O.CLOSED,  # or CLOSED_INTERIM: see closing()
    (O.CLOSED_INTERIM, S.CLOSE): O.CLOSED,
    (O.SIGNED, S.CHECK): O.SIGNED,  # 督察五步法 核查: by another person than who handled it
    (O.SUBMITTED, S.CHECK): O.SUBMITTED,
    (O.ANSWERED, S.CHECK): O.ANSWERED,
    (O.CLOSED_INTERIM, S.CHECK): O.CLOSED_INTERIM,
    (O.CLOSED, S.CHECK): O.CLOSED,
    (O.CLOSED, S.ARCHIVE): O.CLOSED,  # 归档: nothing may follow but 调卷; see check_open()
    (O.WITHDRAWN, S.ARCHIVE): O.WITHDRAWN,
    (O.CLOSED, S.UNARCHIVE): O.CLOSED,
    (O.WITHDRAWN, S.UNARCHIVE): O.WITHDRAWN,
    (O.OPENED, S.FORWARD): O.FORWARDED,  # 噪声法 art. 31; 信访工作条例 art. 22
    (O.DISPATCHED, S.FORWARD): O.FORWARDED,
    (O.SIGNED, S.FORWARD): O.FORWARDED,
    (O.RETURNED, S.FORWARD): O.FORWARDED,
    (O.FORWARDED, S.CONFIRM_FORWARD): O.FORWARDED,
    (O.FORWARDED, S.TAKE_BACK): O.OPENED,  # a person hands it on anew
    (O.OPENED, S.WITHDRAW): O.WITHDRAWN,
    (O.DISPATCHED, S.WITHDRAW): O.WITHDRAWN,
    (O.SIGNED, S.WITHDRAW): O.WITHDRAWN,
    (O.RETURNED, S.WITHDRAW): O.WITHDRAWN,
    (O.SUBMITTED, S.WITHDRAW): O.WITHDRAWN,
    (O.OPENED, S.MERGE): O.MERGED,  # 国办函〔2025〕66号: repeats are one order (并单处理)
    (O.DISPATCHED, S.MERGE): O.MERGED,
    (O.SIGNED, S.MERGE): O.MERGED,
    (O.RETURNED, S.MERGE): O.MERGED,
    (O.SUBMITTED, S.MERGE): O.MERGED,  # not once it was answered: see revived()
}

# steps that may be taken at any stage that is not over, and leave the stage as it is
STANDING: Final = frozenset(
    {
        S.SUPPLEMENT, S.UNMASK, S.JOIN, S.ERASE, S.DISCLOSE, S.RETRACT, S.AFFIRM, S.WITHHOLD,
        S.SHOW_PHOTO, S.CLEAR_PHOTO, S.DROP_PHOTO,
        S.ASK_IDENTITY, S.GRANT_IDENTITY, S.DENY_IDENTITY,
        S.SPLIT, S.UNMERGE,  # an order left without a living report ends as withdrawn
        S.LINK, S.UNLINK,
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
    S.ANSWER_ON_SPOT: frozenset({Role.AGENT, Role.TRIAGE}),
    # whose it is at all, the hotline's own body says, never a department (国办函〔2025〕66号)
    S.FORWARD: frozenset({Role.TRIAGE, Role.SUPERVISOR}),
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
    S.UNMASK: frozenset({Role.HANDLER, Role.TRIAGE, Role.AGENT, Role.SUPERVISOR}),
    S.ASK_IDENTITY: frozenset({Role.HANDLER, Role.TRIAGE, Role.AGENT, Role.SUPERVISOR}),
    S.GRANT_IDENTITY: frozenset({Role.CUSTODIAN}),
    S.DENY_IDENTITY: frozenset({Role.CUSTODIAN}),
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
    **REFERRAL_ROLES,
}

# what a reporter may do to the own report, with number and code
REPORTERS_OWN: Final = frozenset(
    {S.WITHDRAW, S.SUPPLEMENT, S.FOLLOW_UP, S.REDO, S.SET_SECRET, S.CLAIM_REWARD}
    | {S.ASK_REVIEW}
)

# 归档 closes the file: the reporter's own rights, and what the public sees, go on beside it
OF_ARCHIVED: Final = frozenset(
    {S.UNARCHIVE, S.UNMASK, S.ERASE, S.DISCLOSE, S.RETRACT, S.AFFIRM, S.LINK, S.UNLINK}
)

# what a partner's machine may do, in its reporter's name, to what it sent itself
PARTNERS_OWN: Final = frozenset({S.WITHDRAW, S.SUPPLEMENT})

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
