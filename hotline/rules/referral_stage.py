"""督办移送的状态: where a referral stands."""

from enum import StrEnum


class ReferralStage(StrEnum):
    """Where one 督办移送事项 stands."""

    OPENED = "opened"  # 待审批
    APPROVED = "approved"  # 已批准, to be sent
    SENT = "sent"  # 已送出
    REPLIED = "replied"  # 已回复
    CLOSED = "closed"  # 已办结 / 已销号
    DENIED = "denied"  # 不予批准
    WITHDRAWN = "withdrawn"  # 已撤回
