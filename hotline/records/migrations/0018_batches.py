"""批量导入: uploaded tables on their way in."""

import functools
from json import dumps, loads

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from hotline.records.base import new_id
from hotline.records.constraints.tables import BATCHES


class Migration(migrations.Migration):
    dependencies = [("hotline", "0017_openings")]

    initial = False

    operations = [
        ops.CreateModel(
            name="BatchImport",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("jurisdiction", fields.CharField(max_length=6)),
                ("owner", fields.CharField(max_length=80)),
                ("stage", fields.CharField(max_length=12)),
                ("kek_id", fields.CharField(max_length=16)),
                ("wrapped_key", fields.BinaryField(null=True)),
                ("meta", fields.BinaryField()),
                ("stored", fields.CharField(max_length=200)),
                ("back", fields.CharField(null=True, max_length=200)),
                (
                    "plan",
                    fields.JSONField(
                        default=dict,
                        encoder=functools.partial(dumps, separators=(",", ":")),
                        decoder=loads,
                    ),
                ),
                ("rows", fields.IntField(default=0)),
                ("good", fields.IntField(default=0)),
                ("known", fields.IntField(default=0)),
                ("bad", fields.IntField(default=0)),
                ("failure", fields.CharField(null=True, max_length=120)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "finished_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                (
                    "leased_until",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
            ],
            options={
                "table": "batch_import",
                "app": "hotline",
                "pk_attr": "id",
                "table_description": "One uploaded table, sealed as it came; how it is to be read, how far it is, what came back.",
            },
            bases=["Row"],
        ),
        ops.RunSQL(";\n".join(BATCHES.statements())),
    ]
