"""延期、补充询问、协办分工: what is asked for beside an order on its way."""

import functools
from json import dumps, loads

from tortoise import fields, migrations
from tortoise.fields.db_defaults import SqlDefault
from tortoise.migrations import operations as ops

from hotline.records.base import new_id
from hotline.records.constraints.aside import ASIDE


class Migration(migrations.Migration):
    dependencies = [("hotline", "0018_batches")]

    initial = False

    operations = [
        ops.CreateModel(
            name="AskedBack",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("order_id", fields.UUIDField()),
                ("request_id", fields.UUIDField()),
                ("question", fields.CharField(max_length=1000)),
                ("asked_by", fields.CharField(max_length=80)),
                ("asked_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("until", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "answered_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
            ],
            options={
                "table": "asked_back",
                "app": "hotline",
                "pk_attr": "id",
                "table_description": "补充询问: what the reporter is asked, and how long the terms stand still for it at most.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="OrderPart",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("order_id", fields.UUIDField()),
                ("department", fields.CharField(max_length=64)),
                ("task", fields.CharField(max_length=1000)),
                ("due_on", fields.DateField()),
                ("given_by", fields.CharField(max_length=80)),
                ("given_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("result", fields.CharField(default="", max_length=2000)),
                ("done_by", fields.CharField(null=True, max_length=80)),
                ("done_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("waived_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "order_part",
                "app": "hotline",
                "pk_attr": "id",
                "table_description": "协办分工: what an assisting department does of an order, and by which day.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="TermExtension",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("order_id", fields.UUIDField()),
                ("clock_id", fields.UUIDField()),
                ("scheme", fields.CharField(max_length=48)),
                ("count", fields.IntField()),
                ("reason", fields.CharField(max_length=1000)),
                ("asked_by", fields.CharField(max_length=80)),
                ("asked_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("decided_by", fields.CharField(null=True, max_length=80)),
                ("decided_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("granted", fields.BooleanField(null=True)),
                ("told", fields.CharField(default="", max_length=1000)),
                ("due_on", fields.DateField(null=True)),
            ],
            options={
                "table": "term_extension",
                "app": "hotline",
                "pk_attr": "id",
                "table_description": "延期: asked with a reason, then granted or not by another person.",
            },
            bases=["Row"],
        ),
        ops.AddField(
            model_name="Clock",
            name="extended",
            field=fields.IntField(default=0, db_default=0),
        ),
        ops.AddField(
            model_name="Clock",
            name="pauses",
            field=fields.JSONField(
                default=list,
                db_default=SqlDefault("'[]'"),
                encoder=functools.partial(dumps, separators=(",", ":")),
                decoder=loads,
            ),
        ),
        ops.RunSQL(";\n".join(ASIDE.statements())),
    ]
