"""`bench decide` in its short form: the promised shape; the cost does not follow the size."""

import json
from typing import Any

import pytest

from hotline.commands.drilling.made_up import Author
from hotline.records.signing import signed
from tests.support.benching import bench

SHORT = ["decide", "--json", "--sizes", "2000,8000", "--decisions", "100"]
GROWTH = 1.6  # from the one size to four times it, on a busy machine
SHARE = 0.05  # of the bare writes; the figures of the documents are the long form's


@pytest.fixture(scope="module")
def outcome() -> dict[str, Any]:
    """The last line of `bench decide`, cut short."""
    found: dict[str, Any] = json.loads(bench(*SHORT)[-1])
    return found


def test_the_last_line_has_the_promised_shape(outcome: dict[str, Any]) -> None:
    assert list(outcome) == ["bench", "rows", "decided_rps", "drain_rps", "worker_mb"]
    names = ["size", "cpu_ms", "p50_ms", "p99_ms", "lookalike_p95_ms"]
    assert [list(row) for row in outcome["rows"]] == [names, names]
    assert [row["size"] for row in outcome["rows"]] == [2000, 8000]


def test_a_decision_costs_no_more_for_more_reports(outcome: dict[str, Any]) -> None:
    small, large = outcome["rows"]
    assert large["cpu_ms"] < small["cpu_ms"] * GROWTH


def test_a_worker_is_not_far_behind_the_bare_writes_and_stays_small(
    outcome: dict[str, Any],
) -> None:
    assert outcome["decided_rps"] > outcome["drain_rps"] * SHARE
    assert 20 < outcome["worker_mb"] < 300


def test_made_up_reports_are_numbered_as_the_rules_number_them() -> None:
    author = Author([("522701", "都匀市"), ("522702", "福泉市")], 7)
    for made in (author.report() for _ in range(50)):
        by_rule = signed(made.title, made.text)
        assert sorted(made.grams) == list(by_rule.grams)
        assert sorted(made.words) == list(by_rule.words)
        assert list(made.title_words) == list(by_rule.title_words)
        assert list(made.opening) == list(by_rule.opening)
