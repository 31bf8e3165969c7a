"""查毒: which files wait for the scanner, and what it said; an infected one is handed to nobody."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from hotline.database import rows, transaction
from hotline.records import Attachment, WorkOrder, files
from hotline.records.sealing import UnreadableError, open_envelope
from hotline.steps.outbox import tell_department
from hotline.steps.send import pause_after

LEASE: Final = timedelta(minutes=3)
MOST_ATTEMPTS: Final = 5
CLEAN, INFECTED, UNSCANNABLE = "clean", "infected", "unscannable"

WAITING: Final = """
WITH c AS MATERIALIZED (
  SELECT tenant_id, id FROM attachment WHERE scan = 'unscanned' AND removed_at IS NULL
    AND (scan_due IS NULL OR scan_due <= $2)
  ORDER BY scan_due NULLS FIRST LIMIT $1 FOR UPDATE SKIP LOCKED)
UPDATE attachment a SET scan_due = $3 FROM c
WHERE a.tenant_id = c.tenant_id AND a.id = c.id
RETURNING a.tenant_id, a.id, a.scan_attempts AS attempts
"""

ORDER_OF: Final = """
WITH held AS MATERIALIZED (
  SELECT order_id, request_id FROM attachment WHERE tenant_id = $1 AND id = $2
    AND scan <> 'infected' FOR NO KEY UPDATE)
SELECT coalesce(h.order_id, m.order_id) AS order_id FROM held h
LEFT JOIN membership m ON m.tenant_id = $1 AND m.request_id = h.request_id AND m.to_at IS NULL
WHERE coalesce(h.order_id, m.order_id) IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Unscanned:
    """One file held by this worker."""

    tenant_id: str
    id: UUID
    attempts: int


async def lease_unscanned(limit: int, now: datetime) -> list[Unscanned]:
    """What is due and held by nobody else, the longest waiting first."""
    return [Unscanned(**one) for one in await rows(WAITING, limit, now, now + LEASE)]


async def content_of(one: Unscanned) -> bytes | None:
    """As it came; None when it was taken back or erased meanwhile."""
    found = await Attachment.get_or_none(
        tenant_id=one.tenant_id, id=one.id, removed_at__isnull=True
    )
    if found is None:
        return None
    try:
        envelope = open_envelope(found.tenant_id, found.id, found.kek_id, found.wrapped_key)
        return envelope.unseal("original", await files.get(found.stored))
    except (UnreadableError, FileNotFoundError):
        return None


async def scanned(one: Unscanned, virus: str, now: datetime) -> None:
    """What the scanner said of it; who leads the matter is told of a virus, once."""
    async with transaction():
        if virus and (order := await _order_of(one)) and order.lead:
            await tell_department(order, order.lead, "order.infected", now, number=order.number)
        await _update(one, scan=INFECTED if virus else CLEAN, scan_due=None)


async def not_scanned(one: Unscanned, now: datetime) -> bool:
    """Later again; True when it is left as it is: it stays unscanned for good, and says so."""
    attempts = one.attempts + 1
    over = attempts >= MOST_ATTEMPTS
    state = {"scan": UNSCANNABLE} if over else {}
    await _update(one, scan_attempts=attempts, scan_due=now + pause_after(attempts), **state)
    return over


async def scanner_away(held: list[Unscanned], now: datetime) -> None:
    """Nothing was learnt and no try is counted."""
    for one in held:
        await _update(one, scan_due=now + pause_after(1))


async def _order_of(one: Unscanned) -> WorkOrder | None:
    """Not when a second scan beside this one has told it."""
    found = await rows(ORDER_OF, one.tenant_id, one.id)
    if not found:
        return None
    return await WorkOrder.get(tenant_id=one.tenant_id, id=found[0]["order_id"])


async def _update(one: Unscanned, **columns: object) -> None:
    await Attachment.filter(tenant_id=one.tenant_id, id=one.id).update(**columns)
