"""Each threat names a test that is there."""

import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
TABLE = TESTS.parent / "docs" / "threats.md"


def test_each_threat_names_tests_that_are_there() -> None:
    rows = [line for line in TABLE.read_text("utf-8").splitlines() if line.startswith("| ")][2:]
    sources = "\n".join(path.read_text("utf-8") for path in TESTS.rglob("test_*.py"))
    there = set(re.findall(r"def (test_\w+)\(", sources))
    named = [re.findall(r"`(test_\w+)`", row) for row in rows]
    assert all(named)
    assert {name for names in named for name in names} - there == set()
