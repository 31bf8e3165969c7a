"""Ids: what was written at one moment is told in the order it was done."""

import pytest

from hotline.records import base
from hotline.records.base import new_id

MANY = 3 << base.COUNTED  # more than one millisecond can count


def test_ids_of_one_moment_follow_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base.time, "time_ns", lambda: 2_000_000_000_000_000_000)
    drawn = [new_id() for _ in range(MANY)]
    assert drawn == sorted(set(drawn))
    assert {(one.version, one.variant) for one in drawn} == {(7, "specified in RFC 4122")}


def test_a_clock_that_was_set_back_draws_no_earlier_one(monkeypatch: pytest.MonkeyPatch) -> None:
    before = new_id()
    monkeypatch.setattr(base.time, "time_ns", lambda: 1_000_000_000_000_000_000)
    assert new_id() > before
