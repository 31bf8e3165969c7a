"""`bench doors` in its short form: every door is measured beside the bare limit of the same run."""

import json

import pytest

from hotline.commands.benchmark.doors import PATHS
from tests.support.benching import bench

# the short form on a busy machine, about half of what it shows there: a door that goes to the
# database once more for each statement it needs falls below
FLOORS = {
    "form": 0.09,
    "webhook": 0.18,
    "api": 0.14,
    "open311": 0.12,
    "wechat": 0.09,
    "partner": 0.10,
    "phone": 0.20,
}

SHORT = ["doors", "--json", "--requests", "100", "--rounds", "3", "--clients", "16"]


@pytest.fixture(scope="module")
def outcome() -> dict[str, list[dict[str, float]]]:
    """The last line of `bench doors --json`, cut short."""
    return dict(json.loads(bench(*SHORT, "--processes", "1")[-1]))


def test_every_door_stands_in_the_outcome(outcome: dict[str, list[dict[str, float]]]) -> None:
    assert outcome["bench"] == "doors"
    assert [row["door"] for row in outcome["rows"]] == list(PATHS)
    names = ["door", "clients", "processes", "rps", "limit_rps", "ratio", "p50_ms", "p99_ms"]
    assert all(list(row) == names for row in outcome["rows"])
    assert all(row["p99_ms"] >= row["p50_ms"] > 0 for row in outcome["rows"])


def test_no_door_is_slow_beside_a_bare_insert(outcome: dict[str, list[dict[str, float]]]) -> None:
    slow = {
        row["door"]: row["ratio"]
        for row in outcome["rows"]
        if row["ratio"] < FLOORS[str(row["door"])]
    }
    assert slow == {}
