"""奖励: reward cases and their ledger."""

import functools
from json import dumps, loads

from tortoise import fields, migrations
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.migrations import operations as ops

from hotline.records.base import new_id
from hotline.records.constraints.rewards import REWARDS


class Migration(migrations.Migration):
    dependencies = [("hotline", "0019_aside")]

    initial = False

    operations = [
        ops.CreateModel(
            name="RewardCase",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("jurisdiction", fields.CharField(max_length=6)),
                ("number", fields.CharField(max_length=24)),
                ("order_id", fields.UUIDField()),
                ("request_id", fields.UUIDField()),
                ("stage", fields.CharField(max_length=12)),
                ("reported_on", fields.DateField()),
                ("scheme", fields.CharField(max_length=48)),
                ("policy_version", fields.UUIDField(null=True)),
                (
                    "facts",
                    fields.JSONField(
                        default=dict,
                        encoder=functools.partial(dumps, separators=(",", ":")),
                        decoder=loads,
                    ),
                ),
                ("sealed_facts", fields.BinaryField(null=True)),
                (
                    "lines",
                    fields.JSONField(
                        default=list,
                        encoder=functools.partial(dumps, separators=(",", ":")),
                        decoder=loads,
                    ),
                ),
                ("sealed_lines", fields.BinaryField(null=True)),
                ("missing", ArrayField(default=list, element_type="TEXT")),
                ("min_fen", fields.BigIntField(null=True)),
                ("max_fen", fields.BigIntField(null=True)),
                ("sum_fen", fields.BigIntField(null=True)),
                ("reason", fields.CharField(default="", max_length=400)),
                ("end_reason", fields.CharField(default="", max_length=400)),
                ("opened_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("proposed_by", fields.CharField(null=True, max_length=80)),
                (
                    "proposed_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("reviewed_by", fields.CharField(null=True, max_length=80)),
                (
                    "reviewed_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("approved_by", fields.CharField(null=True, max_length=80)),
                (
                    "approved_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("told_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("claim_until", fields.DateField(null=True)),
                ("claimed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("paid_by", fields.CharField(null=True, max_length=80)),
                ("paid_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("year", fields.IntField(null=True)),
                ("version", fields.IntField(default=1)),
            ],
            options={
                "table": "reward_case",
                "app": "hotline",
                "unique_together": (("tenant_id", "number"),),
                "pk_attr": "id",
                "table_description": "奖励事项: nothing here tells who reported; what would lies sealed under the report's key.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="RewardPosting",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("jurisdiction", fields.CharField(max_length=6)),
                ("year", fields.IntField()),
                ("case_id", fields.UUIDField(null=True)),
                ("from_account", fields.CharField(max_length=16)),
                ("to_account", fields.CharField(max_length=16)),
                ("fen", fields.BigIntField()),
                ("step", fields.CharField(max_length=32)),
                ("by", fields.CharField(max_length=80)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "reward_posting",
                "app": "hotline",
                "pk_attr": "id",
                "table_description": "奖励台账: fen moved from one account to another; appended, never changed.",
            },
            bases=["Row"],
        ),
        ops.RunSQL(";\n".join(REWARDS.statements())),
    ]
