"""发件箱: template key, version and ids; never rendered text, never an address."""

from typing import Any

from tortoise import fields

from hotline.records.base import Row, code, maybe_code, maybe_when, when


class Message(Row):
    """One message of a thread (来件 × recipient); only the head of a thread is taken."""

    thread = code(96)
    seq = fields.BigIntField()
    template = code(64)
    template_version = fields.IntField(default=1)
    recipient = code(16)  # reporter | department
    department = maybe_code(64)
    request_id = fields.UUIDField(null=True)
    order_id = fields.UUIDField(null=True)
    fill: fields.Field[Any] = fields.JSONField(default=dict)
    sealed_fill = fields.BinaryField(null=True)  # under the 来件's data key; wiped when sent
    state = code(12)  # queued | sent | unreachable | dead
    attempts = fields.IntField(default=0)
    available_at = when()
    leased_until = maybe_when()
    sent_at = maybe_when()
    route = maybe_code(16)  # console | smtp
    error = maybe_code(160)
    created_at = when()

    class Meta:
        table = "message"
        unique_together = (("tenant_id", "thread", "seq"),)
