"""The operator's command on API keys, run as the operator runs it."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hotline.commands.launch.services import Services
from hotline.lookups import api_key as lookup
from hotline.rules.terms import Scope
from tests.commands.test_operator import run


@pytest.fixture
def home(db: Services, tmp_path: Path) -> dict[str, str]:
    """An installation of this test's own beside the database of the tests."""
    del db
    return {**os.environ, "HOTLINE_HOME": str(tmp_path)}


def shown(said: str) -> str:
    return said.strip().rpartition(": ")[2]


async def test_a_key_from_its_making_to_its_end(home: dict[str, str]) -> None:
    post = ("--jurisdiction", "522700", "--scope", "reports:read", "--per-minute", "30")
    added = await run(home, "key", "add", "county-app", *post)
    first = shown(added.stdout)
    assert (added.returncode, first[:3]) == (0, "hk_"), added.stderr
    second = shown((await run(home, "key", "rotate", "county-app")).stdout)
    listed = (await run(home, "key", "list")).stdout
    lookup.forget()
    holders = [await lookup.key_holder(key, datetime.now(UTC)) for key in (first, second)]
    assert [holder and holder.scopes for holder in holders] == [{Scope.REPORTS_READ}] * 2
    assert "reports:read\t30/min\t启用" in listed
    assert first not in listed
    assert second not in listed

    assert (await run(home, "key", "revoke", "county-app")).returncode == 0

    lookup.forget()
    assert await lookup.key_holder(second, datetime.now(UTC)) is None
    assert "revoked" in (await run(home, "key", "list")).stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "County App", "--jurisdiction", "522700"), "a-z, 0-9"),
        (("add", "x", "--jurisdiction", "990000"), "no pack"),
        (("revoke", "nobody"), "no such key"),
    ],
)
async def test_what_cannot_be_done_is_one_line(
    home: dict[str, str], words: tuple[str, ...], said: str
) -> None:
    refused = await run(home, "key", *words)

    assert refused.returncode == 1
    assert said in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1
