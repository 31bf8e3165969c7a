"""奖励事项的状态: where one reward case stands."""

from enum import StrEnum


class RewardStage(StrEnum):
    """Where one 奖励事项 stands."""

    BLOCKED = "blocked"  # 待补, the case says what is missing
    PROPOSED = "proposed"  # 已提出
    REVIEWED = "reviewed"  # 已复核
    APPROVED = "approved"  # 已审批, set aside from the budget
    TOLD = "told"  # 已告知
    CLAIMED = "claimed"  # 已领取, waits for payment
    PAID = "paid"  # 已发放
    REFUSED = "refused"  # 不予奖励
    WAIVED = "waived"  # 放弃
    LAPSED = "lapsed"  # 逾期未领
    REVOKED = "revoked"  # 撤销
    RECOVERED = "recovered"  # 已追回
