"""复查 and 复核: who decides, in which order, and when it is final (信访工作条例 arts 35-36)."""

from collections.abc import Set
from enum import StrEnum

from hotline.errors import NotAllowed, StepRefused
from hotline.rules.actor import Actor
from hotline.rules.departments import Directory
from hotline.rules.terms import Step


class ReviewKind(StrEnum):
    """Which of the two it is."""

    REVIEW = "review"  # 复查
    RECHECK = "recheck"  # 复核


class ReviewOutcome(StrEnum):
    """What the body above says of the answer."""

    UPHELD = "upheld"  # 维持原答复
    CHANGED = "changed"  # 变更原答复, by the opinion itself
    REDO = "redo"  # 责令重新办理


RIGHTS = {ReviewKind.REVIEW: "review_right", ReviewKind.RECHECK: "recheck_right"}


def next_kind(decided: Set[ReviewKind], waiting: Set[ReviewKind]) -> ReviewKind:
    """StepRefused while one waits, and for good once 复核 is decided."""
    if waiting:
        raise StepRefused("review.waits")
    if ReviewKind.RECHECK in decided:
        raise StepRefused("review.final")
    return ReviewKind.RECHECK if ReviewKind.REVIEW in decided else ReviewKind.REVIEW


def body_above(directory: Directory, answered_by: str | None) -> str | None:
    """The department above whoever answered; None: the place's own supervisors."""
    above = directory.superior(answered_by, frozenset()) if answered_by else None
    return above.code if above else None


def check_decider(by: Actor, body: str | None, answered: Set[str]) -> None:
    """The body above, and none of those whose answer it is."""
    if body is not None and by.department != body:
        raise NotAllowed(Step.REVIEW.value)
    if by.is_one_of(*answered):
        raise StepRefused("review.own_answer")
