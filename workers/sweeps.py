"""What is done by the clock alone: clean up, anchor the history. Each may run twice."""

import structlog

from hotline.lookups.calendar import missing
from hotline.lookups.rehearsal import broken_rows
from hotline.steps.anchor import anchor
from hotline.steps.batch_table import forget_tables
from hotline.steps.count_cohort import count_stalest
from hotline.steps.desk_export import forget_exports
from hotline.steps.expire_drafts import expire_drafts
from hotline.steps.forget_calls import forget_old_calls
from hotline.steps.forget_payees import forget_payees
from hotline.steps.joint import hand_over_waiting
from hotline.steps.lapse_reward import lapse_due
from hotline.steps.looking import forget_looks
from hotline.steps.recount_reward import look_again
from hotline.steps.retain import forget_aside, forget_ended
from hotline.steps.sweep import forget_visits
from hotline.steps.tell_reward import tell_approved
from hotline.steps.warn_due import warn_due
from hotline.steps.warn_public import warn_public
from hotline.steps.warn_referrals import warn_referrals
from workers.job import run, utc_now
from workers.queues import DELIVERY, INTAKE, wake

log = structlog.get_logger()


def clean_up() -> None:
    """Expired drafts with their files; old sessions, links and counts."""
    run(_clean_up())


def forget_what_ended() -> None:
    """保存期满: reports and set-aside deliveries whose term is over."""
    run(_forget_what_ended())


def anchor_history() -> None:
    """The day's anchor, from ten past midnight in Shanghai on."""
    run(_anchor_history())


def check_routing() -> None:
    """Rows of the routing tables in force that no longer work are never silent."""
    run(_check_routing())


def warn_of_due_dates() -> int:
    """Before, on and after a due date; what a clock that was away has missed is said once."""
    return run(_warn_of_due_dates())


def check_calendar() -> None:
    """A term that runs into a year nobody has announced is provisional, and never silent."""
    run(_check_calendar())


def look_after_rewards() -> int:
    """Counted again where something changed; told once approved; lapsed once it is too late."""
    return run(_look_after_rewards())


def count_cohorts() -> int:
    """The month of the assessment that was not counted for longest."""
    return run(_count_cohorts())


async def _count_cohorts() -> int:
    return await count_stalest(utc_now())


async def _look_after_rewards() -> int:
    if again := await look_again(utc_now()):
        log.warning("reward.counted_again", cases=again)
    told = await tell_approved(utc_now()) + await lapse_due(utc_now())
    if told:
        wake(DELIVERY)
    return told


def hand_over_joint() -> int:
    """What was asked of another province and has not reached it yet."""
    return run(_hand_over_joint())


async def _hand_over_joint() -> int:
    handed, stuck = await hand_over_waiting(utc_now())
    if handed:
        wake(INTAKE)
    if stuck:
        log.error("joint.stuck", orders=stuck)
    return handed


async def _warn_of_due_dates() -> int:
    told = 0
    while (warned := await warn_due(utc_now())).terms:
        told += warned.terms
        if warned.overdue:
            log.warning("due.overdue", terms=warned.overdue, without_supervisor=warned.unheard)
    told += await warn_referrals(utc_now())
    while (public := await warn_public(utc_now())).terms:
        told += public.terms
        if public.unheard:
            log.warning("public.unheard", terms=public.unheard)
    if told:
        wake(DELIVERY)
    return told


async def _check_calendar() -> None:
    for one in await missing():
        where = {"jurisdiction": one.jurisdiction, "year": one.year}
        log.error("calendar.missing", **where, provisional=one.terms)


async def _check_routing() -> None:
    for alarm in await broken_rows():
        where = {"jurisdiction": alarm.jurisdiction, "row": alarm.row, "about": alarm.about}
        log.error("routing.broken", **where, what=alarm.what)


async def _clean_up() -> None:
    gone = await expire_drafts(utc_now())
    await forget_visits(utc_now())
    await forget_old_calls(utc_now())
    await forget_tables(utc_now())
    await forget_exports(utc_now())
    await forget_looks(utc_now())
    if gone:
        log.info("sweep.drafts", gone=gone)


async def _forget_what_ended() -> None:
    now = utc_now()
    gone = {"reports": await forget_ended(now), "aside": await forget_aside(now)}
    gone["payees"] = await forget_payees(now)
    if any(gone.values()):
        log.info("sweep.retention", **gone)


async def _anchor_history() -> None:
    for line in await anchor(utc_now()):
        log.info("history.anchored", tenant=line.tenant_id, day=f"{line.day}", heads=line.heads)
