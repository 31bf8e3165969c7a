"""登记: a report is stored, sealed and numbered in one commit; only then is the door answered."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from asyncpg import UniqueViolationError

from hotline.batching import Batched
from hotline.errors import BadReport, DeliveryConflict
from hotline.policy.store import packs
from hotline.records import Delivery as DeliveryRow
from hotline.records.sealing import Envelope
from hotline.rules.actor import Actor
from hotline.rules.report import Delivery, Report, faults
from hotline.steps.draft import sealed_draft
from hotline.steps.hold import hold
from hotline.steps.intake_rows import Intake, body_hash, intake, write, write_closing
from hotline.steps.numbers import fresh_number

TRIES = 5

_batch: Batched[Intake, datetime | None] = Batched(write)
_closing: Batched[Intake, datetime | None] = Batched(write_closing)


@dataclass(frozen=True, slots=True)
class Closing:
    """The draft a report was written in: from its registration on it holds the receipt alone."""

    envelope: Envelope = field(repr=False)
    receipt: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a door answers. `again`: the same delivery had come before; `same`: with this body."""

    request_id: UUID
    number: str
    registered_at: datetime
    again: bool = False
    same: bool = True
    code: str | None = field(default=None, repr=False)


async def register(
    report: Report, delivery: Delivery, *, by: Actor, now: datetime, closing: Closing | None = None
) -> Receipt:
    """One 来件, however often the delivery comes; its draft is closed in the same commit.

    BadReport, DeliveryConflict, PolicyGap.
    """
    if found := faults(report):
        raise BadReport(found)
    prefix = (await packs()).pack(report.jurisdiction).prefix
    for _ in range(TRIES):
        one = intake(report, delivery, fresh_number(prefix, now), by=by, now=now)
        try:
            registered_at = await _put(one, closing)
        except UniqueViolationError:  # the random number was taken: draw again
            continue
        if registered_at is None:
            return await _known(report, delivery, now)
        return Receipt(one.request_id, one.number, registered_at, code=report.code)
    raise RuntimeError("no free number after several draws")


async def _put(one: Intake, closing: Closing | None) -> datetime | None:
    return await (_closing.put(_shut(one, closing)) if closing else _batch.put(one))


def _shut(one: Intake, closing: Closing) -> Intake:
    """The registration with what its draft is to hold from now on."""
    envelope, receipt = closing.envelope, {**closing.receipt, "number": one.number}
    named = (envelope.tenant_id, envelope.subject, envelope.wrapped_key)
    return replace(one, values=(*one.values, *named, sealed_draft(envelope, receipt)))


async def _known(report: Report, delivery: Delivery, now: datetime) -> Receipt:
    row = await DeliveryRow.get(
        tenant_id=report.tenant_id, channel=delivery.channel, delivery_id=delivery.delivery_id
    )
    same = hmac.compare_digest(row.body_hash, body_hash(report.tenant_id, delivery.body))
    if delivery.strict and not same:
        await hold(report.tenant_id, delivery, "delivery.other_body", now)
        raise DeliveryConflict(delivery.channel)
    answer: dict[str, Any] = row.answer
    if row.request_id is None:
        raise DeliveryConflict(delivery.channel)
    return Receipt(
        request_id=row.request_id,
        number=answer["number"],
        registered_at=row.received_at,
        again=True,
        same=same,
        code=report.code,
    )
