"""The bench in its short form: its outcome has the promised shape, and the door is not slow."""

import json

import pytest

from tests.support.benching import bench

FLOOR = 0.4  # the short form on a busy machine; the figure of the documents is the long form's

SHORT = ["intake", "--json", "--requests", "1000", "--rounds", "3", "--total", "500"]


@pytest.fixture(scope="module")
def said() -> list[str]:
    """What `bench intake --json` prints, cut short."""
    return bench(*SHORT)


def test_the_last_line_has_the_promised_shape(said: list[str]) -> None:
    outcome = json.loads(said[-1])

    assert list(outcome) == ["bench", "rows", "web_mb", "worker_mb", "decided"]
    assert outcome["bench"] == "intake"
    assert outcome["decided"] > 0  # else the memory told is that of a worker without work
    assert [row["clients"] for row in outcome["rows"]] == [1, 16, 64]
    names = ["clients", "ours_rps", "limit_rps", "ratio", "p50_ms", "p99_ms"]
    assert all(list(row) == names for row in outcome["rows"])
    assert all(row["p99_ms"] >= row["p50_ms"] > 0 for row in outcome["rows"])
    assert 20 < outcome["web_mb"] < 500
    assert 20 < outcome["worker_mb"] < 500


def test_every_guarantee_of_the_database_is_on(said: list[str]) -> None:
    for name in ("fsync", "synchronous_commit", "full_page_writes"):
        assert f"PostgreSQL {name} = on" in said


def test_the_signed_door_keeps_up_with_a_bare_insert(said: list[str]) -> None:
    ratios = {row["clients"]: row["ratio"] for row in json.loads(said[-1])["rows"]}
    assert ratios[16] > FLOOR
    assert ratios[64] > FLOOR
