"""保护: cleared pictures, asked-for identities, talk by code, keys of a day, nuisance."""

import functools
from json import dumps, loads

from tortoise import fields, migrations
from tortoise.fields.db_defaults import SqlDefault
from tortoise.migrations import operations as ops

from hotline.records.base import new_id
from hotline.records.constraints.protection import PROTECTION


class Migration(migrations.Migration):
    dependencies = [("hotline", "0024_public")]

    initial = False

    operations = [
        ops.CreateModel(
            name="DayKey",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("day", fields.DateField()),
                ("kek_id", fields.CharField(max_length=16)),
                ("wrapped_key", fields.BinaryField()),
            ],
            options={
                "table": "day_key",
                "app": "hotline",
                "unique_together": (("tenant_id", "day"),),
                "pk_attr": "id",
                "table_description": "当日密钥: who tries what is counted under it; with it goes every trace of who it was.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="IdentityAsk",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("request_id", fields.UUIDField()),
                ("order_id", fields.UUIDField(null=True)),
                ("asked_by", fields.CharField(max_length=80)),
                ("asked_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("why", fields.CharField(max_length=1000)),
                ("decided_by", fields.CharField(null=True, max_length=80)),
                ("decided_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("granted", fields.BooleanField(null=True)),
                ("answer", fields.CharField(default="", max_length=1000)),
                ("until", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "identity_ask",
                "app": "hotline",
                "pk_attr": "id",
                "table_description": "查看身份申请: who asks for whose identity and why; a custodian grants it for a while.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Nuisance",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("sender_index", fields.BinaryField()),
                ("request_id", fields.UUIDField()),
                ("why", fields.CharField(max_length=1000)),
                ("proposed_by", fields.CharField(max_length=80)),
                ("proposed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("approved_by", fields.CharField(null=True, max_length=80)),
                (
                    "approved_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("until", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("lifted_by", fields.CharField(null=True, max_length=80)),
                ("lifted_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "nuisance",
                "app": "hotline",
                "pk_attr": "id",
                "table_description": "滋扰来件人: by the blind index, found by two people, for a time; nothing is refused.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="PublicPhoto",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("publication_id", fields.UUIDField()),
                ("attachment_id", fields.UUIDField()),
                ("place", fields.IntField()),
                ("kek_id", fields.CharField(max_length=16)),
                ("wrapped_key", fields.BinaryField(null=True)),
                ("stored", fields.CharField(max_length=120)),
                (
                    "regions",
                    fields.JSONField(
                        default=list,
                        encoder=functools.partial(dumps, separators=(",", ":")),
                        decoder=loads,
                    ),
                ),
                ("stage", fields.CharField(max_length=12)),
                ("proposed_by", fields.CharField(max_length=80)),
                ("proposed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("cleared_by", fields.CharField(null=True, max_length=80)),
                ("cleared_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("dropped_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "public_photo",
                "app": "hotline",
                "unique_together": (("tenant_id", "publication_id", "place"),),
                "pk_attr": "id",
                "table_description": "公开照片: a copy of a piece of evidence with regions destroyed; public once cleared.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Turn",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("request_id", fields.UUIDField()),
                ("order_id", fields.UUIDField(null=True)),
                ("by", fields.CharField(null=True, max_length=80)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("sealed", fields.BinaryField(null=True)),
                ("text", fields.TextField(default="", unique=False)),
            ],
            options={
                "table": "turn",
                "app": "hotline",
                "pk_attr": "id",
                "table_description": "往来: one thing said between the house and one reporter; sealed, and masked for the desk.",
            },
            bases=["Row"],
        ),
        ops.AddField(
            model_name="Publication",
            name="kept",
            field=fields.JSONField(
                default=list,
                db_default=SqlDefault("'[]'"),
                encoder=functools.partial(dumps, separators=(",", ":")),
                decoder=loads,
            ),
        ),
        ops.RunSQL(";\n".join(PROTECTION.statements())),
    ]
