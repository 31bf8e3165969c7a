"""Each threat, and each who might learn something, names a test that is there."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
DOCS = TESTS.parent / "docs"


def rows(page: str, section: str) -> list[str]:
    """The lines of a table, without its head."""
    said = (DOCS / page).read_text("utf-8").partition(section)[2].partition("\n## ")[0]
    return [line for line in said.splitlines() if line.startswith("| ")][2:]


@pytest.mark.parametrize(
    ("page", "section"),
    [("threats.md", "# Threats"), ("security-model.md", "## Who could learn what")],
)
def test_each_threat_names_tests_that_are_there(page: str, section: str) -> None:
    sources = "\n".join(path.read_text("utf-8") for path in TESTS.rglob("test_*.py"))
    there = set(re.findall(r"def (test_\w+)\(", sources))
    named = [re.findall(r"`(test_\w+)`", row) for row in rows(page, section)]
    assert named
    assert all(named)
    assert {name for names in named for name in names} - there == set()
