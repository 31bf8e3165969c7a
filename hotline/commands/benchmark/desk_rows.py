"""What desks read beside the orders: who holds them, their terms, what reporters said of them."""

from typing import Final

import asyncpg

# of every order that has no holder yet; with the figures of `fill`
ADDED: Final = (
    """
    CREATE TEMP TABLE bench_new AS SELECT o.* FROM work_order o WHERE NOT EXISTS
      (SELECT FROM held h WHERE h.tenant_id = o.tenant_id AND h.order_id = o.id)
    """,
    """
    INSERT INTO held (id, tenant_id, order_id, department, duty, from_at, to_at)
    SELECT gen_random_uuid(), $1, id, lead, 'lead', opened_at, closed_at FROM bench_new
    """,
    """
    INSERT INTO clock (id, tenant_id, holder, holder_id, scheme, started_at, unit, count, rolls,
      provisional, is_right, due_on, due_at, stopped_at, outcome)
    SELECT gen_random_uuid(), $1, 'order', id, 'handling', opened_at, 'calendar_day', 60, false,
      false, false, opened_at::date + 60, opened_at + interval '60 days', closed_at,
      CASE WHEN closed_at IS NOT NULL THEN
        CASE WHEN closed_at <= opened_at + interval '60 days' THEN 'kept' ELSE 'late' END END
    FROM bench_new
    """,
    """
    INSERT INTO clock (id, tenant_id, holder, holder_id, scheme, started_at, unit, count, rolls,
      provisional, is_right, due_on, due_at, stopped_at, outcome)
    SELECT gen_random_uuid(), $1, 'request', first_request_id, 'notice', opened_at, 'calendar_day',
      15, false, false, false, opened_at::date + 15, opened_at + interval '15 days', opened_at,
      CASE WHEN redo_count = 0 THEN 'kept' ELSE 'late' END FROM bench_new
    """,
    """
    INSERT INTO feedback (id, tenant_id, request_id, order_id, at, score, solved, wants_redo, text)
    SELECT gen_random_uuid(), $1, first_request_id, id, closed_at,
      1 + (extract(epoch FROM opened_at)::bigint % 5), redo_count = 0, redo_count > 0, ''
    FROM bench_new WHERE closed_at IS NOT NULL AND id::text LIKE '%0'
    """,
    """
    INSERT INTO event (id, tenant_id, aggregate, aggregate_id, seq, step, stage, actor_kind,
      actor_id, at, commitment, digest)
    SELECT gen_random_uuid(), $1, 'order', id, s.seq, s.step, 'dispatched', 'system', 'intake',
      opened_at, decode(md5(number), 'hex'), decode(md5(number), 'hex')
    FROM bench_new CROSS JOIN (VALUES (1, 'open'), (2, 'dispatch')) s (seq, step)
    """,
)
# whoever calls has called before: some of the reports that came with the last growth
CALLED: Final = """
UPDATE service_request SET sender_index = $2 WHERE tenant_id = $1
AND id IN (SELECT first_request_id FROM bench_new ORDER BY opened_at DESC LIMIT 20)
"""
SWEPT: Final = ("held", "clock", "feedback", "event", "work_order", "service_request")


async def add_desk_rows(owner_url: str, tenant_id: str, caller: bytes = b"") -> None:
    """For the orders that came with the last growth, some of them by `caller`'s number."""
    owner = await asyncpg.connect(owner_url)
    try:
        await owner.execute("SET synchronous_commit = off; SET session_replication_role = replica")
        for sql in ADDED:
            await owner.execute(*((sql, tenant_id) if "$1" in sql else (sql,)))
        if caller:
            await owner.execute(CALLED, tenant_id, caller)
        await owner.execute("DROP TABLE bench_new")
        for table in SWEPT:
            await owner.execute(f"VACUUM ANALYZE {table}")
    finally:
        await owner.close()
