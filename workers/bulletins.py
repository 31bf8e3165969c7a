"""通报: last month's bulletin, and in January last year's, is drafted once the span is over."""

from datetime import timedelta

import structlog

from hotline.errors import StepRefused
from hotline.policy.store import packs
from hotline.rules.clocks import SHANGHAI
from hotline.rules.release import BULLETINS
from hotline.steps.draft_bulletin import draft_bulletin, worth
from workers.job import run, utc_now

log = structlog.get_logger()


def draft_last() -> int:
    """RQ job; may run twice: a span has one bulletin. Returns how many it drafted."""
    return run(_draft_last())


async def _draft_last() -> int:
    now, drafted = utc_now(), 0
    today = now.astimezone(SHANGHAI).date()
    for pack in (await packs()).serving():
        for kind in BULLETINS:
            last = today.replace(day=1) - timedelta(days=1)
            if not await worth(pack, kind, last, now):
                continue
            try:
                await draft_bulletin(pack.code, kind, last, now=now)
                drafted += 1
            except StepRefused as refused:  # somebody at the desk was first
                log.info("bulletin.not_drafted", key=refused.key)
    return drafted
