"""Signatures of the reports, those that are there included; messages in order without a lock."""

from typing import Any

from tortoise import fields, migrations
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.migrations import operations as ops

from hotline.records.base import new_id
from hotline.records.constraints import signature_statements
from hotline.records.signing import signed

PAGE = 2000
UNSIGNED = """
SELECT r.tenant_id, r.id, r.county, r.registered_at, r.title, r.text FROM service_request r
WHERE r.grams <> '{}' AND r.id > $1 ORDER BY r.id LIMIT $2
"""
SIGN = """
INSERT INTO signature (tenant_id, id, county, registered_at, grams, words, title_words)
VALUES ($1, $2, $3, $4, $5, $6, $7)
"""
FIRST = "00000000-0000-0000-0000-000000000000"


async def sign_all(_: Any, editor: Any) -> None:
    """Every report that was understood before there were signatures."""
    last: Any = FIRST
    while page := await editor.client.execute_query_dict(UNSIGNED, [last, PAGE]):
        last = page[-1]["id"]
        await editor.client.execute_many(SIGN, [_row(one) for one in page])


def _row(one: dict[str, Any]) -> list[Any]:
    found = signed(one["title"], one["text"])
    whose = [one["tenant_id"], one["id"], one["county"], one["registered_at"]]
    return [*whose, list(found.grams), list(found.words), list(found.title_words)]


class Migration(migrations.Migration):
    dependencies = [("hotline", "0004_merging")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Signature",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("county", fields.CharField(null=True, max_length=12)),
                ("registered_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("grams", ArrayField(default=list, element_type="INT")),
                ("words", ArrayField(default=list, element_type="INT")),
                ("title_words", ArrayField(default=list, element_type="INT")),
            ],
            options={
                "table": "signature",
                "app": "hotline",
                "pk_attr": "id",
                "table_description": "文本签名 of a 来件 (same id): its masked words as numbers, by which its like is found.",
            },
            bases=["Row"],
        ),
        ops.RunPython(sign_all),
        ops.RunSQL(";\n".join(signature_statements())),
    ]
