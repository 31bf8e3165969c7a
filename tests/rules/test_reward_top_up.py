"""补发: whatever order changes come in, entries together are what is due, never above the cap."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from hotline.rules.reward import Facts, Penalty, compute
from hotline.rules.reward_top_up import Entry, Spread, less, spread
from tests.rules.test_reward import TRUE, schemes

JIANGXI: Final = schemes("360000")
ON: Final = date(2026, 3, 9)
CAP: Final = 200_000_00


def due(fine_fen: int) -> int:
    facts = Facts(finding=TRUE, tier="一级", real_name=True, penalty=Penalty(fine_fen, ON))
    found = compute(JIANGXI, facts, ON).max_fen
    assert found is not None
    return found


@dataclass(frozen=True)
class Change:
    """Another fine; then those entries that wait are paid, or not yet."""

    fine_fen: int
    is_paid_after: bool


CHANGES: Final = st.lists(
    st.builds(Change, st.integers(0, 10**10), st.booleans()), min_size=1, max_size=8
)


def settled(entries: list[Entry], found: Spread) -> list[Entry]:
    """As the people do it: what is unpaid is opened anew, what is too much demanded back."""
    after = []
    for one, share in zip(entries, found.shares, strict=True):
        if share == one.fen:
            after.append(one)
        elif one.is_paid:
            after.append(Entry(share, is_over=True))
        elif share:
            after.append(replace(one, fen=share))
    return [*after, Entry(found.more_fen, is_paid=False)] if found.more_fen else after


@given(st.integers(1, 10**10), CHANGES)
def test_after_every_change_entries_are_what_is_due_and_never_above_the_cap(
    first: int, changes: list[Change]
) -> None:
    entries = [Entry(due(first))]
    for one in changes:
        wanted, over = due(one.fine_fen), sum(e.fen for e in entries if e.is_over)
        entries = settled(entries, spread(entries, wanted))
        total = sum(entry.fen for entry in entries)

        assert total == max(wanted, over)
        assert total <= CAP
        assert all(entry.fen >= 0 for entry in entries)
        if one.is_paid_after:
            entries = [replace(entry, is_paid=True) for entry in entries]
        if not entries:  # nothing is left of it: a case of its own, if ever
            return


def test_the_difference_stands_in_the_computation_as_a_line() -> None:
    facts = Facts(finding=TRUE, tier="一级", real_name=True, penalty=Penalty(200_000_00, ON))
    whole = compute(JIANGXI, facts, ON)
    rest = less(whole, 300_00)

    assert whole.max_fen is not None
    assert (rest.max_fen, rest.lines[-1].rule) == (whole.max_fen - 300_00, "already_paid")
