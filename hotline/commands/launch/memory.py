"""内存不足: whether the machine takes processes because it has no memory left."""

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

COUNTED: Final = Path("/proc/vmstat")  # Linux counts there, those of a container's limit too
LATELY: Final = 5.0  # seconds from the count to the end of what is killed


@dataclass
class Memory:
    """How many were killed for it, as far as was seen, and when that last rose."""

    counted: Path = COUNTED
    seen: int | None = None
    rose: float = float("-inf")

    def is_short(self, now: float) -> bool:
        """Whether somebody was killed for it a moment ago."""
        killed = self._killed()
        if self.seen is not None and killed > self.seen:
            self.rose = now
        self.seen = killed
        return now - self.rose < LATELY

    def _killed(self) -> int:
        with contextlib.suppress(OSError, ValueError):
            for line in self.counted.read_text(encoding="ascii").splitlines():
                name, _, many = line.partition(" ")
                if name == "oom_kill":
                    return int(many)
        return 0
