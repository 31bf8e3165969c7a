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
    "postgres": 2,
}
SHORTEST, LONGEST = 0.9, 2.5  # seconds between two kills: more than thirty a minute


def drawn(seed: int) -> Iterator[tuple[str, float]]:
    """Victim and pause before it, without end."""
    lots = random.Random(seed)  # noqa: S311 - to be drawn again from the same seed
    while True:
        for victim in lots.sample([*ROUND], sum(ROUND.values()), counts=[*ROUND.values()]):
            yield victim, lots.uniform(SHORTEST, LONGEST)


def killed(up: RunningUp, seed: int, seconds: float) -> Counter[str]:
    """How often each kind was; whoever is not back yet comes as soon as it is, others go first."""
    found: Counter[str] = Counter(dict.fromkeys(ROUND, 0))
    lots = random.Random(seed)  # noqa: S311
    until, due = time.monotonic() + seconds, time.monotonic()
    waiting: list[str] = []
    for victim, pause in drawn(seed):
        waiting.append(victim)
        due += pause
        time.sleep(max(0.0, min(due, until) - time.monotonic()))
        if time.monotonic() >= until:
            return found
        for one, pids in ((one, up.pids(one)) for one in waiting):
            if pids and _kill(lots.choice(pids)):
                waiting.remove(one)
                found[one] += 1
                break
    return found


def _kill(pid: int) -> bool:
    """Whether it was still there: it may have ended by itself a moment ago."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True
