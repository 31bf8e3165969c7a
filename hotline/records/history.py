"""History: appended, chained per aggregate; detail and salt apart, so erasure breaks no chain."""

from typing import Any

from tortoise import fields

from hotline.records.base import Row, code, maybe_code, when


class Event(Row):
    """One step. digest = HMAC(chain key, previous digest ‖ commitment ‖ header)."""

    aggregate = code(12)
    aggregate_id = fields.UUIDField()
    seq = fields.IntField()
    step = code(20)
    stage = code(20)  # after the step
    actor_kind = code(10)
    actor_id = code(80)
    department = maybe_code(64)
    at = when()
    commitment = fields.BinaryField()
    digest = fields.BinaryField()

    class Meta:
        table = "event"
        unique_together = (("tenant_id", "aggregate", "aggregate_id", "seq"),)


class EventDetail(Row):
    """What a step said (same id as its event), with the salt of its commitment."""

    salt = fields.BinaryField()
    detail: fields.Field[Any] = fields.JSONField()

    class Meta:
        table = "event_detail"


class Anchor(Row):
    """The day's digest over all chain heads: without it, cutting a tail would be invisible."""

    day = fields.DateField()
    heads = fields.IntField()
    digest = fields.BinaryField()
    at = when()

    class Meta:
        table = "anchor"
        unique_together = (("tenant_id", "day"),)
