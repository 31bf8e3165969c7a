"""Decided in one transaction, reports end as they would one after the other.

A larger crowd with HOTLINE_TEST_LONG.
"""

import asyncio
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest

from hotline.commands.launch.services import Services
from hotline.database import rows
from hotline.lookups.history_check import check_history
from hotline.records import ServiceRequest
from hotline.rules.terms import Channel, Wish
from hotline.steps.candidates import lately, rarity
from hotline.steps.decide import decide
from hotline.steps.register import register
from tests.conftest import empty_tables
from tests.steps.builders import NOW, REPORTER, a_delivery, a_report, caller
from workers import intake

FEW = 40
MANY = 300 if os.environ.get("HOTLINE_TEST_LONG") else FEW
COUNTIES = {"522701": "都匀市", "522702": "福泉市", "522725": "瓮安县"}
WHERE = ("环城路", "河滨公园旁", "火车站后", "某小区东门", "老街口")
WHO = ("塑料厂", "砖厂", "养殖场", "汽修店", "工地", "饭店")
WHAT = ("排放刺鼻臭气", "凌晨打桩噪声大", "污水直排小河", "冒黑烟", "乱倒建筑垃圾")
REST = ("已经一周了。", "望尽快处理！", "晚上更严重，老人孩子受不了。", "")
FACTS = """
SELECT r.stage, r.county, r.kinds, r.title, r.text, r.triage_cause, r.refuse_reason, r.version,
  (SELECT array_agg(s - 'order' - 'number' ORDER BY s->>'score', s->>'reasons')
   FROM jsonb_array_elements(r.suggestions::jsonb) s)::text AS suggested,
  (SELECT array_agg(ARRAY[e.seq::text, e.step, e.stage] ORDER BY e.seq) FROM event e
   WHERE e.aggregate_id = r.id) AS happened,
  (SELECT array_agg(ARRAY[c.scheme, c.due_on::text, c.outcome] ORDER BY c.scheme) FROM clock c
   WHERE c.holder_id = r.id) AS terms,
  (SELECT array_agg(ARRAY[m.template, m.state, m.fill - 'order' #>> '{}'] ORDER BY m.seq)
   FROM message m WHERE m.request_id = r.id) AS told,
  cardinality(s.grams) AS signed,
  (SELECT count(*) FROM service_request b WHERE b.registered_at < f.registered_at) AS first,
  o.relation, w.stage AS order_stage,
  w.lead, w.report_count,
  (SELECT array_agg(ARRAY[e.step, e.stage] ORDER BY e.seq) FROM event e
   WHERE e.aggregate_id = w.id) AS order_happened,
  (SELECT array_agg(ARRAY[c.scheme, c.due_on::text, c.outcome] ORDER BY c.scheme) FROM clock c
   WHERE c.holder_id = w.id) AS order_terms,
  (SELECT array_agg(ARRAY[h.department, h.duty] ORDER BY h.department) FROM held h
   WHERE h.order_id = w.id) AS held,
  (SELECT array_agg(m.template ORDER BY m.seq) FROM message m WHERE m.order_id = w.id) AS desks
FROM service_request r LEFT JOIN signature s ON s.id = r.id
LEFT JOIN membership o ON o.request_id = r.id LEFT JOIN work_order w ON w.id = o.order_id
LEFT JOIN service_request f ON f.id = w.first_request_id
ORDER BY r.registered_at
"""


async def test_a_crowd_decided_together_ends_as_one_after_the_other(db: Services) -> None:
    ids, now = await a_crowd(), datetime.now(UTC)
    known = replace(await rarity(now), lately=await lately(["520000"], now))
    for id in ids:
        await decide("520000", id, now, known)
    alone = await rows(FACTS)
    await empty_tables(db.owner_url)
    await lately(["520000"], now + timedelta(hours=1))  # as by a process that has just begun
    await a_crowd()
    assert await drained() == MANY
    together = await rows(FACTS)

    assert {one["stage"] for one in alone} == {"accepted", "triage", "refused"}
    # among hundreds the look-up is cut short, and which of those equally near it leaves is chance
    left_out = {"suggested", "triage_cause"} if MANY > FEW else set()
    for one, other in zip(alone, together, strict=True):
        assert {key for key in one if one[key] != other[key]} <= left_out, (one, other)
    written = await rows("SELECT count(DISTINCT xmin::text) AS n FROM signature")
    assert written[0]["n"] < MANY * 0.8
    assert (await check_history()).breaks == []


async def test_one_whose_writing_fails_harms_none_of_its_batch(db: Services) -> None:
    ids = await a_crowd()
    broken = ids[MANY // 2]
    await rows(
        "INSERT INTO event (id, tenant_id, aggregate, aggregate_id, seq, step, stage, actor_kind,"
        " actor_id, at, commitment, digest) SELECT gen_random_uuid(), tenant_id, aggregate,"
        " aggregate_id, 2, step, stage, actor_kind, actor_id, at, commitment, digest"
        " FROM event WHERE aggregate_id = $1",
        broken,
    )
    assert await drained() == MANY - 1
    left = await ServiceRequest.filter(stage="received")
    assert [(one.id, one.failure) for one in left] == [(broken, "IntegrityError")]


async def test_several_drains_at_once_wait_for_each_other_and_never_for_ever(
    db: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "BATCH", 12)  # for each of them to have its part
    await a_crowd()
    assert sum(await asyncio.gather(*(drained() for _ in range(3)))) == MANY
    assert await ServiceRequest.filter(failure__isnull=False).count() == 0
    twice = (
        "SELECT r.text FROM service_request r JOIN membership m ON m.request_id = r.id"
        " GROUP BY r.county, r.text HAVING count(DISTINCT m.order_id) > 1"
    )
    assert await rows(twice) == []
    assert (await check_history()).breaks == []


async def drained() -> int:
    """Job after job, for each ends after a few seconds; how many were decided."""
    decided = 0
    while some := await intake.drain_all():
        decided += some
    return decided


async def a_crowd() -> list[UUID]:
    """The same each time: some alike, some by the same caller, some that name no place."""
    chance, ids = Random(7), []
    for turn in range(MANY):
        county = chance.choice(list(COUNTIES))
        text = "".join(
            (COUNTIES[county], *map(chance.choice, (WHERE, ("某",), WHO, WHAT, REST)), "（虚构）")
        )
        given: dict[str, Any] = {"county": county, "wants_reply": chance.random() < 0.5}
        if turn % 9 == 8:
            text, given["wish"] = (
                f"{COUNTIES[county]}有人污染环境，{chance.choice(REST)}",
                Wish.COMPLAIN,
            )
        if turn % 11 == 5:
            text = f"{COUNTIES[county]}小区物业费太贵，业委会不作为，物业乱收费"
        if turn % 7 == 3:
            given["channel"] = Channel.LINE_12345
        report = a_report(text, contact=caller(f"1390000{turn % 23:04}"), **given)
        ids.append((await register(report, a_delivery(), by=REPORTER, now=NOW)).request_id)
    return ids
