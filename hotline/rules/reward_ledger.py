"""奖励台账: every sum moves from one account to another, so the whole always balances."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from hotline.errors import StepRefused


class Account(StrEnum):
    """科目 of one jurisdiction and year."""

    APPROPRIATION = "appropriation"  # 拨款, where the year's money comes from
    BUDGET = "budget"  # 预算余额
    COMMITTED = "committed"  # 已审批未发放
    PAID = "paid"  # 已发放
    RECEIVABLE = "receivable"  # 待追回


@dataclass(frozen=True, slots=True)
class Move:
    """One posting."""

    source: Account
    target: Account
    fen: int


def balances(moves: Iterable[Move]) -> dict[Account, int]:
    """What stands on each account; together nothing, whatever was moved."""
    stands = dict.fromkeys(Account, 0)
    for move in moves:
        stands[move.source] -= move.fen
        stands[move.target] += move.fen
    return stands


def check_budget(available: int, fen: int) -> None:
    """硬约束: StepRefused when the year's money does not reach."""
    if fen > available:
        raise StepRefused("reward.no_budget", available=available / 100, asked=fen / 100)


def funding(stands: int, wanted: int, available: int) -> Move | None:
    """From what was appropriated to what is wanted; never below what is already set aside."""
    if wanted == stands:
        return None
    if wanted > stands:
        return Move(Account.APPROPRIATION, Account.BUDGET, wanted - stands)
    check_budget(available, stands - wanted)
    return Move(Account.BUDGET, Account.APPROPRIATION, stands - wanted)
