"""The real service over real HTTP, and a partner's key."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from hotline.commands.launch.services import Services
from hotline.rules.terms import Scope
from hotline.steps.api_key import KeyWish, add_key
from tests.support.serving import serving


@pytest.fixture(scope="module")
def address(connected: Services) -> Iterator[str]:
    """Where the service answers; nothing on the way to it is asked for a proxy."""
    with pytest.MonkeyPatch.context() as environment, serving(connected) as found:
        environment.setenv("NO_PROXY", "127.0.0.1")
        yield found


@pytest.fixture
async def key(db: Services) -> str:
    """Good for everything, and often."""
    del db
    wish = KeyWish("peer", "522700", frozenset(Scope), per_minute=100_000)
    return (await add_key(wish, datetime.now(UTC))).key
