"""可走的环节: what may follow what, of a 来件 and of a 工单, with the reason beside each line."""

from typing import Final

from hotline.rules.terms import OrderStage, RequestStage, Step

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
    # 分别受理: to another accepting body; 信访工作条例 art. 24, a dispute is the superior's to end
    (R.TRIAGE, S.HAND_ON): R.TRIAGE,
    (R.ACCEPTED, S.HAND_ON): R.ACCEPTED,  # with its order
    (R.FORWARDED, S.CONFIRM_FORWARD): R.FORWARDED,  # art. 23: the body says so within 15 days
    (R.FORWARDED, S.TAKE_BACK): R.ACCEPTED,  # art. 23: it may object within 5 working days
    (R.FORWARDED, S.TRIAGE): R.TRIAGE,  # so may it when nobody here had accepted the report
    (
        R.ANSWERED,
        S.TRY_FOLLOW_UP,
    ): R.ANSWERED,  # 国办发〔2020〕53号: 回访
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
    (O.SIGNED, S.HANDOVER): O.SIGNED,  # 交接: a person leaves or is away, the order is not lost
    (O.RETURNED, S.HANDOVER): O.RETURNED,
    (O.SUBMITTED, S.HANDOVER): O.SUBMITTED,
    (O.ANSWERED, S.HANDOVER): O.ANSWERED,
    (O.CLOSED_INTERIM, S.HANDOVER): O.CLOSED_INTERIM,
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
    # 分别受理: before it is in work; from then on 异议 and 更正 say whose it is
    (O.OPENED, S.HAND_ON): O.OPENED,
    (O.DISPATCHED, S.HAND_ON): O.OPENED,  # the other body hands it on within its own duty
    (O.RETURNED, S.HAND_ON): O.OPENED,
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
