"""发件箱: template key, version and ids; never rendered text, never an address."""

from collections.abc import Mapping
from typing import Any, ClassVar

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

    # In order without a lock; nobody is written to who left no address; a department that is about
    # to hear of a matter need not be told it has grown again.
    written_as: ClassVar[Mapping[str, str]] = {
        "seq": "nextval('message_seq')",
        "state": "CASE WHEN n.state = 'queued' AND n.recipient = 'reporter' AND NOT EXISTS"
        " (SELECT FROM vault v WHERE v.tenant_id = n.tenant_id AND v.id = n.request_id"
        " AND v.contact IS NOT NULL) THEN 'unreachable' ELSE n.state END",
    }
    written_if: ClassVar[str] = (
        "n.template <> 'order.joined' OR NOT EXISTS (SELECT FROM message m"
        " WHERE m.tenant_id = n.tenant_id AND m.thread = n.thread AND m.template = n.template"
        " AND m.state = 'queued' AND m.leased_until IS NULL)"
    )

    class Meta:
        table = "message"
        unique_together = (("tenant_id", "thread", "seq"),)
