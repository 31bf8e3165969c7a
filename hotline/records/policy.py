"""政策版本: what a pack said on a topic, immutable once imported."""

from typing import Any

from tortoise import fields

from hotline.records.base import Row, code, when


class PolicyVersion(Row):
    """One topic of one jurisdiction in one version; decisions store the id they used."""

    jurisdiction = code(6)
    topic = code(24)
    version = code(32)
    valid_from = fields.DateField()
    valid_to = fields.DateField(null=True)
    sha256 = code(64)
    content: fields.Field[Any] = fields.JSONField()
    imported_at = when()
    # put in force at a desk: it stands before whatever the files say
    enacted = fields.BooleanField(default=False, db_default=False)

    class Meta:
        table = "policy_version"
        unique_together = (("tenant_id", "jurisdiction", "topic", "version"),)
