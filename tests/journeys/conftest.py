"""The people and machines of the stories."""

import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import redis

from hotline.commands.launch.services import Services
from hotline.policy.load import HERE
from tests.journeys.provinces import in_force
from tests.support.sender import Sender, application, new_partner

TURNED_ON = "turned-on"


@pytest.fixture
async def client(db: Services, queues: "redis.Redis") -> AsyncIterator[httpx.AsyncClient]:
    """A browser or a machine at the real application."""
    del db, queues
    async with application() as client:
        yield client


@pytest.fixture
async def partner(client: httpx.AsyncClient) -> Sender:
    """The city line, sending what it heard."""
    return await new_partner(client)


@pytest.fixture
async def five(db: Services, tmp_path: Path) -> AsyncIterator[None]:
    """The delivered packs with the one word changed, as an authority would."""
    for part in ("packs", "calendars"):
        shutil.copytree(HERE / part, tmp_path / part)
    for file in (tmp_path / "packs").glob("*/identity.toml"):
        text = file.read_text("utf-8")
        if 'parent = ""' not in text and "serves = false" in text:
            text = re.sub(r'^version = ".*"', f'version = "{TURNED_ON}"', text, flags=re.MULTILINE)
            file.write_text(text.replace("serves = false", "serves = true"), "utf-8")
    waiting = ("220000", "360000", "500000")
    async with in_force(tmp_path, db.owner_url) as added:
        assert sorted(added) == [f"{code} identity {TURNED_ON}" for code in waiting]
        yield
