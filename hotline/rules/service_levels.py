"""服务水平: shares of the line, each with what it is counted over; nothing counted is no share."""

from dataclasses import dataclass, fields

from hotline.rules.phone import LineTerms


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one hour or day, or of all of them together."""

    calls: int = 0
    connected: int = 0
    timed: int = 0  # connected, and it is known since when it rang
    quick: int = 0  # of these, within the term
    missed: int = 0  # 未接通, no message left
    hung_up: int = 0  # of these, the caller gave up
    messages: int = 0  # 留言
    heard: int = 0  # of messages whose term is over or that were heard: in time
    heard_of: int = 0
    called_back: int = 0  # the same of call-backs
    called_back_of: int = 0
    media: int = 0  # by other channels
    media_quick: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    def shares(self) -> dict[str, float | None]:
        """In percent."""
        return {
            "quick": share(self.quick, self.timed),
            "connected": share(self.connected, self.calls),
            "called_back": share(self.called_back, self.called_back_of),
            "heard": share(self.heard, self.heard_of),
            "media": share(self.media_quick, self.media),
        }


def share(part: int, whole: int) -> float | None:
    """In percent, one decimal; None of nothing."""
    return round(100 * part / whole, 1) if whole else None


def falls_short(counts: Counts, terms: LineTerms) -> frozenset[str]:
    """Which shares are below what the line is held to; only the connected one has a figure."""
    connected, least = counts.shares()["connected"], terms.connected_percent
    short = connected is not None and least is not None and connected < least
    return frozenset({"connected"} if short else ())
