"""学得模型 by version; the trade a report and an order speak of."""

import functools
from json import dumps, loads

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from hotline.records.base import new_id
from hotline.records.constraints import model_statements


class Migration(migrations.Migration):
    dependencies = [("hotline", "0009_grams_apart")]

    initial = False

    operations = [
        ops.CreateModel(
            name="KindModel",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("version", fields.IntField()),
                ("trained_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("state", fields.CharField(max_length=12)),
                (
                    "active_from",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("examples", fields.IntField()),
                (
                    "figures",
                    fields.JSONField(
                        default=dict,
                        encoder=functools.partial(dumps, separators=(",", ":")),
                        decoder=loads,
                    ),
                ),
                ("content", fields.BinaryField()),
            ],
            options={
                "table": "kind_model",
                "app": "hotline",
                "unique_together": (("tenant_id", "version"),),
                "pk_attr": "id",
                "table_description": "One trained model: pairs of characters that stood in several matters, and their weights.",
            },
            bases=["Row"],
        ),
        ops.AddField(
            model_name="ServiceRequest",
            name="industry",
            field=fields.CharField(null=True, max_length=32),
        ),
        ops.AddField(
            model_name="WorkOrder",
            name="industry",
            field=fields.CharField(null=True, max_length=32),
        ),
        ops.RunSQL(";\n".join(model_statements())),
    ]
