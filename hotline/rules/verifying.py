"""核验: does one chain still say what was appended to it, from its first event to its last?"""

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hotline.rules.history import GENESIS, commitment, digest
from hotline.rules.terms import Step


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """One event as it is read back; salt and detail are None once erased."""

    seq: int
    step: str
    header: Mapping[str, Any]
    commitment: bytes
    digest: bytes
    salt: bytes | None
    detail: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a chain first breaks: seq.gap, event.changed, detail.changed or detail.missing."""

    seq: int
    what: str


def first_fault(key: bytes, events: Sequence[StoredEvent]) -> Fault | None:
    """The first break of one chain, its events in the order of seq; None when it is whole."""
    previous, erased_up_to = GENESIS, _erased_up_to(events)
    for place, event in enumerate(events, start=1):
        if what := _fault(key, previous, event, place, erased_up_to):
            return Fault(event.seq, what)
        previous = event.digest
    return None


def _fault(key: bytes, previous: bytes, event: StoredEvent, place: int, erased_up_to: int) -> str:
    if event.seq != place:
        return "seq.gap"
    expected = digest(key, previous, event.commitment, event.header)
    if not hmac.compare_digest(expected, event.digest):
        return "event.changed"
    if event.salt is None or event.detail is None:
        return "" if event.seq < erased_up_to else "detail.missing"
    bound = commitment(event.salt, event.detail)
    return "" if hmac.compare_digest(bound, event.commitment) else "detail.changed"


def _erased_up_to(events: Sequence[StoredEvent]) -> int:
    """Details may be missing before an erasure, and nowhere else."""
    return max((event.seq for event in events if event.step == Step.ERASE), default=0)
