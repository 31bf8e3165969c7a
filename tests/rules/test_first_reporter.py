"""首报顺序: by registration, one place a person, whatever was joined when."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hotline.rules.first_reporter import Told, in_order

NINE = datetime(2026, 3, 2, 1, tzinfo=UTC)


def told(minute: int, sender: bytes | None = None, *, withdrawn: bool = False) -> Told:
    at = NINE + timedelta(minutes=minute)
    return Told(UUID(int=minute), f"QN{minute}", at, sender=sender, is_withdrawn=withdrawn)


def places(*reports: Told) -> list[tuple[str, int]]:
    return [(one.told.number, one.place) for one in in_order(reports)]


def test_whoever_was_registered_first_is_first_however_they_were_joined() -> None:
    assert places(told(7), told(2), told(5)) == [("QN2", 1), ("QN5", 2), ("QN7", 3)]


def test_who_tells_it_again_keeps_the_place_and_takes_none() -> None:
    assert places(told(1, b"a"), told(2, b"b"), told(3, b"a"), told(4, b"c")) == [
        ("QN1", 1), ("QN2", 2), ("QN3", 1), ("QN4", 3),
    ]  # fmt: skip


def test_the_unknown_are_each_somebody_else() -> None:
    assert places(told(1), told(2)) == [("QN1", 1), ("QN2", 2)]


def test_a_report_taken_back_holds_no_place() -> None:
    assert places(told(1, withdrawn=True), told(2)) == [("QN1", 0), ("QN2", 1)]
