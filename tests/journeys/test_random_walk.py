"""A long walk by chance, two steps at a time: whatever people try, what must hold still holds."""

import asyncio
import os
from collections import Counter
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from hotline.commands.launch.services import Services
from hotline.database import rows
from hotline.errors import StepRefused
from hotline.lookups.history_check import check_history
from hotline.rules.lifecycle import ORDER_MOVES, next_order_stage, next_request_stage
from hotline.rules.terms import Aggregate, OrderStage, RequestStage, Step
from hotline.steps.decide import decide
from tests.journeys.walking import (
    TENANT,
    Act,
    Thing,
    Walk,
    order_acts,
    orders_now,
    report_acts,
    reports_now,
)
from tests.steps.builders import NOW, ODOUR, caller, registered

LONG = bool(os.environ.get("HOTLINE_TEST_LONG"))
STEPS = 10_000 if LONG else 350
SEEDS = (11, 12, 13) if LONG else (11, 12)
RECENT = 6
MUST = {"merge", "unmerge", "split", "extend", "forward", "take_back"}
RARELY = {
    "check",
    "review",
    "ask_review",
    "try_follow_up",
    "archive",
    "unarchive",
    "confirm_forward",
}
TEXTS = (
    ODOUR,
    ODOUR,
    "都匀市沙包堡街道某工地（虚构）夜间施工噪声很大。",
    "河水发黑发臭，有人偷排。",
    "瓮安县某采石场（虚构）扬尘很大，庄稼都白了。",
    "劳动纠纷，老板拖欠工资。",
)
RARE = {"deny_extension": 0.2, "answer": 0.5, "withdraw": 0.1}
RARE |= {"check": 0.3, "archive": 0.3, "try": 0.3, "ask_review": 0.5}
RARE |= {"forward": 0.15, "forward_report": 0.2}
RARE |= {"redo": 0.3, "object": 0.3, "merge": 0.3, "split": 0.3, "unmerge": 0.3}
PARTS = ("ask_extension", "deny_extension", "give_part", "finish_part", "waive_part")
ASKED = ("ask_review", "review", "try")
FITTING = {
    "opened": ("dispatch",),
    "forwarded": ("confirm_forward", "take_back", "confirm_report", "take_back_report"),
    "dispatched": ("sign", "object", "merge"),
    "returned": ("rule", "forward"),
    "signed": ("forward", "texts", "submit", "merge", "extend", *PARTS),
    "submitted": ("check", "answer", "send_back", "extend"),
    "answered": ("close", "publish", "redo", "rate", "split", *ASKED),
    "closed": ("publish", "redo", "rate", "split", "archive", "unarchive", *ASKED),
    "closed_interim": ("close", "publish", "redo", "check"),
    "withdrawn": (),
    "merged": ("unmerge",),
    "triage": ("forward_report", "accept", "join", "refuse", "spot"),
    "accepted": ("supplement", "unmask", "split"),
    "refused": ("accept",),
}
OVER = ("closed", "closed_interim", "withdrawn", "merged", "forwarded")
# parting may end the order that is left, or hand it on by the reports that stay
PARTED = {"withdrawn", "dispatched", "opened"}
REVIVED = {stage.value for stage, step in ORDER_MOVES if step is Step.MERGE} | {"withdrawn"}


@pytest.mark.parametrize("seed", SEEDS)
async def test_whatever_people_try_the_books_still_agree(db: Services, seed: int) -> None:
    walk = Walk(Random(seed), NOW)
    tried = await walked(walk)
    assert tried["done"] > STEPS / 4, tried
    taken = {one["step"] for one in await rows("SELECT DISTINCT step FROM event")}
    assert MUST | (RARELY if LONG else set()) <= taken

    assert (await check_history()).breaks == []
    await every_event_follows_the_table()
    await stages_are_those_of_the_last_event()
    await every_running_order_has_one_lead()
    await clocks_agree_with_stages()
    await archived_orders_rest()
    await no_part_is_open_where_the_lead_has_submitted()
    await everybody_was_told_once()
    await whoever_was_answered_and_parted_was_told_so()
    await whoever_is_handed_an_order_was_told()


async def walked(walk: Walk) -> Counter[str]:
    """Reports come and people act, two at once."""
    tried: Counter[str] = Counter()
    for step in range(STEPS):
        walk.now += timedelta(minutes=walk.chance.choice((1, 7, 60, 600)))
        if step % 25 == 0:
            text = TEXTS[step // 25 % len(TEXTS)]
            receipt = await registered(text, contact=caller("13900000021"), wants_reply=True)
            await decide(TENANT, receipt.request_id, walk.now)
        orders, reports = await orders_now(), await reports_now()
        acts = [one for _ in range(2) for one in chosen(walk, orders, reports)]
        tried.update(await asyncio.gather(*(walk.take(act) for act in acts)))
    return tried


def chosen(walk: Walk, orders: list[Thing], reports: list[Thing]) -> list[Act]:
    """One act, on an order mostly; what its stage allows comes more often than what it does not."""
    if orders and walk.chance.random() < 0.8:
        at = _picked(walk, orders, 0.85)
        acts, fitting = order_acts(walk, at, orders), FITTING[at.stage]
    else:
        at = _picked(walk, reports, 0.4)
        acts, fitting = report_acts(walk, at, orders), FITTING.get(at.stage, ())
    weights = [RARE.get(name, 1) * (12 if name in fitting else 0.5) for name in acts]
    return walk.chance.choices(list(acts.values()), weights)


def _picked(walk: Walk, things: list[Thing], share: float) -> Thing:
    """A recent one in so many; an old one has come to rest and may be put away."""
    return walk.chance.choice(things[-RECENT:] if walk.chance.random() < share else things)


async def every_event_follows_the_table() -> None:
    events = await rows(
        "SELECT aggregate, aggregate_id, seq, step, stage FROM event"
        " WHERE aggregate IN ('order', 'request') ORDER BY aggregate, aggregate_id, seq"
    )
    stood: dict[Any, str] = {}
    for one in events:
        before, step = stood.get(one["aggregate_id"]), Step(one["step"])
        if before is not None:
            assert one["stage"] in _following(one["aggregate"], before, step), one
        stood[one["aggregate_id"]] = one["stage"]


def _following(aggregate: str, before: str, step: Step) -> set[str]:
    try:
        if aggregate == Aggregate.ORDER:
            if step is Step.UNMERGE and before == OrderStage.MERGED:
                return REVIVED
            after = {next_order_stage(OrderStage(before), step).value}
            after |= PARTED if step in (Step.SPLIT, Step.UNMERGE) else set()
            return after | ({"closed_interim"} if step is Step.CLOSE else set())
        return {next_request_stage(RequestStage(before), step).value}
    except StepRefused:
        return set()


async def stages_are_those_of_the_last_event() -> None:
    for table, aggregate in (("work_order", "order"), ("service_request", "request")):
        found = await rows(
            f"SELECT t.number, t.stage, t.version, e.stage AS said, e.seq FROM {table} t"
            " JOIN LATERAL (SELECT stage, seq FROM event WHERE aggregate = $1"
            " AND aggregate_id = t.id ORDER BY seq DESC LIMIT 1) e ON true"
            " WHERE t.stage <> e.stage OR t.version <> e.seq",
            aggregate,
        )
        assert found == []


async def every_running_order_has_one_lead() -> None:
    found = await rows(
        "SELECT o.number, o.stage, o.lead, array_remove(array_agg(h.department), NULL) AS held"
        " FROM work_order o LEFT JOIN held h ON h.order_id = o.id AND h.to_at IS NULL"
        " AND h.duty = 'lead' GROUP BY o.id, o.number, o.stage, o.lead"
    )
    for one in found:
        running = one["stage"] not in (*OVER, "opened") or one["stage"] == "closed_interim"
        assert one["held"] == ([one["lead"]] if running else []), one
    counted = await rows(
        "SELECT o.number FROM work_order o WHERE report_count <> (SELECT count(*)"
        " FROM membership m WHERE m.order_id = o.id AND m.to_at IS NULL) AND o.stage <> 'merged'"
    )
    assert counted == []


async def clocks_agree_with_stages() -> None:
    running = await rows(
        "SELECT o.number, o.stage, o.next_due_at, (SELECT min(due_at) FROM clock c"
        " WHERE c.holder_id = o.id AND c.stopped_at IS NULL AND NOT c.is_right) AS due"
        " FROM work_order o"
    )
    for one in running:
        assert one["next_due_at"] == one["due"], one
        assert one["due"] is None or one["stage"] not in ("closed", "withdrawn"), one
    granted = await rows(
        "SELECT id FROM clock c WHERE extended <> (SELECT coalesce(sum(count), 0)"
        " FROM term_extension e WHERE e.clock_id = c.id AND e.granted) OR extended > 30"
    )
    assert granted == []
    wrong = await rows("SELECT id FROM clock WHERE (stopped_at IS NULL) <> (outcome IS NULL)")
    assert wrong == []


async def archived_orders_rest() -> None:
    """Nothing runs under what is archived, and its last step is the archiving or beside it."""
    found = await rows(
        "SELECT o.number FROM work_order o WHERE o.archived_at IS NOT NULL AND (o.stage NOT IN"
        " ('closed', 'withdrawn') OR EXISTS (SELECT FROM clock c WHERE c.holder_id = o.id"
        " AND c.stopped_at IS NULL))"
    )
    assert found == []


async def no_part_is_open_where_the_lead_has_submitted() -> None:
    found = await rows(
        "SELECT o.number FROM work_order o JOIN order_part p ON p.order_id = o.id"
        " JOIN held h ON h.order_id = o.id AND h.department = p.department AND h.duty = 'co'"
        " AND h.to_at IS NULL WHERE p.done_at IS NULL AND p.waived_at IS NULL"
        " AND o.stage IN ('submitted', 'answered')"
    )
    assert found == []


TOLD = {
    "accept": ("request.accepted", "request.joined", "request.again"),
    "refuse": ("request.refused",),
    "answer": ("request.answered",),
    "answer_on_spot": ("request.answered_on_spot",),
    "close": ("request.closed",),
    "redo": ("request.redo",),
    "withdraw": ("request.withdrawn",),
    "forward": ("request.forwarded",),
    "confirm_forward": ("request.forward_confirmed",),
    "ask_review": ("request.review_asked",),
    "review": ("request.reviewed",),
}


async def everybody_was_told_once() -> None:
    for step, templates in TOLD.items():
        found = await rows(
            "SELECT r.number, (SELECT count(*) FROM event WHERE aggregate_id = r.id"
            " AND step = $1) AS done, (SELECT count(*) FROM message WHERE request_id = r.id"
            " AND template = ANY($2)) AS told FROM service_request r",
            step,
            list(templates),
        )
        assert [one for one in found if one["done"] != one["told"]] == [], step
    swapped = await rows(
        "SELECT thread FROM (SELECT thread, seq, created_at,"
        " lag(created_at) OVER (PARTITION BY thread ORDER BY seq) AS before FROM message) m"
        " WHERE seq < 1 OR created_at < before"
    )
    assert swapped == []


async def whoever_was_answered_and_parted_was_told_so() -> None:
    """Numbers in a thread are given when a message is written: what was lost leaves no gap."""
    found = await rows(
        "SELECT e.aggregate_id, e.seq FROM event e JOIN event b ON b.aggregate_id = e.aggregate_id"
        " AND b.seq = e.seq - 1 WHERE e.aggregate = 'request' AND e.step IN ('split', 'unmerge')"
        " AND b.stage IN ('answered', 'closed') AND 1 <> (SELECT count(*) FROM message m"
        " WHERE m.request_id = e.aggregate_id AND m.created_at = e.at"
        " AND m.template = 'request.separated_answered')"
    )
    assert found == []


async def whoever_is_handed_an_order_was_told() -> None:
    """A lead hears of it in the step that hands it over, takes it up again or revives it."""
    found = await rows(
        "SELECT h.order_id, h.department, h.from_at FROM held h WHERE h.duty = 'lead'"
        " AND NOT EXISTS (SELECT FROM message m WHERE m.order_id = h.order_id"
        " AND m.department = h.department AND m.created_at = h.from_at)"
    )
    assert found == []
