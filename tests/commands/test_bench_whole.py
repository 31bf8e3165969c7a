"""`bench size` in its short form: lives are lived and weighed; what is promised is held against."""

import json
from typing import Any

import pytest

from hotline.commands.benchmark.whole import promised
from tests.support.benching import bench

RUN: dict[str, Any] = {
    "intake": {
        "rows": [{"clients": 16, "ratio": 0.95}, {"clients": 64, "ratio": 0.99}],
        "web_mb": 100.0,
        "worker_mb": 301.0,
    },
    "lifecycle": {"growth": 1.4},
    "desk": {"rows": [{"p95_ms": 40.0, "statements": 11}, {"p95_ms": 199.0, "statements": 5}]},
    "start": {"warm_s": 3.1},
}


def test_a_matters_whole_life_is_weighed_table_by_table() -> None:
    found = json.loads(bench("size", "--lives", "12", "--json")[-1])
    tables = {one["table"]: one for one in found["tables"]}
    assert tables["service_request"]["rows"] == 1
    assert tables["event"]["rows"] > 8  # whole lives, not registrations
    assert found["row_bytes"] == sum(one["row_bytes"] for one in found["tables"])
    assert {"signature_grams"} <= set(tables["signature"]["indexes"])


@pytest.mark.parametrize(
    ("what", "holds"),
    [
        ("intake ratio, 16 clients", True),
        ("intake ratio, 64 clients", False),
        ("lifecycle growth", True),
        ("desk p95, ms", True),
        ("desk statements", False),
        ("warm start, s", False),
        ("web_mb", True),
        ("worker_mb", False),
    ],
)
def test_each_figure_is_held_against_its_limit(what: str, *, holds: bool) -> None:
    assert {one.what: one.holds for one in promised(RUN)}[what] is holds
