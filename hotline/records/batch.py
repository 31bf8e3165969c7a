"""批量导入: an uploaded table on its way in."""

from typing import Any

from tortoise import fields

from hotline.records.base import Row, code, maybe_code, maybe_when, when


class BatchImport(Row):
    """One uploaded table, sealed as it came; how it is to be read, how far it is, what came back.

    stage: opened | queued | running | done | stopped | failed. A row counted in `rows` is behind
    us: a run goes on from there, whoever ended the last one.
    """

    jurisdiction = code(6)
    owner = code(80)  # whoever uploaded it; nobody else sees it
    stage = code(12)
    kek_id = code(16)
    wrapped_key = fields.BinaryField(null=True)  # null: the table and what came back are gone
    meta = fields.BinaryField()  # the file's name
    stored = code(200)
    back = maybe_code(200)  # 退回的行, sealed
    plan: fields.Field[Any] = fields.JSONField(default=dict)
    rows = fields.IntField(default=0)
    good = fields.IntField(default=0)
    known = fields.IntField(default=0)
    bad = fields.IntField(default=0)
    failure = maybe_code(120)
    created_at = when()
    finished_at = maybe_when()
    leased_until = maybe_when()

    class Meta:
        table = "batch_import"
