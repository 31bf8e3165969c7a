"""查毒: which files wait for the scanner, and what it said; an infected one is handed to nobody."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from hotline.database import rows, transaction
from hotline.records import Attachment, ServiceRequest, WorkOrder, files
from hotline.records.sealing import UnreadableError, open_envelope
from hotline.steps.outbox import tell_department, tell_reporter
from hotline.steps.send import pause_after
from hotline.steps.staged_files import INFECTED_WITH
from hotline.steps.tell_seated import About, Matter, deciders, tell_seated

LEASE: Final = timedelta(minutes=3)
MOST_ATTEMPTS: Final = 5
INFECTED_IN: Final = "order.infected"
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

# nothing when a second scan beside this one has told it
HELD_BY: Final = """
WITH held AS MATERIALIZED (
  SELECT order_id, request_id FROM attachment WHERE tenant_id = $1 AND id = $2
    AND scan <> 'infected' FOR NO KEY UPDATE)
SELECT coalesce(h.order_id, m.order_id) AS order_id, h.request_id FROM held h
LEFT JOIN membership m ON m.tenant_id = $1 AND m.request_id = h.request_id AND m.to_at IS NULL
WHERE coalesce(h.order_id, m.order_id, h.request_id) IS NOT NULL
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
    """What the scanner said of it. Of a virus is told, once, who sent the file, and who leads the
    matter; while nobody does, who decides whose it is. A draft's is told with its report."""
    async with transaction():
        if virus and (held := await rows(HELD_BY, one.tenant_id, one.id)):
            await _tell(one, held[0], now)
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


async def _tell(one: Unscanned, held: dict[str, Any], now: datetime) -> None:
    request = await ServiceRequest.get_or_none(tenant_id=one.tenant_id, id=held["request_id"])
    if request:
        await tell_reporter(request, INFECTED_WITH, now)
    if request and held["order_id"] is None:
        return await _tell_deciders(one, request, now, report=request.number)
    order = await WorkOrder.get(tenant_id=one.tenant_id, id=held["order_id"])
    if order.lead:
        return await tell_department(order, order.lead, INFECTED_IN, now, number=order.number)
    first = await ServiceRequest.get(tenant_id=one.tenant_id, id=order.first_request_id)
    return await _tell_deciders(one, first, now, order_id=order.id)


async def _tell_deciders(
    one: Unscanned, request: ServiceRequest, now: datetime, **about: Any
) -> None:
    if request.historical:
        return
    where = one.tenant_id, request.jurisdiction
    matter = Matter(*where, request.kinds, about.get("order_id"))
    told = await deciders(matter, request.body)
    which = About(*where, f"infected:{one.id}", **about)
    await tell_seated(told, "duty.infected", which, now)


async def _update(one: Unscanned, **columns: object) -> None:
    await Attachment.filter(tenant_id=one.tenant_id, id=one.id).update(**columns)
