"""重大环境敏感问题: what makes a matter one before it is an event, by the pack's rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from hotline.rules.wordscan import WordScan


@dataclass(frozen=True)
class Sensitive:
    """One row: any of its conditions is enough. A count that nobody has told asks for nothing."""

    code: str
    name: str
    words: tuple[str, ...]
    and_words: tuple[str, ...]  # beside them; none: the words are enough
    channels: tuple[str, ...]
    over_signatories: int | None
    over_reports: int | None
    source: str
    mark: str
    scan: WordScan = field(init=False, repr=False, compare=False)
    beside: WordScan = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "scan", WordScan(self.words))
        object.__setattr__(self, "beside", WordScan(self.and_words))


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a matter with this report in it. The words are masked."""

    words: tuple[str, ...] = field(repr=False)
    channel: str
    signatories: int
    reports: int


def sensitive(rows: Sequence[Sensitive], told: Told) -> tuple[str, ...]:
    """The codes of the rows that hold, in the pack's order."""
    return tuple(row.code for row in rows if _holds(row, told))


def _holds(row: Sensitive, told: Told) -> bool:
    return (
        told.channel in row.channels
        or (row.over_signatories is not None and told.signatories > row.over_signatories)
        or (row.over_reports is not None and told.reports > row.over_reports)
        or (_said(row.scan, told) and (not row.and_words or _said(row.beside, told)))
    )


def _said(scan: WordScan, told: Told) -> bool:
    return any(True for text in told.words for _ in scan.found(text))
