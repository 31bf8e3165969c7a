"""发件箱: a step queues what must be said; a worker says it later, in order, thread by thread."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from hotline.database import row, rows
from hotline.records import Message, ServiceRequest, Vault, WorkOrder
from hotline.records.sealing import open_envelope


async def tell_reporter(
    request: ServiceRequest,
    template: str,
    now: datetime,
    fill: Mapping[str, Any] | None = None,
    *,
    secret: str = "",
) -> None:
    """Queue one message to a reporter; it also shows on the progress page. Never for history.

    Whoever did not ask for a reply is not written to: somebody else may read that mailbox.

    `fill` holds ids and short facts only; `secret` (a query code) is sealed under the 来件's key.
    """
    if request.historical:
        return
    vault = await Vault.get(tenant_id=request.tenant_id, id=request.id)
    is_asked = vault.contact is not None and request.wants_reply
    sealed = None
    if secret and is_asked:
        envelope = open_envelope(request.tenant_id, request.id, vault.kek_id, vault.wrapped_key)
        sealed = envelope.seal("message", secret.encode())
    thread = f"request:{request.id}"
    await Message.create(
        tenant_id=request.tenant_id,
        thread=thread,
        seq=await _next_seq(request.tenant_id, thread),
        template=template,
        recipient="reporter",
        request_id=request.id,
        fill=dict(fill or {}),
        sealed_fill=sealed,
        state="queued" if is_asked else "unreachable",
        available_at=now,
        created_at=now,
    )


async def tell_department(
    order: WorkOrder, department: str, template: str, now: datetime, **fill: Any
) -> None:
    """Queue one message to a department's desk: number and term, nothing of the reporter."""
    if order.historical:
        return
    thread = f"order:{order.id}:{department}"[:96]
    # two reports of one order may have something to tell at once, each under its own lock
    await rows("SELECT pg_advisory_xact_lock(hashtext($1))", thread)
    await Message.create(
        tenant_id=order.tenant_id,
        thread=thread,
        seq=await _next_seq(order.tenant_id, thread),
        template=template,
        recipient="department",
        department=department,
        order_id=order.id,
        fill=fill,
        state="queued",
        available_at=now,
        created_at=now,
    )


async def _next_seq(tenant_id: str, thread: str) -> int:
    found = await row(
        "SELECT coalesce(max(seq), 0) + 1 AS seq FROM message WHERE tenant_id = $1 AND thread = $2",
        tenant_id,
        thread,
    )
    assert found is not None
    return int(found["seq"])
