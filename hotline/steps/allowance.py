"""限速: how many calls a key may make in a minute, counted over all processes.

A process takes its share by the handful: one write serves many calls, and none of them is counted
twice. What a process took and did not use is lost at the end of the minute.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hotline.steps.attempt import Bucket, Limit, counted, too_many, window_start

MINUTE: Final = timedelta(minutes=1)
HANDFULS: Final = 20


@dataclass(slots=True)
class _Hand:
    window: datetime
    left: int = 0
    empty: bool = False  # the minute is spent: nothing is asked of the database any more


_hands: dict[tuple[str, str], _Hand] = {}


async def spend(tenant_id: str, who: str, per_minute: int, now: datetime) -> None:
    """One call of a key. TooMany with the seconds till the minute ends."""
    limit = Limit(per_minute, MINUTE)
    hand = _hand(tenant_id, who, window_start(limit, now))
    if hand.left < 1 and not hand.empty:
        await _fill(hand, Bucket(tenant_id, "api_key", who), limit, now)
    if hand.left < 1:
        raise too_many(limit, now)
    hand.left -= 1


def forget() -> None:
    """Between tests."""
    _hands.clear()


def _hand(tenant_id: str, who: str, window: datetime) -> _Hand:
    hand = _hands.get((tenant_id, who))
    if hand is None or hand.window != window:
        hand = _hands[tenant_id, who] = _Hand(window)
    return hand


async def _fill(hand: _Hand, bucket: Bucket, limit: Limit, now: datetime) -> None:
    handful = max(1, limit.most // HANDFULS)
    over = await counted(bucket, limit, now, handful) - limit.most
    hand.left += max(0, handful - max(0, over))
    hand.empty = over >= handful
