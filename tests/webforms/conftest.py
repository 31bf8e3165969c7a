"""Browsers at the real application, with real database and queue."""

from collections.abc import AsyncIterator

import httpx
import pytest
import redis

from hotline.commands.launch.services import Services
from tests.support.machine import Machine, new_machine
from tests.support.visitor import Visitor
from tests.support.windows import whole_window
from webforms.app import create_app

ADDRESS = "http://hotline.test"


@pytest.fixture
async def client(db: Services, queues: "redis.Redis") -> AsyncIterator[httpx.AsyncClient]:
    """One browser's connection."""
    del db, queues
    transport = httpx.ASGITransport(create_app(), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as client:
        yield client


@pytest.fixture
async def counting() -> None:
    """For a test that tries something until it is too often."""
    await whole_window()


@pytest.fixture
def visitor(client: httpx.AsyncClient) -> Visitor:
    """Somebody who has not been here before."""
    return Visitor(client)


@pytest.fixture
async def machine(client: httpx.AsyncClient) -> Machine:
    """A partner's program with a key for everything."""
    return await new_machine(client)
