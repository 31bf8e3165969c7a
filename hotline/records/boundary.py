"""边界: the outlines of divisions as an operator imported them; none come with the service."""

from tortoise import fields

from hotline.records.base import Row, code, when


class Boundary(Row):
    """One division's polygons, packed; a later import of the same code takes their place."""

    version = code(64)  # the digest of the file it came from
    code = code(12)
    name = fields.CharField(max_length=120, default="")
    rings = fields.BinaryField()
    source = fields.CharField(max_length=200, default="")
    review_number = fields.CharField(max_length=64, default="")  # 审图号
    imported_at = when()

    class Meta:
        table = "boundary"
        unique_together = (("tenant_id", "code"),)
