"""docs/mechanisms.md: every row says where it stands, and every test and page it names exists."""

import re
from pathlib import Path

from webforms.routes import ROUTES

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "mechanisms.md").read_text("utf-8")
ROWS = [line for line in TEXT.splitlines() if line.startswith("| ") and " --- " not in line]
MECHANISMS = [row for row in ROWS if not row.startswith("| mechanism")]
NAMED = re.compile(r"`(tests/[a-z0-9_/]+\.py)(?:::(test_[a-z0-9_]+))?`")
PAGE = re.compile(r"page `(/[a-z/]*)`")
STANDS = ("**works**", "**part**", "**not yet**", "**outside**")


def test_every_mechanism_says_where_it_stands() -> None:
    assert len(MECHANISMS) == 41
    for row in MECHANISMS:
        stands = row.split(" | ")[2]
        assert stands.startswith(STANDS), row
        if stands.startswith(STANDS[:2]):
            assert NAMED.search(stands) or PAGE.search(stands), row


def test_every_test_that_is_named_exists() -> None:
    named = NAMED.findall(TEXT)
    assert named
    for file, test in named:
        code = (ROOT / file).read_text("utf-8")
        assert not test or re.search(rf"^(?:async )?def {test}\(", code, re.MULTILINE), test


def test_every_page_that_is_named_exists() -> None:
    paths = {getattr(route, "path", "") for route in ROUTES}
    pages = PAGE.findall(TEXT)
    assert pages
    assert set(pages) <= paths
