"""对接平台 what partners call our reports."""

from tortoise import fields

from hotline.records.base import Row, code, maybe_code, maybe_when, when


class PartnerNumber(Row):
    """A further number of a 来件 at a partner's, beside the one it came with (市级编号)."""

    request_id = fields.UUIDField()
    channel = code(80)
    label = code(32)
    number = code(64)
    at = when()

    class Meta:
        table = "partner_number"
        unique_together = (("tenant_id", "request_id", "label", "number"),)


class PartnerFile(Row):
    """对方附件: a file that lies with a platform; its address is sealed, and forgotten at last."""

    request_id = fields.UUIDField()
    channel = code(80)
    digest = fields.BinaryField()
    kek_id = code(16)
    address = fields.BinaryField(null=True)
    state = code(12)  # waiting | fetched | failed
    attempts = fields.IntField(default=0)
    available_at = maybe_when()
    error = maybe_code(80)
    at = when()

    class Meta:
        table = "partner_file"
        unique_together = (("tenant_id", "request_id", "digest"),)
