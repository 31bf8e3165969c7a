"""`bench desk` in its short form: the promised shape, few statements, every page at both sizes."""

import json

from tests.support.benching import bench

SHORT = ["desk", "--json", "--sizes", "1000,2000", "--asks", "10"]
PAGES = {
    "queue",
    "search_words",
    "search_places",
    "order",
    "board",
    "assessment",
    "history",
    "look_alikes",
}
SHAPE = ["page", "size", "p50_ms", "p95_ms", "cpu_ms", "statements", "growth"]


def test_every_page_is_measured_and_asks_ten_things_at_most() -> None:
    found = json.loads(bench(*SHORT)[-1])
    assert {tuple(row) for row in found["rows"]} == {tuple(SHAPE)}
    for size in (1000, 2000):
        rows = {row["page"]: row for row in found["rows"] if row["size"] == size}
        assert set(rows) >= PAGES
        assert {
            page: row["statements"] for page, row in rows.items() if row["statements"] > 10
        } == {}
