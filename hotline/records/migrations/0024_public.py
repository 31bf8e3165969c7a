"""公开: terms of disclosure, what was public when, the authority's own texts, the press."""

import functools
from json import dumps, loads

from tortoise import fields, migrations
from tortoise.fields.db_defaults import SqlDefault
from tortoise.migrations import operations as ops

from hotline.records.base import new_id
from hotline.records.constraints.public import PUBLIC


class Migration(migrations.Migration):
    dependencies = [("hotline", "0023_referrals")]

    initial = False

    operations = [
        ops.CreateModel(
            name="ClueLink",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("clue_id", fields.UUIDField()),
                ("order_id", fields.UUIDField()),
                ("by", fields.CharField(max_length=80)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("removed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "clue_link",
                "app": "hotline",
                "pk_attr": "id",
                "table_description": "关联: a matter that a clue speaks of beside the one it was registered into.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="PressContact",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("jurisdiction", fields.CharField(max_length=6)),
                ("outlet", fields.CharField(max_length=120)),
                ("name", fields.CharField(max_length=60)),
                ("reach", fields.CharField(max_length=200)),
                ("added_by", fields.CharField(max_length=80)),
                ("added_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "press_contact",
                "app": "hotline",
                "pk_attr": "id",
                "table_description": "媒体联系人: whom the authority reaches at an outlet, in that office and no other.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="PublicTerm",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("jurisdiction", fields.CharField(max_length=6)),
                ("holder", fields.CharField(max_length=12)),
                ("holder_id", fields.UUIDField()),
                ("rule", fields.CharField(max_length=24)),
                ("cause", fields.CharField(default="", db_default="", max_length=32)),
                ("policy_version", fields.UUIDField(null=True)),
                ("unit", fields.CharField(max_length=16)),
                ("count", fields.IntField()),
                ("started_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("due_on", fields.DateField()),
                ("due_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("provisional", fields.BooleanField(default=False)),
                ("stopped_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("stopped_by", fields.CharField(null=True, max_length=80)),
                ("outcome", fields.CharField(null=True, max_length=16)),
                ("reason", fields.CharField(default="", db_default="", max_length=400)),
            ],
            options={
                "table": "public_term",
                "app": "hotline",
                "pk_attr": "id",
                "table_description": "公开期限: by when a result is published, a publication withdrawn, the press answered.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="PublicVersion",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("holder", fields.CharField(max_length=12)),
                ("holder_id", fields.UUIDField()),
                ("seq", fields.IntField()),
                ("what", fields.CharField(max_length=8)),
                (
                    "content",
                    fields.JSONField(
                        default=dict,
                        db_default=SqlDefault("'{}'"),
                        encoder=functools.partial(dumps, separators=(",", ":")),
                        decoder=loads,
                    ),
                ),
                ("reason", fields.CharField(default="", db_default="", max_length=400)),
                ("by", fields.CharField(max_length=80)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "public_version",
                "app": "hotline",
                "unique_together": (("tenant_id", "holder", "holder_id", "seq"),),
                "pk_attr": "id",
                "table_description": "One state of what anybody could read, from `at` on: shown with these words, or gone.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Release",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("jurisdiction", fields.CharField(max_length=6)),
                ("number", fields.CharField(max_length=24)),
                ("kind", fields.CharField(max_length=16)),
                ("stage", fields.CharField(max_length=12)),
                ("title", fields.CharField(max_length=200)),
                ("body", fields.TextField(unique=False)),
                (
                    "figures",
                    fields.JSONField(
                        default=dict,
                        db_default=SqlDefault("'{}'"),
                        encoder=functools.partial(dumps, separators=(",", ":")),
                        decoder=loads,
                    ),
                ),
                ("since", fields.DateField(null=True)),
                ("until", fields.DateField(null=True)),
                ("clue_id", fields.UUIDField(null=True)),
                ("consent", fields.CharField(default="", db_default="", max_length=400)),
                ("consent_on", fields.DateField(null=True)),
                ("written_by", fields.CharField(max_length=80)),
                ("written_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("approved_by", fields.CharField(null=True, max_length=80)),
                (
                    "published_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                (
                    "withdrawn_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("withdraw_reason", fields.CharField(default="", db_default="", max_length=400)),
                ("version", fields.IntField(default=1)),
            ],
            options={
                "table": "release",
                "app": "hotline",
                "unique_together": (("tenant_id", "number"),),
                "pk_attr": "id",
                "table_description": "发布稿: typical case, good example, bulletin, answer to the press or briefing.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="ReleaseSending",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("release_id", fields.UUIDField()),
                ("outlet", fields.CharField(max_length=120)),
                ("way", fields.CharField(max_length=12)),
                ("note", fields.CharField(default="", max_length=400)),
                ("by", fields.CharField(max_length=80)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "release_sending",
                "app": "hotline",
                "pk_attr": "id",
                "table_description": "送发记录: which outlet got a published text, how and when; appended, never changed.",
            },
            bases=["Row"],
        ),
        ops.AddField(
            model_name="MediaClue",
            name="assess_reason",
            field=fields.CharField(default="", db_default="", max_length=400),
        ),
        ops.AddField(
            model_name="MediaClue",
            name="assessed_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="MediaClue",
            name="assessed_by",
            field=fields.CharField(null=True, max_length=80),
        ),
        ops.AddField(
            model_name="MediaClue",
            name="credibility",
            field=fields.CharField(null=True, max_length=12),
        ),
        ops.AddField(
            model_name="MediaClue",
            name="is_major",
            field=fields.BooleanField(null=True),
        ),
        ops.AddField(
            model_name="Publication",
            name="accountability",
            field=fields.TextField(default="", db_default="", unique=False),
        ),
        ops.AddField(
            model_name="Publication",
            name="earlier_id",
            field=fields.UUIDField(null=True),
        ),
        ops.AddField(
            model_name="Publication",
            name="inspection_number",
            field=fields.CharField(null=True, max_length=24),
        ),
        ops.RunSQL(";\n".join(PUBLIC.statements())),
    ]
