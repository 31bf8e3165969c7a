"""保护: pictures made safe for the public, asked-for identities, talk by code, keys of a day."""

from typing import Any

from tortoise import fields

from hotline.records.base import Row, code, maybe_code, maybe_when, when


class PublicPhoto(Row):
    """公开照片: a copy of a piece of evidence with regions destroyed; public once cleared."""

    publication_id = fields.UUIDField()
    attachment_id = fields.UUIDField()
    place = fields.IntField()  # the nth picture of its publication; its address outside
    kek_id = code(16)
    wrapped_key = fields.BinaryField(null=True)
    stored = code(120)
    regions: fields.Field[Any] = fields.JSONField(default=list)  # [left, top, width, height] in ‰
    stage = code(12)  # proposed | cleared | dropped
    proposed_by = code(80)
    proposed_at = when()
    cleared_by = maybe_code(80)
    cleared_at = maybe_when()
    dropped_at = maybe_when()

    class Meta:
        table = "public_photo"
        unique_together = (("tenant_id", "publication_id", "place"),)


class IdentityAsk(Row):
    """查看身份申请: who asks for whose identity and why; a custodian grants it for a while."""

    request_id = fields.UUIDField()
    order_id = fields.UUIDField(null=True)
    asked_by = code(80)
    asked_at = when()
    why = fields.CharField(max_length=1000)
    decided_by = maybe_code(80)
    decided_at = maybe_when()
    granted = fields.BooleanField(null=True)
    answer = fields.CharField(max_length=1000, default="")
    until = maybe_when()

    class Meta:
        table = "identity_ask"


class Turn(Row):
    """往来: one thing said between the house and one reporter; sealed, and masked for the desk."""

    request_id = fields.UUIDField()
    order_id = fields.UUIDField(null=True)
    by = maybe_code(80)  # None: the reporter
    at = when()
    sealed = fields.BinaryField(null=True)
    text = fields.TextField(default="")

    class Meta:
        table = "turn"


class DayKey(Row):
    """当日密钥: who tries what is counted under it; with it goes every trace of who it was."""

    day = fields.DateField()
    kek_id = code(16)
    wrapped_key = fields.BinaryField()

    class Meta:
        table = "day_key"
        unique_together = (("tenant_id", "day"),)


class Nuisance(Row):
    """滋扰来件人: by the blind index, found by two people, for a time; nothing is refused."""

    sender_index = fields.BinaryField()
    request_id = fields.UUIDField()  # the report that showed it
    why = fields.CharField(max_length=1000)
    proposed_by = code(80)
    proposed_at = when()
    approved_by = maybe_code(80)
    approved_at = maybe_when()
    until = maybe_when()
    lifted_by = maybe_code(80)
    lifted_at = maybe_when()

    class Meta:
        table = "nuisance"
