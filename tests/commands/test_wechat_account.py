"""公众号: an account is connected by the operator; its secrets are shown once. Made up（虚构）."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hotline.commands.launch.services import Services
from hotline.database import row
from hotline.lookups import wechat_account
from tests.commands.test_operator import ROOT, START
from tests.support.wechat import APP_ID, APP_SECRET


def run(home: dict[str, str], *words: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
    """One command to its end."""
    return subprocess.run(
        [sys.executable, "-c", START, "channel", *words],
        cwd=ROOT,
        env=home,
        input=typed,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def home(db: Services, tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "PUBLIC_URL": "https://hotline.example"}


async def test_an_account_from_its_secrets_to_its_end(home: dict[str, str]) -> None:
    add = ("add", "qiannan", "--wechat", "--jurisdiction", "522700", "--app-id", APP_ID)
    added = run(home, *add, typed=f"{APP_SECRET}\n")
    assert added.returncode == 0, added.stderr
    assert "https://hotline.example/hooks/wechat/qiannan" in added.stdout
    assert APP_SECRET not in added.stdout
    wechat_account.forget()
    held = await wechat_account.wechat_account("qiannan")
    assert held
    assert held.token in added.stdout
    assert (held.app_secret, len(held.aes_key)) == (APP_SECRET, 43)
    assert run(home, *add, typed=f"{APP_SECRET}\n").returncode == 1

    renewed = run(home, "rotate", "qiannan", "--wechat")
    assert held.token not in renewed.stdout
    listed = run(home, "list").stdout
    assert "qiannan\twechat\t522700" in listed
    assert run(home, "retire", "qiannan", "--wechat").returncode == 0
    assert await row("SELECT active FROM wechat_account") == {"active": False}


def test_an_account_without_its_platform_id_is_refused(home: dict[str, str]) -> None:
    add = ("add", "x", "--wechat", "--jurisdiction", "522700")
    refused = run(home, *add, typed="\n")

    assert refused.returncode == 1
    assert len(refused.stderr.strip().splitlines()) == 1
