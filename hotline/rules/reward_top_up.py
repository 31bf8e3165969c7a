"""补发: what each entry of one matter's reward is to be when what is due changes after payment.

All entries together are never more than what is due: the scheme's cap and the statute's maximum
are in that sum already. What was demanded back of is over; the last one, unpaid, carries the rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hotline.rules.reward import Line, Reward


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it stands. `is_over`: something of it was demanded back, once."""

    fen: int
    is_paid: bool = True
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class Spread:
    """What each entry is to be, and what an entry of its own is to add."""

    shares: tuple[int, ...]
    more_fen: int


def spread(entries: Sequence[Entry], due_fen: int) -> Spread:
    """The first entries keep first; what is too much comes off the last."""
    left = max(0, due_fen - sum(one.fen for one in entries if one.is_over))
    shares = []
    for one in entries:
        share = one.fen if one.is_over else min(one.fen, left)
        left -= 0 if one.is_over else share
        shares.append(share)
    last = entries[-1]
    if not (last.is_paid or last.is_over):
        shares[-1], left = shares[-1] + left, 0
    return Spread(tuple(shares), left)


def less(reward: Reward, already_fen: int) -> Reward:
    """What is due beside that which was paid before; it stands in the computation as a line."""
    if not already_fen or reward.min_fen is None or reward.max_fen is None:
        return reward
    low, high = (max(0, fen - already_fen) for fen in (reward.min_fen, reward.max_fen))
    line = Line("already_paid", (("fen", already_fen),))
    status = "sum" if low == high else reward.status
    return replace(reward, status=status, min_fen=low, max_fen=high, lines=(*reward.lines, line))
