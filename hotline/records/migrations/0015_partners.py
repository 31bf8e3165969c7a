"""对接平台: profiles beside the channels, bodies as sent, numbers of theirs, looks at what is held."""

import functools
from json import dumps, loads

from tortoise import fields, migrations
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.db_defaults import SqlDefault
from tortoise.migrations import operations as ops

from hotline.records.base import new_id
from hotline.records.constraints import partner_statements


class Migration(migrations.Migration):
    dependencies = [("hotline", "0014_phone")]

    initial = False

    operations = [
        ops.CreateModel(
            name="PartnerNumber",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("request_id", fields.UUIDField()),
                ("channel", fields.CharField(max_length=80)),
                ("label", fields.CharField(max_length=32)),
                ("number", fields.CharField(max_length=64)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "partner_number",
                "app": "hotline",
                "unique_together": (("tenant_id", "request_id", "label", "number"),),
                "pk_attr": "id",
                "table_description": "A further number of a 来件 at a partner's, beside the one it came with (市级编号).",
            },
            bases=["Row"],
        ),
        ops.AddField(
            model_name="HeldDelivery",
            name="looks",
            field=fields.JSONField(
                default=list,
                db_default=SqlDefault("'[]'"),
                encoder=functools.partial(dumps, separators=(",", ":")),
                decoder=loads,
            ),
        ),
        ops.AddField(
            model_name="HeldDelivery",
            name="note",
            field=fields.CharField(null=True, max_length=200),
        ),
        ops.AddField(
            model_name="HeldDelivery",
            name="request_id",
            field=fields.UUIDField(null=True),
        ),
        ops.AddField(
            model_name="HookChannel",
            name="call_secret",
            field=fields.BinaryField(null=True),
        ),
        ops.AddField(
            model_name="HookChannel",
            name="calls",
            field=ArrayField(default=list, db_default=SqlDefault("'{}'"), element_type="TEXT"),
        ),
        ops.AddField(
            model_name="HookChannel",
            name="profile",
            field=fields.TextField(null=True, unique=False),
        ),
        ops.AddField(
            model_name="Vault",
            name="sent",
            field=fields.BinaryField(null=True),
        ),
        ops.RunSQL(";\n".join(partner_statements())),
    ]
