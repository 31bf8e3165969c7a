"""对接平台 what partners call our reports."""

from tortoise import fields

from hotline.records.base import Row, code, when


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
