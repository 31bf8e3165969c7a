"""回访: what came of one attempt to ask a reporter, and when it is enough."""

from enum import StrEnum


class Asked(StrEnum):
    """One attempt."""

    REACHED = "reached"  # 已接通并评价
    MISSED = "missed"  # 未接通
    DECLINED = "declined"  # 不愿评价


def is_enough(result: Asked, tries: int, most: int) -> bool:
    """Nobody is asked again after this one."""
    return result is not Asked.MISSED or tries >= most
