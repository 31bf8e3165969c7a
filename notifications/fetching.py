"""取附件: one file from a platform, by the one way out; an error is a code and never an address."""

import asyncio
from collections.abc import Collection
from typing import Final

import httpx

from notifications import wire

TIMEOUT: Final = 30.0  # seconds for the whole: whoever answers drop by drop is left
MOST_BYTES: Final = 50 * 1024 * 1024
PASSING: Final = frozenset({408, 425, 429})


class FetchFailed(Exception):
    """Not fetched. `permanent`: another try would fail alike; `away`: there was no answer."""

    def __init__(self, code: str, *, permanent: bool = False, away: bool = False) -> None:
        super().__init__(code)
        self.code, self.permanent, self.away = code, permanent, away


async def fetched(address: str, allowed: Collection[str] = ()) -> bytes:
    """The file's bytes. FetchFailed; a redirect is an answer like any other and no file."""
    _check(address)
    try:
        async with (
            asyncio.timeout(TIMEOUT),
            wire.client(allowed=allowed, timeout=TIMEOUT, most=MOST_BYTES) as client,
        ):
            answer = await client.get(address)
    except wire.RefusedAddressError:
        raise FetchFailed("address.refused", permanent=True) from None
    except wire.RefusedAnswerError:
        raise FetchFailed("answer.refused", permanent=True) from None
    except (httpx.HTTPError, OSError) as error:
        raise FetchFailed(type(error).__name__, away=True) from None
    status = answer.status_code
    if status != httpx.codes.OK:
        passing = status >= 500 or status in PASSING
        raise FetchFailed(f"http.{status}", permanent=not passing)
    return answer.content


def _check(address: str) -> None:
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL:
        raise FetchFailed("address.form", permanent=True) from None
    if url.scheme not in ("http", "https") or not url.host:
        raise FetchFailed("address.form", permanent=True)
