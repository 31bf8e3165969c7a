"""督办移送: referrals, inspection batches and campaigns."""

import functools
from json import dumps, loads

from tortoise import fields, migrations
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.migrations import operations as ops

from hotline.records.base import new_id
from hotline.records.constraints.referrals import REFERRALS


class Migration(migrations.Migration):
    dependencies = [("hotline", "0022_desks")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Campaign",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("jurisdiction", fields.CharField(max_length=6)),
                ("number", fields.CharField(max_length=24)),
                ("name", fields.CharField(max_length=120)),
                ("source", fields.CharField(default="", max_length=400)),
                ("kinds", ArrayField(default=list, element_type="TEXT")),
                ("from_on", fields.DateField()),
                ("to_on", fields.DateField()),
                ("opened_by", fields.CharField(max_length=80)),
                ("opened_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "campaign",
                "app": "hotline",
                "unique_together": (("tenant_id", "number"),),
                "pk_attr": "id",
                "table_description": "专项行动: a label with its days, laid over orders.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="CampaignOrder",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("campaign_id", fields.UUIDField()),
                ("order_id", fields.UUIDField()),
                ("by", fields.CharField(max_length=80)),
                ("from_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("to_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "campaign_order",
                "app": "hotline",
                "pk_attr": "id",
                "table_description": "An order under a campaign, from and to.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="InspectionBatch",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("jurisdiction", fields.CharField(max_length=6)),
                ("number", fields.CharField(max_length=24)),
                ("name", fields.CharField(max_length=120)),
                ("level", fields.CharField(max_length=16)),
                ("received_on", fields.DateField()),
                ("opened_by", fields.CharField(max_length=80)),
                ("opened_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "inspection_batch",
                "app": "hotline",
                "unique_together": (("tenant_id", "number"),),
                "pk_attr": "id",
                "table_description": "督察交办批次: what an inspection handed over on one day.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Referral",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("jurisdiction", fields.CharField(max_length=6)),
                ("number", fields.CharField(max_length=24)),
                ("kind", fields.CharField(max_length=48)),
                ("order_id", fields.UUIDField(null=True)),
                ("batch_id", fields.UUIDField(null=True)),
                ("foreign_number", fields.CharField(null=True, max_length=64)),
                ("stage", fields.CharField(max_length=12)),
                ("title", fields.CharField(default="", max_length=200)),
                ("addressees", ArrayField(default=list, element_type="TEXT")),
                ("concerns", fields.CharField(null=True, max_length=64)),
                ("grounds", fields.TextField(default="", unique=False)),
                (
                    "facts",
                    fields.JSONField(
                        default=dict,
                        encoder=functools.partial(dumps, separators=(",", ":")),
                        decoder=loads,
                    ),
                ),
                ("documents", ArrayField(default=list, element_type="TEXT")),
                ("outcome", fields.CharField(null=True, max_length=48)),
                ("reply", fields.TextField(default="", unique=False)),
                ("end_reason", fields.TextField(default="", unique=False)),
                ("learned_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("opened_by", fields.CharField(max_length=80)),
                ("opened_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("approved_by", fields.CharField(null=True, max_length=80)),
                (
                    "approved_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("sent_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("replied_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("closed_by", fields.CharField(null=True, max_length=80)),
                ("closed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                (
                    "next_due_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("policy_version", fields.UUIDField(null=True)),
                ("version", fields.IntField(default=1)),
            ],
            options={
                "table": "referral",
                "app": "hotline",
                "unique_together": (("tenant_id", "number"),),
                "pk_attr": "id",
                "table_description": "督办移送事项: one matter beside the line, by the kind's row in the pack.",
            },
            bases=["Row"],
        ),
        ops.RunSQL(";\n".join(REFERRALS.statements())),
    ]
