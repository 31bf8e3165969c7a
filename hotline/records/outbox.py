"""发件箱: template key, version and ids; never rendered text, never an address."""

from collections.abc import Mapping
from typing import Any, ClassVar

from tortoise import fields

from hotline.records.base import Row, code, listed, maybe_code, maybe_when, when


class Message(Row):
    """One message of a thread (来件 × recipient); only the head of a thread is taken."""

    thread = code(96)
    seq = fields.BigIntField()
    template = code(64)
    template_version = fields.IntField(default=1)
    recipient = code(16)  # reporter | department | duty | partner
    department = maybe_code(64)
    staff_id = fields.UUIDField(null=True)  # one member of staff
    partner = maybe_code(64)
    request_id = fields.UUIDField(null=True)
    order_id = fields.UUIDField(null=True)
    fill: fields.Field[Any] = fields.JSONField(default=dict)
    sealed_fill = fields.BinaryField(null=True)  # under the 来件's data key; wiped when sent
    state = code(12)  # queued | sent | unreachable | dead
    attempts = fields.IntField(default=0)
    available_at = when()
    leased_until = maybe_when()
    sent_at = maybe_when()
    route = maybe_code(16)  # console | smtp | sms:… | wechat | notice
    tried = listed()  # ways that will never lead there
    way = maybe_code(16)  # the one way a person chose
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


class MessageAttempt(Row):
    """投递记录: one try that failed, with the way and the code of the failure; never an address."""

    message_id = fields.UUIDField()
    way = code(16)
    error = code(80)
    permanent = fields.BooleanField()
    at = when()

    class Meta:
        table = "message_attempt"


class NoticeRead(Row):
    """已读: one member of staff has read one message of the desk."""

    staff_id = fields.UUIDField()
    message_id = fields.UUIDField()
    at = when()

    class Meta:
        table = "notice_read"
        unique_together = (("tenant_id", "staff_id", "message_id"),)


class DutyWatch(Row):
    """值班: who is called for an emergency, from when to when, and in which order."""

    jurisdiction = code(6)
    staff_id = fields.UUIDField()
    rank = fields.IntField()  # 1 is called first
    from_at = when()
    to_at = when()
    kek_id = code(16)
    phone = fields.BinaryField(null=True)
    made_by = code(80)
    made_at = when()

    class Meta:
        table = "duty_watch"


class DutyAlarm(Row):
    """紧急提醒: a matter with an emergency flag, until somebody on duty says that they have it."""

    order_id = fields.UUIDField()
    jurisdiction = code(6)
    raised_at = when()
    told = fields.IntField(default=0)  # how many turns of the list were called
    next_at = maybe_when()
    acknowledged_at = maybe_when()
    acknowledged_by = maybe_code(80)

    # one open alarm a matter
    written_over: ClassVar[str] = "ON CONFLICT DO NOTHING"

    class Meta:
        table = "duty_alarm"


class Wording(Row):
    """消息用语: one version of one message in one language; what was in force stays readable."""

    key = code(64)
    language = code(8)
    version = fields.IntField()
    subject = fields.CharField(max_length=200)
    body = fields.TextField()
    short = fields.CharField(max_length=400, default="")
    state = code(12)  # proposed | in_force | past | refused
    reason = fields.CharField(max_length=400, default="")
    made_by = code(80)
    made_at = when()
    approved_by = maybe_code(80)
    approved_at = maybe_when()

    class Meta:
        table = "wording"
        unique_together = (("tenant_id", "key", "language", "version"),)
