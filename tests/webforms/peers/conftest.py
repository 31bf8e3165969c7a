"""A partner's key at the real service over real HTTP."""

from datetime import UTC, datetime

import pytest

from hotline.commands.launch.services import Services
from hotline.rules.terms import Scope
from hotline.steps.api_key import KeyWish, add_key


@pytest.fixture
async def key(db: Services) -> str:
    """Good for everything, and often."""
    del db
    wish = KeyWish("peer", "522700", frozenset(Scope), per_minute=100_000)
    return (await add_key(wish, datetime.now(UTC))).key
