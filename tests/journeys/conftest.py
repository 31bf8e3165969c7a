"""The people and machines of the stories."""

from collections.abc import AsyncIterator

import httpx
import pytest
import redis

from hotline.commands.launch.services import Services
from tests.support.sender import Sender, application, new_partner


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
