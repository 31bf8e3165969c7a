"""定时: what `rq cron` puts on the queues: the floor under lost nudges, and the sweeps.

Intervals, not cron strings: those follow the machine's own time zone, and a clock that was away at
ten past midnight must still anchor the day. Each job finds by itself what is due. A job that waited
longer than its ttl is dropped: another has taken its place.
"""

from typing import Final

from rq import cron

from workers import (
    bulletins,
    delivery,
    duty,
    exports,
    intake,
    partner_files,
    scanning,
    sweeps,
    tables,
    wechat,
)
from workers.queues import DELIVERY, INTAKE

DRAIN_EVERY: Final = 3  # seconds
ANCHOR_EVERY: Final = 600
CLEAN_EVERY: Final = 3600
TABLES_EVERY: Final = 10
MEDIA_EVERY: Final = 10
TALKS_EVERY: Final = 60
SCAN_EVERY: Final = 10
DUTY_EVERY: Final = 20
REPLAY_EVERY: Final = 600
WARN_EVERY: Final = 60
COUNT_EVERY: Final = 20

for job, queue, seconds in (
    (intake.drain, INTAKE, DRAIN_EVERY),
    (delivery.drain, DELIVERY, DRAIN_EVERY),
    (duty.call, DELIVERY, DUTY_EVERY),
    (delivery.replay, DELIVERY, REPLAY_EVERY),
    (tables.drain, DELIVERY, TABLES_EVERY),
    (exports.drain, DELIVERY, TABLES_EVERY),
    (sweeps.count_cohorts, DELIVERY, COUNT_EVERY),
    (wechat.fetch_media, DELIVERY, MEDIA_EVERY),
    (partner_files.fetch_files, DELIVERY, MEDIA_EVERY),
    (wechat.finish_talks, DELIVERY, TALKS_EVERY),
    (scanning.scan_files, DELIVERY, SCAN_EVERY),
    (sweeps.anchor_history, DELIVERY, ANCHOR_EVERY),
    (sweeps.clean_up, DELIVERY, CLEAN_EVERY),
    (sweeps.forget_what_ended, DELIVERY, CLEAN_EVERY),
    (sweeps.check_routing, DELIVERY, CLEAN_EVERY),
    (bulletins.draft_last, DELIVERY, CLEAN_EVERY),
    (sweeps.check_calendar, DELIVERY, CLEAN_EVERY),
    (sweeps.hand_over_joint, DELIVERY, WARN_EVERY),
    (sweeps.warn_of_due_dates, DELIVERY, WARN_EVERY),
    (sweeps.look_after_rewards, DELIVERY, WARN_EVERY),
):
    cron.register(
        job, queue, interval=seconds, ttl=2 * seconds, result_ttl=0, failure_ttl=CLEAN_EVERY
    )
