"""通道状况: which provider took messages lately; what fails again and again is asked last.

Kept in each worker's memory: a provider that came back is found out by the tries themselves.
"""

from dataclasses import dataclass, field
from typing import Final

COOL: Final = 120.0  # seconds a provider is asked last after a failure
HALF_LIFE: Final = 600.0  # seconds after which a try counts half
FEWEST: Final = 2.0  # tries that count, before a share means anything


@dataclass
class _Past:
    """Tries of one provider, the older ones counting less."""

    good: float = 0.0
    bad: float = 0.0
    at: float = 0.0
    failed_at: float | None = None

    def fade(self, now: float) -> None:
        kept = 0.5 ** (max(now - self.at, 0.0) / HALF_LIFE)
        self.good, self.bad, self.at = self.good * kept, self.bad * kept, now


@dataclass
class Health:
    """What became of the tries of each provider."""

    known: dict[str, _Past] = field(default_factory=dict)

    def note(self, name: str, now: float, *, taken: bool) -> None:
        """One try and how it ended."""
        past = self.known.setdefault(name, _Past(at=now))
        past.fade(now)
        if taken:
            past.good, past.failed_at = past.good + 1, None
        else:
            past.bad, past.failed_at = past.bad + 1, now

    def rank(self, name: str, now: float) -> tuple[bool, bool]:
        """For sorting: whoever failed just now is last, before them whoever mostly fails."""
        past = self.known.get(name)
        if past is None:
            return (False, False)
        past.fade(now)
        cooling = past.failed_at is not None and now - past.failed_at < COOL
        mostly_bad = past.good + past.bad >= FEWEST and past.bad > past.good
        return (cooling, mostly_bad)
