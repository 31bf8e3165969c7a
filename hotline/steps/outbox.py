"""发件箱: a step queues what must be said; a worker says it later, in order, thread by thread."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from hotline.records import DutyAlarm, Message, ServiceRequest, Vault, WorkOrder, new_id
from hotline.records.sealing import open_envelope
from hotline.records.writing import add
from hotline.steps.partner_calls import tell_partner

GROWTH_TOLD_AFTER: Final = timedelta(minutes=5)


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
    await tell_partner(request, template, now, fill or {})
    message = _to_reporter(request, template, now)
    message.fill = dict(fill or {})
    message.sealed_fill = await _sealed(request, secret) if secret and request.wants_reply else None
    message.state = "queued" if request.wants_reply else "unreachable"
    await add(message)


async def send_code(request: ServiceRequest, template: str, code: str, now: datetime) -> None:
    """A code that somebody asks for at this moment, whether they wanted replies or not.

    In a thread of its own: it is good for minutes, and nothing else may keep it waiting.
    """
    message = _to_reporter(request, template, now)
    message.thread = f"code:{request.id}"
    message.sealed_fill = await _sealed(request, code)
    await add(message)


async def tell_department(
    order: WorkOrder, department: str, template: str, now: datetime, **fill: Any
) -> None:
    """Queue one message to a department's desk: number and term, nothing of the reporter."""
    if not order.historical:
        thread = f"order:{order.id}:{department}"[:96]
        await add(_to_department(order, department, template, (thread, now, now), fill))


async def tell_of_growth(order: WorkOrder, department: str, now: datetime, **fill: Any) -> None:
    """A matter has one report more: told a while later, once for all that came meanwhile.

    In a thread of its own, so that nothing else waits for it. An emergency is told at once.
    """
    if not order.historical:
        thread = f"joined:{order.id}:{department}"[:96]
        due = now if order.emergency else now + GROWTH_TOLD_AFTER
        await add(_to_department(order, department, "order.joined", (thread, now, due), fill))


async def raise_alarm(order: WorkOrder, now: datetime) -> None:
    """紧急提醒: whoever is on duty is called until somebody says that they have it."""
    if not order.historical:
        await add(
            DutyAlarm(
                id=new_id(),
                tenant_id=order.tenant_id,
                order_id=order.id,
                jurisdiction=order.jurisdiction,
                raised_at=now,
                next_at=now,
            )
        )


def _to_reporter(request: ServiceRequest, template: str, now: datetime) -> Message:
    return Message(
        id=new_id(),
        tenant_id=request.tenant_id,
        thread=f"request:{request.id}",
        seq=0,  # and whether there is an address: see Message.written_as
        template=template,
        recipient="reporter",
        request_id=request.id,
        fill={},
        state="queued",
        available_at=now,
        created_at=now,
    )


def _to_department(
    order: WorkOrder,
    department: str,
    template: str,
    when: tuple[str, datetime, datetime],
    fill: dict[str, Any],
) -> Message:
    thread, now, due = when
    return Message(
        id=new_id(),
        tenant_id=order.tenant_id,
        thread=thread,
        seq=0,
        template=template,
        recipient="department",
        department=department,
        order_id=order.id,
        fill=fill,
        state="queued",
        available_at=due,
        created_at=now,
    )


async def _sealed(request: ServiceRequest, secret: str) -> bytes | None:
    vault = await Vault.get(tenant_id=request.tenant_id, id=request.id)
    if vault.contact is None:
        return None
    envelope = open_envelope(request.tenant_id, request.id, vault.kek_id, vault.wrapped_key)
    return envelope.seal("message", secret.encode())
