"""Counted tries: many at once are counted each, and a new window begins from nothing."""

import asyncio
from datetime import timedelta

import pytest

from hotline.commands.launch.services import Services
from hotline.errors import TooMany
from hotline.records import Attempt
from hotline.steps.attempt import Bucket, Limit, count_attempt
from tests.steps.builders import NOW

LIMIT = Limit(3, timedelta(minutes=15))
BUCKET = Bucket("520000", "query_code", "203.0.113.7")


async def test_the_try_after_the_last_allowed_one_waits_for_the_window_to_end(
    db: Services,
) -> None:
    assert [await count_attempt(BUCKET, LIMIT, NOW) for _ in range(3)] == [1, 2, 3]
    with pytest.raises(TooMany) as refused:
        await count_attempt(BUCKET, LIMIT, NOW + timedelta(minutes=10))
    assert refused.value.retry_after == 300


async def test_tries_at_once_are_each_counted(db: Services) -> None:
    tries = [count_attempt(BUCKET, LIMIT, NOW) for _ in range(9)]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(one, TooMany) for one in outcomes) == 6


async def test_another_doer_and_another_window_are_counted_apart(db: Services) -> None:
    for _ in range(3):
        await count_attempt(BUCKET, LIMIT, NOW)
    assert await count_attempt(Bucket("520000", "query_code", "203.0.113.8"), LIMIT, NOW) == 1
    assert await count_attempt(BUCKET, LIMIT, NOW + timedelta(minutes=15)) == 1


async def test_who_tried_is_nowhere_to_be_read(db: Services) -> None:
    await count_attempt(BUCKET, LIMIT, NOW)
    (stored,) = await Attempt.all()
    assert b"203.0.113.7" not in stored.bucket
