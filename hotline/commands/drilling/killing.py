"""kill -9 at random, drawn from a seed: every kind comes in every round, in another order."""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from typing import Final

from hotline.commands.drilling.running import RunningUp

# The servers more often: they are back at once, and all the others live through their loss.
ROUND: Final = {
    "web": 1,
    "worker-intake": 2,
    "worker-delivery": 1,
    "clock": 1,
    "valkey": 2,
    "postgres": 3,
}
SHORTEST, LONGEST = 0.9, 2.5  # seconds between two kills: more than thirty a minute
LOOK_AGAIN: Final = 0.05


def drawn(seed: int) -> Iterator[tuple[str, float]]:
    """Victim and pause before it, without end."""
    lots = random.Random(seed)  # noqa: S311 - to be drawn again from the same seed
    while True:
        for victim in lots.sample([*ROUND], sum(ROUND.values()), counts=[*ROUND.values()]):
            yield victim, lots.uniform(SHORTEST, LONGEST)


def killed(up: RunningUp, seed: int, seconds: float) -> Counter[str]:
    """How often each kind was; one that is not back yet is waited for, and is hit at once then."""
    found: Counter[str] = Counter(dict.fromkeys(ROUND, 0))
    lots = random.Random(seed)  # noqa: S311
    until, due = time.monotonic() + seconds, time.monotonic()
    for victim, pause in drawn(seed):
        due += pause
        while time.monotonic() < min(due, until) or not up.pids(victim):
            if time.monotonic() >= until:
                return found
            time.sleep(LOOK_AGAIN)
        if pids := up.pids(victim):
            os.kill(lots.choice(pids), signal.SIGKILL)
            found[victim] += 1
    return found
