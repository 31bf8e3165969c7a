"""奖励: claims, payout files, claw-backs and honours."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from hotline.records.base import new_id
from hotline.records.constraints.payouts import PAYOUTS


class Migration(migrations.Migration):
    dependencies = [("hotline", "0027_partner_files")]

    initial = False

    operations = [
        ops.CreateModel(
            name="ClaimCode",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("request_id", fields.UUIDField()),
                ("hash", fields.BinaryField()),
                ("made_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("used_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "claim_code",
                "app": "hotline",
                "pk_attr": "id",
                "table_description": "领奖验证码 sent to the address a named reporter gave; only a keyed hash is kept.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="PayoutBatch",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("jurisdiction", fields.CharField(max_length=6)),
                ("number", fields.CharField(max_length=24)),
                ("made_by", fields.CharField(max_length=80)),
                ("made_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("lines", fields.IntField()),
                ("total_fen", fields.BigIntField()),
                ("exports", fields.SmallIntField(default=0)),
                (
                    "exported_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("settled_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "payout_batch",
                "app": "hotline",
                "unique_together": (("tenant_id", "number"),),
                "pk_attr": "id",
                "table_description": "发放批次: the claims that left in one file.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="PayoutLine",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("batch_id", fields.UUIDField()),
                ("place", fields.IntField()),
                ("case_id", fields.UUIDField()),
                ("claim_id", fields.UUIDField()),
                ("payee", fields.SmallIntField(default=0)),
                ("way", fields.CharField(max_length=16)),
                ("fen", fields.BigIntField()),
                ("state", fields.CharField(max_length=8)),
                ("paid_on", fields.DateField(null=True)),
                ("voucher", fields.CharField(default="", max_length=64)),
                ("failure", fields.CharField(default="", max_length=24)),
                ("settled_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("settled_by", fields.CharField(null=True, max_length=80)),
            ],
            options={
                "table": "payout_line",
                "app": "hotline",
                "unique_together": (("tenant_id", "batch_id", "place"),),
                "pk_attr": "id",
                "table_description": "发放明细: one payee's sum; neither the case's number nor a name stands here.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="PayoutResult",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("batch_id", fields.UUIDField()),
                ("digest", fields.BinaryField()),
                ("by", fields.CharField(max_length=80)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("paid", fields.IntField()),
                ("failed", fields.IntField()),
            ],
            options={
                "table": "payout_result",
                "app": "hotline",
                "unique_together": (("tenant_id", "batch_id", "digest"),),
                "pk_attr": "id",
                "table_description": "发放结果: a file of results that was taken in; the same one again changes nothing.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="RewardClaim",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("case_id", fields.UUIDField()),
                ("proof", fields.CharField(max_length=8)),
                ("way", fields.CharField(max_length=16)),
                ("payees", fields.SmallIntField(default=1)),
                ("kek_id", fields.CharField(max_length=16)),
                ("wrapped_key", fields.BinaryField(null=True)),
                ("sealed", fields.BinaryField(null=True)),
                ("notice_version", fields.CharField(max_length=40)),
                ("honour", fields.CharField(default="none", max_length=12)),
                ("claimed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("wiped_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "reward_claim",
                "app": "hotline",
                "pk_attr": "id",
                "table_description": "领取: who is to be paid and how, sealed under a key of its own for the payer alone.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="RewardSecret",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("hash", fields.CharField(max_length=200)),
                ("made_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("drawn", fields.SmallIntField(default=1)),
            ],
            options={
                "table": "reward_secret",
                "app": "hotline",
                "pk_attr": "id",
                "table_description": "领奖密语 of one report (the same id): a slow hash under a pepper kept apart.",
            },
            bases=["Row"],
        ),
        ops.AddField(
            model_name="RewardCase",
            name="honour",
            field=fields.CharField(default="", db_default="", max_length=16),
        ),
        ops.AddField(
            model_name="RewardCase",
            name="honoured_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="RewardCase",
            name="recount_due",
            field=fields.CharField(default="", db_default="", max_length=16),
        ),
        ops.AddField(
            model_name="RewardCase",
            name="recover_fen",
            field=fields.BigIntField(null=True),
        ),
        ops.AddField(
            model_name="RewardCase",
            name="recovered_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.RunSQL(";\n".join(PAYOUTS.statements())),
    ]
