"""学得模型: what a tenant's decided orders taught of kinds, in versions, at most one in force."""

from typing import Any

from tortoise import fields

from hotline.records.base import Row, code, maybe_when, when


class KindModel(Row):
    """One trained model. It holds numbers of features, never a word a reporter wrote."""

    version = fields.IntField()
    trained_at = when()
    state = code(12)  # idle | active | retired
    active_from = maybe_when()
    examples = fields.IntField()
    figures: fields.Field[Any] = fields.JSONField(default=dict)
    content = fields.BinaryField()

    class Meta:
        table = "kind_model"
        unique_together = (("tenant_id", "version"),)
