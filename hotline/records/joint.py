"""跨省联办: one matter of two provinces, each with an order of its own."""

from tortoise import fields

from hotline.records.base import Row, code, maybe_code, maybe_when, when


class JointHandling(Row):
    """联合处置: on the side that asked, `order_id`; on the side that was asked, `request_id`.

    Each province keeps its own row: neither reads the other's by way of a key.
    """

    order_id = fields.UUIDField(null=True)
    request_id = fields.UUIDField(null=True)
    peer_tenant = code(6)
    peer_jurisdiction = code(6)
    # the report over there, once it was handed over; of the side that was asked: who asked
    peer_number = maybe_code(32)
    county = maybe_code(6)
    text = fields.CharField(max_length=2000)
    by = code(80)
    at = when()
    handed_at = maybe_when()
    tried_at = maybe_when()  # in vain, the last time: the others come first

    class Meta:
        table = "joint_handling"
        unique_together = (("tenant_id", "order_id", "peer_jurisdiction"),)
