"""运行状况: what Prometheus reads, who may, and what an administrator is warned of. Made up."""

import dataclasses

import httpx
import pytest
import redis

from hotline.database import rows
from hotline.rules.terms import Role
from hotline.settings import settings
from tests.support.sitting import CALLER, arrived, seat
from tests.support.visitor import Visitor
from webforms.admin import status


async def test_figures_are_counted_from_the_rows_and_read_by_the_machine_alone(
    client: httpx.AsyncClient, queues: "redis.Redis", monkeypatch: pytest.MonkeyPatch
) -> None:
    await arrived()
    await rows("UPDATE work_order SET next_due_at = now() - interval '1 day'")
    await rows("UPDATE message SET available_at = now() - interval '1 hour', state = 'queued'")

    told = (await client.get("/metrics")).text

    figures = dict(line.rsplit(" ", 1) for line in told.splitlines() if line[0] != "#")
    assert figures["hotline_orders_overdue"] == "1"
    assert float(figures["hotline_oldest_unsent_seconds"]) >= 3600
    assert figures['hotline_reports_today{door="web"}'] == "1"
    assert (figures["hotline_queue_up"], figures["hotline_jobs_failed"]) == ("1", "0")
    assert CALLER.phone not in told
    passed_on = {"x-forwarded-for": "203.0.113.9"}
    assert (await client.get("/metrics", headers=passed_on)).status_code == 403
    held = dataclasses.replace(settings(), metrics_token="made-up")
    monkeypatch.setattr(status, "settings", lambda: held)
    known = {**passed_on, "authorization": "Bearer made-up"}
    assert (await client.get("/metrics", headers=known)).status_code == 200


async def test_live_and_ready(client: httpx.AsyncClient, queues: "redis.Redis") -> None:
    assert (await client.get("/healthz")).json() == {"status": "live"}
    answer = await client.get("/healthz/ready")
    assert answer.json() == {"status": "ready", "database": True, "queue": True}


async def test_an_administrator_sees_what_is_to_be_seen_to(
    visitor: Visitor, queues: "redis.Redis"
) -> None:
    await arrived()
    await rows("UPDATE clock SET provisional = true, due_on = '2027-01-06'")
    admin = await seat(visitor, Role.ADMIN)
    await admin.go("/status")
    assert "需要处理" in admin.text
    assert "2027 年放假安排未录入" in admin.text
    await admin.go("/calendar")
    assert "calendar load" in admin.text
    assert "国办发明电" in admin.text
