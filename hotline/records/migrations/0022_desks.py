"""工作台: saved filters, who looks at an order, tables to take away; how often it came back."""

import functools
from json import dumps, loads

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from hotline.records.base import new_id
from hotline.records.constraints.desks import DESKS


class Migration(migrations.Migration):
    dependencies = [("hotline", "0021_administering")]

    initial = False

    operations = [
        ops.CreateModel(
            name="DeskExport",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("jurisdiction", fields.CharField(max_length=6)),
                ("owner", fields.CharField(max_length=80)),
                ("what", fields.CharField(max_length=24)),
                ("form", fields.CharField(max_length=8)),
                (
                    "wanted",
                    fields.JSONField(
                        default=dict,
                        encoder=functools.partial(dumps, separators=(",", ":")),
                        decoder=loads,
                    ),
                ),
                ("stage", fields.CharField(max_length=12)),
                ("done", fields.IntField(default=0)),
                ("total", fields.IntField(default=0)),
                ("kek_id", fields.CharField(max_length=16)),
                ("wrapped_key", fields.BinaryField(null=True)),
                ("stored", fields.CharField(null=True, max_length=200)),
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
                "table": "desk_export",
                "app": "hotline",
                "pk_attr": "id",
                "table_description": "导出: a table asked for at a desk; how far it is, and the sealed file.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="OrderLook",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("order_id", fields.UUIDField()),
                ("staff_id", fields.UUIDField()),
                ("seen_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "order_look",
                "app": "hotline",
                "unique_together": (("tenant_id", "order_id", "staff_id"),),
                "pk_attr": "id",
                "table_description": "在看: who has an order open, and when the page last asked.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="SavedFilter",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("owner", fields.CharField(max_length=80)),
                ("name", fields.CharField(max_length=40)),
                (
                    "wanted",
                    fields.JSONField(
                        default=dict,
                        encoder=functools.partial(dumps, separators=(",", ":")),
                        decoder=loads,
                    ),
                ),
                ("made_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "saved_filter",
                "app": "hotline",
                "unique_together": (("tenant_id", "owner", "name"),),
                "pk_attr": "id",
                "table_description": "常用筛选: one person's own view of the queue, by name.",
            },
            bases=["Row"],
        ),
        ops.AddField(
            model_name="WorkOrder",
            name="returned_count",
            field=fields.IntField(default=0, db_default=0),
        ),
        ops.RunSQL(";\n".join(DESKS.statements())),
    ]
