"""电话: calls as the phone system told them, call-backs, seats, and what agents read out."""

from tortoise import fields

from hotline.records.base import Row, code, maybe_code, maybe_when, when


class PhoneCall(Row):
    """一次来电; number, displayed number and the provider's reference lie sealed."""

    ref = code(16)
    jurisdiction = code(6)
    line = code(64)
    reference_key = fields.BinaryField()
    caller_index = fields.BinaryField(null=True)
    kek_id = code(16)
    wrapped_key = fields.BinaryField(null=True)
    sealed = fields.BinaryField(null=True)
    extension = maybe_code(32)
    staff_id = fields.UUIDField(null=True)
    state = code(12)  # offered | talking | answered | missed | voicemail
    began_at = when()  # the earliest moment told of it
    offered_at = maybe_when()
    answered_at = maybe_when()
    missed_at = maybe_when()
    voicemail_at = maybe_when()
    ended_at = maybe_when()
    taken_at = maybe_when()
    draft_ref = maybe_code(16)
    request_id = fields.UUIDField(null=True)
    settled_at = maybe_when()
    settled_as = maybe_code(12)  # report | nothing
    version = fields.IntField(default=1)

    class Meta:
        table = "phone_call"
        unique_together = (("tenant_id", "line", "reference_key"), ("tenant_id", "ref"))


class PhoneEvent(Row):
    """One event of the phone system: taken once, however often and in whatever order it comes."""

    line = code(64)
    event_id = code(128)
    body_hash = fields.BinaryField()
    kind = code(12)
    call_id = fields.UUIDField()
    at = when()
    received_at = when()

    class Meta:
        table = "phone_event"
        unique_together = (("tenant_id", "line", "event_id"),)


class Seat(Row):
    """坐席: who sits at which extension now."""

    line = code(64)
    extension = code(32)
    staff_id = fields.UUIDField()
    seated_at = when()

    class Meta:
        table = "seat"
        unique_together = (("tenant_id", "line", "extension"), ("tenant_id", "staff_id"))


class CallBack(Row):
    """漏接回拨: one a caller, however often it rang; taken by one agent, tried so often."""

    ref = code(16)
    jurisdiction = code(6)
    call_id = fields.UUIDField()  # the first that was missed: its seal holds the number
    caller_index = fields.BinaryField()
    missed = fields.IntField(default=1)
    since = when()
    due_at = maybe_when()
    state = code(12)  # open | done | unreachable | came_again | withdrawn
    taken_by = fields.UUIDField(null=True)
    taken_at = maybe_when()
    tries = fields.IntField(default=0)
    tried_at = maybe_when()
    closed_at = maybe_when()
    version = fields.IntField(default=1)

    class Meta:
        table = "call_back"
        unique_together = (("tenant_id", "ref"),)


class CallBackTry(Row):
    """One attempt to reach the caller; the note lies under the call's seal."""

    call_back_id = fields.UUIDField()
    staff_id = fields.UUIDField()
    result = code(12)
    note = fields.BinaryField(null=True)
    at = when()

    class Meta:
        table = "call_back_try"


class Article(Row):
    """知识库: one version of one article; another person puts it in force."""

    jurisdiction = code(6)
    ref = code(16)  # the article, whatever its version
    edition = fields.IntField()
    kind = code(32, default="")  # "": for every kind
    title = fields.CharField(max_length=120)
    script = fields.TextField()
    answer = fields.TextField()
    source = fields.CharField(max_length=400)
    valid_from = fields.DateField()
    valid_to = fields.DateField(null=True)
    state = code(12)  # proposed | approved | replaced | rejected | retired
    written_by = fields.UUIDField()
    written_at = when()
    approved_by = fields.UUIDField(null=True)
    approved_at = maybe_when()

    class Meta:
        table = "article"
        unique_together = (("tenant_id", "ref", "edition"),)
