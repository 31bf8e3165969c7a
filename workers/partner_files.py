"""对方附件: fetch what platforms point to; a platform that is away keeps nobody else waiting."""

import time
from typing import Final

import structlog

from hotline.errors import StepRefused
from hotline.settings import settings
from hotline.steps.partner_files import (
    Pointed,
    address_of,
    file_done,
    file_failed,
    keep_file,
    lease_files,
)
from notifications.fetching import FetchFailed, fetched
from workers.job import run, utc_now

LONGEST: Final = 30.0  # seconds; messages to people wait on the same line
TWICE: Final = "file.twice"

log = structlog.get_logger()


def fetch_files() -> int:
    """RQ job; may run twice, may run beside another. Returns how many it settled."""
    return run(fetch_all())


async def fetch_all() -> int:
    """One after the other, for as long as the time lasts and platforms answer.

    Leased one at a time: what was not tried has used up no try.
    """
    settled, until = 0, time.monotonic() + LONGEST
    while time.monotonic() < until and (found := await lease_files(1, utc_now())):
        is_over = await _fetch(found[0])
        if is_over is None:
            break  # a platform is away: nobody else waits for it
        settled += is_over
    return settled


async def _fetch(one: Pointed) -> bool | None:
    """Whether it is settled; None when nobody answered at all."""
    address = await address_of(one)
    if address is None:
        await file_done(one)
        return True
    try:
        content = await fetched(address, settings().outgoing_within)
        await keep_file(one, address, content, utc_now())
    except FetchFailed as failed:
        is_over = await _failed(one, failed.code, permanent=failed.permanent)
        return None if failed.away else is_over
    except StepRefused as refused:
        if refused.key != TWICE:
            return await _failed(one, refused.key, permanent=True)
    await file_done(one)
    return True


async def _failed(one: Pointed, error: str, *, permanent: bool) -> bool:
    over = await file_failed(one, error, utc_now(), permanent=permanent)
    if over:
        log.error("partner.file_failed", error=error, attempts=one.attempts)
    return over
