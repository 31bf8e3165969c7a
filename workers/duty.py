"""值班: every alarm that is due calls its next rank; that nobody is listed is never silent."""

from typing import Final

import structlog

from hotline.steps.call_duty import call_duty
from workers.job import run, utc_now
from workers.queues import DELIVERY, wake

MOST: Final = 500

log = structlog.get_logger()


def call() -> int:
    """RQ job; may run twice. Returns how many alarms had a turn."""
    return run(call_all())


async def call_all() -> int:
    """Everything due; the messages go out by the delivery's own drain."""
    turns = 0
    while turns < MOST and (called := await call_duty(utc_now())):
        turns += 1
        if not called.people and not called.listed:
            log.error("duty.nobody", order=called.order)
        elif called.people and not called.listed:
            log.warning("duty.not_listed", order=called.order)
    if turns:
        wake(DELIVERY)
    return turns
