"""运行状况: what Prometheus reads, who may, and what an administrator is warned of. Made up."""

import dataclasses
from datetime import UTC, datetime

import httpx
import pytest
import redis

from hotline.commands.launch.home import Home
from hotline.database import rows
from hotline.lookups.ended import MEMORY, note
from hotline.rules.terms import Role
from hotline.settings import settings
from tests.support.sitting import CALLER, arrived, seat
from tests.support.visitor import Visitor
from webforms.admin import status


async def test_figures_are_counted_from_the_rows_and_read_with_the_token_alone(
    client: httpx.AsyncClient, queues: "redis.Redis", monkeypatch: pytest.MonkeyPatch
) -> None:
    await arrived()
    await rows("UPDATE work_order SET next_due_at = now() - interval '1 day'")
    await rows("UPDATE message SET available_at = now() - interval '1 hour', state = 'queued'")

    assert (await client.get("/metrics")).status_code == 403  # through a proxy on this machine
    held = dataclasses.replace(settings(), metrics_token="made-up")
    monkeypatch.setattr(status, "settings", lambda: held)
    assert (await client.get("/metrics", headers={"authorization": "Bearer x"})).status_code == 403
    told = (await client.get("/metrics", headers={"authorization": "Bearer made-up"})).text

    figures = dict(line.rsplit(" ", 1) for line in told.splitlines() if line[0] != "#")
    assert figures["hotline_orders_overdue"] == "1"
    assert float(figures["hotline_oldest_unsent_seconds"]) >= 3600
    assert figures['hotline_reports_today{door="web"}'] == "1"
    assert (figures["hotline_queue_up"], figures["hotline_jobs_failed"]) == ("1", "0")
    assert CALLER.phone not in told


async def test_live_and_ready(client: httpx.AsyncClient, queues: "redis.Redis") -> None:
    assert (await client.get("/healthz")).json() == {"status": "live"}
    answer = await client.get("/healthz/ready")
    assert answer.json() == {"status": "ready", "database": True, "queue": True}


async def test_an_administrator_sees_what_is_to_be_seen_to(
    visitor: Visitor, queues: "redis.Redis", monkeypatch: pytest.MonkeyPatch
) -> None:
    await arrived()
    await rows("UPDATE clock SET provisional = true, due_on = '2027-01-06'")
    admin = await seat(visitor, Role.ADMIN)
    log = Home(settings().home).make().log
    monkeypatch.setattr("hotline.lookups.ended.NAME", "ended-here.jsonl")
    (log / "ended-here.jsonl").unlink(missing_ok=True)
    note(log, "worker-intake", datetime.now(UTC), MEMORY)
    await admin.go("/status")
    assert "worker-intake 一天内意外结束 1 次，其中内存不足 1 次" in admin.text
    assert "需要处理" in admin.text
    assert "2027 年放假安排未录入" in admin.text
    await admin.go("/calendar")
    assert "calendar load" in admin.text
    assert "国办发明电" in admin.text
