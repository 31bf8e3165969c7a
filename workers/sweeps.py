"""What is done by the clock alone: clean up, anchor the history. Each may run twice."""

import structlog

from hotline.steps.anchor import anchor
from hotline.steps.expire_drafts import expire_drafts
from hotline.steps.sweep import forget_visits
from workers.job import run, utc_now

log = structlog.get_logger()


def clean_up() -> None:
    """Expired drafts with their files; old sessions, links and counts."""
    run(_clean_up())


def anchor_history() -> None:
    """The day's anchor, from ten past midnight in Shanghai on."""
    run(_anchor_history())


async def _clean_up() -> None:
    gone = await expire_drafts(utc_now())
    await forget_visits(utc_now())
    if gone:
        log.info("sweep.drafts", gone=gone)


async def _anchor_history() -> None:
    for line in await anchor(utc_now()):
        log.info("history.anchored", tenant=line.tenant_id, day=f"{line.day}", heads=line.heads)
