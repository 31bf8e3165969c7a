"""How fast one worker empties the intake, beside the bare writes of the same rows in batches."""

import asyncio
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from uuid import UUID

import asyncpg

from hotline.commands.drilling.made_up import Author
from hotline.commands.launch import children
from hotline.commands.launch.children import Command
from hotline.commands.launch.home import CLONE, Home
from hotline.commands.launch.services import Services
from hotline.commands.launch.words import Trouble
from hotline.records import new_id
from workers.queues import INTAKE, wake

PATIENCE: Final = 240.0
BATCH: Final = 200
MEGABYTE: Final = 2**20
LEFT: Final = "SELECT count(*) FROM service_request WHERE stage = 'received'"
RATE: Final = """
SELECT count(*) / greatest(extract(epoch FROM max(decided_at) - min(decided_at)), 0.001)
FROM service_request WHERE id = ANY($1)
"""
# What a decision that opens an order writes, as bare as it can be said.
RAW: Final = """
WITH given AS (SELECT * FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[])
  AS t(id, order_id, one, grams)),
request AS (UPDATE service_request r SET stage = 'accepted', version = 2, title = '虚构',
  text = repeat('虚构', 70), decided_at = now() FROM given g
  WHERE r.tenant_id = $1 AND r.id = g.id),
signed AS (INSERT INTO signature (id, tenant_id, registered_at, grams, words, title_words)
  SELECT id, $1, now(), grams::int[], grams::int[], '{}' FROM given),
opened AS (INSERT INTO work_order (id, tenant_id, jurisdiction, number, stage, kinds, title,
    emergency, first_request_id, opened_at, ruled, redo_count, report_count, historical, version)
  SELECT order_id, $1, $1, left(md5(order_id::text), 24), 'dispatched', '{}', '虚构', false, id,
    now(), false, 0, 1, false, 2 FROM given),
member AS (INSERT INTO membership (id, tenant_id, request_id, order_id, relation, reasons, by,
    from_at)
  SELECT one, $1, id, order_id, 'first', '{}', 'bench', now() FROM given),
happened AS (INSERT INTO event (id, tenant_id, aggregate, aggregate_id, seq, step, stage,
    actor_kind, actor_id, at, commitment, digest)
  SELECT gen_random_uuid(), $1, 'bench', one, n, 'accept', 'accepted', 'system', 'bench', now(),
    sha256('x'), sha256('x') FROM given, generate_series(1, 3) n),
held AS (INSERT INTO held (id, tenant_id, order_id, department, duty, from_at)
  SELECT one, $1, order_id, 'bench', 'lead', now() FROM given),
timed AS (INSERT INTO clock (id, tenant_id, holder, holder_id, scheme, started_at, unit, count,
    rolls, provisional, is_right, due_on, due_at)
  SELECT gen_random_uuid(), $1, 'order', one, 'bench' || n, now(), 'day', 1, false, false, false,
    current_date, now() FROM given, generate_series(1, 3) n),
told AS (INSERT INTO message (id, tenant_id, thread, seq, template, template_version, recipient,
    request_id, fill, state, attempts, available_at, created_at)
  SELECT gen_random_uuid(), $1, 'bench:' || one, n, 'x', 1, 'reporter', id, '{}', 'sent', 0, now(),
    now() FROM given, generate_series(1, 2) n)
SELECT count(*) FROM given
"""


async def raw_rate(owner_url: str, tenant_id: str, ids: Sequence[UUID], author: Author) -> float:
    """Reports a second whose rows one connection writes, batch after batch."""
    grams = [f"{{{','.join(map(str, author.report().grams))}}}" for _ in ids]
    owner = await asyncpg.connect(owner_url)
    began = time.perf_counter()
    try:
        for first in range(0, len(ids), BATCH):
            some = list(ids[first : first + BATCH])
            fresh = ([new_id() for _ in some] for _ in range(2))
            await owner.fetchval(RAW, tenant_id, some, *fresh, grams[first : first + len(some)])
    finally:
        await owner.close()
    return round(len(ids) / (time.perf_counter() - began), 1)


async def worker_rate(services: Services, ids: Sequence[UUID]) -> tuple[float, float]:
    """Reports a second from registered to decided by one real worker, and its memory in MB."""
    owner = await asyncpg.connect(services.owner_url)
    worker = _worker(services)
    try:
        wake(INTAKE)
        until = time.monotonic() + PATIENCE
        while await owner.fetchval(LEFT):
            if time.monotonic() > until or worker.poll() is not None:
                raise Trouble("压测用的后台进程没有完成", "the worker of the bench did not finish")
            await asyncio.sleep(0.2)
        rate = await owner.fetchval(RATE, list(ids))
        return round(float(rate), 1), resident(worker.pid)
    finally:
        children.stop(worker, signal.SIGTERM, signal.SIGTERM)
        await owner.close()


def _worker(services: Services) -> "subprocess.Popen[bytes]":
    argv = [sys.executable, "-m", "hotline", "worker", "intake"]
    log = Home(Path(services.home)).log / "bench-worker.log"
    surroundings = {**os.environ, **services.for_children(), "PYTHONPATH": str(CLONE)}
    return children.start(Command(argv, log, surroundings, folder=CLONE))


def resident(pid: int) -> float:
    """Memory of a process in MB, as the kernel counts it."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return round(pages * resource.getpagesize() / MEGABYTE, 1)
