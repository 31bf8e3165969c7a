"""The operator's commands on accounts and history, run as the operator runs them."""

import asyncio
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import pytest

from hotline.commands.launch.services import Services
from hotline.steps.enrol import accept_invite
from hotline.steps.invite import PATH
from tests.steps.builders import decided

ROOT = Path(__file__).parents[2]
START = """
import sys
from hotline import commands
from hotline.commands.launch.words import Trouble
try:
    sys.exit(commands.run(sys.argv[1], sys.argv[2:]))
except Trouble as trouble:
    sys.exit(f"error: {trouble}")
"""


@pytest.fixture
def home(db: Services, tmp_path: Path) -> dict[str, str]:
    """An installation of this test's own beside the database of the tests."""
    return {**os.environ, "HOTLINE_HOME": str(tmp_path)}


async def run(home: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """One command to its end."""
    return await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", START, *words],
        cwd=ROOT,
        env=home,
        capture_output=True,
        text=True,
        timeout=120,
    )


async def test_an_account_from_its_link_to_its_closing(db: Services, home: dict[str, str]) -> None:
    post = ("--roles", "handler,reviewer", "--jurisdiction", "522700")
    added = await run(home, "admin", "add", "Wang.Li", *post)
    assert added.returncode == 0, added.stderr
    token = added.stdout.strip().partition(PATH)[2]
    await accept_invite(token, "", "王某（虚构）", "correct horse battery", datetime.now(UTC))
    assert "wang.li" in (await run(home, "admin", "list")).stdout
    drawn = (await run(home, "admin", "password", "wang.li")).stdout.rpartition(": ")[2].strip()
    assert len(drawn) >= 20
    assert (await run(home, "admin", "close", "wang.li")).returncode == 0
    assert "closed" in (await run(home, "admin", "list")).stdout


async def test_what_cannot_be_done_is_one_line(db: Services, home: dict[str, str]) -> None:
    nobody = await run(home, "admin", "close", "nobody")
    wrong = await run(home, "admin", "add", "x1", "--roles", "king", "--jurisdiction", "522700")
    for refused in (nobody, wrong):
        assert refused.returncode == 1
        assert len(refused.stderr.strip().splitlines()) == 1


async def test_verify_history_says_whole_or_where_it_breaks(
    db: Services, home: dict[str, str]
) -> None:
    request = await decided()
    whole = await run(home, "verify-history", "--json")
    told = json.loads(whole.stdout.splitlines()[-1])
    assert (whole.returncode, told["whole"], told["chains"]) == (0, True, 2)
    owner = await asyncpg.connect(db.owner_url)
    await owner.execute("UPDATE event SET stage = 'x' WHERE aggregate_id = $1", request.id)
    await owner.close()
    broken = await run(home, "verify-history")
    assert broken.returncode == 1
    assert str(request.id) in broken.stdout
