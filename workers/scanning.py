"""查毒: files are scanned after they were received; nobody waits for it at the door."""

import time
from typing import Final

import structlog

from hotline.settings import settings
from hotline.steps.scan import (
    Unscanned,
    content_of,
    lease_unscanned,
    not_scanned,
    scanned,
    scanner_away,
)
from workers.clamd import NotScanned, ScannerAway, virus_in
from workers.job import run, utc_now

BATCH: Final = 10
LONGEST: Final = 20.0  # seconds; messages to people wait on the same line

log = structlog.get_logger()


def scan_files() -> int:
    """RQ job; may run twice, may run beside another. Returns how many have a verdict now."""
    return run(scan_all()) if settings().clamd_url else 0


async def scan_all() -> int:
    """Everything that is due, for as long as the scanner answers."""
    done, until = 0, time.monotonic() + LONGEST
    while time.monotonic() < until and (batch := await lease_unscanned(BATCH, utc_now())):
        for at, one in enumerate(batch):
            try:
                done += await _scan(one)
            except ScannerAway:
                await scanner_away(batch[at:], utc_now())
                log.warning("scan.away")
                return done
    return done


async def _scan(one: Unscanned) -> bool:
    content = await content_of(one)
    if content is None:
        return False
    try:
        virus = await virus_in(settings().clamd_url, content)
    except NotScanned:
        if await not_scanned(one, utc_now()):
            log.error("scan.given_up", tenant=one.tenant_id, attachment=f"{one.id}")
        return False
    await scanned(one, virus, utc_now())
    if virus:
        log.error("scan.infected", tenant=one.tenant_id, attachment=f"{one.id}", virus=virus[:80])
    return True
