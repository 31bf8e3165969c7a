"""转送、核查、回访、复查、归档: what is done about an order beside its texts and terms."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from hotline.records.base import new_id
from hotline.records.constraints.procedure import PROCEDURE


class Migration(migrations.Migration):
    dependencies = [("hotline", "0025_protection")]

    initial = False

    operations = [
        ops.CreateModel(
            name="CheckVisit",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("order_id", fields.UUIDField()),
                ("by", fields.CharField(max_length=80)),
                ("visited_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("outcome", fields.CharField(max_length=12)),
                ("note", fields.CharField(max_length=2000)),
            ],
            options={
                "table": "check_visit",
                "app": "hotline",
                "pk_attr": "id",
                "table_description": "核查: somebody else than who handled the order has looked for himself.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="FollowUpTry",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("request_id", fields.UUIDField()),
                ("order_id", fields.UUIDField()),
                ("by", fields.CharField(max_length=80)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("result", fields.CharField(max_length=12)),
                ("note", fields.CharField(default="", max_length=1000)),
            ],
            options={
                "table": "follow_up_try",
                "app": "hotline",
                "pk_attr": "id",
                "table_description": "回访: one attempt to ask a reporter how the answer was found.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Forwarding",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("order_id", fields.UUIDField(null=True)),
                ("request_id", fields.UUIDField(null=True)),
                ("body", fields.CharField(max_length=120)),
                ("contact", fields.CharField(max_length=200)),
                ("reason", fields.CharField(max_length=1000)),
                ("by", fields.CharField(max_length=80)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("their_number", fields.CharField(default="", max_length=64)),
                (
                    "confirmed_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                (
                    "returned_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
            ],
            options={
                "table": "forwarding",
                "app": "hotline",
                "pk_attr": "id",
                "table_description": "转送: given to a body outside, as an order or as a report nobody here had accepted.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("request_id", fields.UUIDField()),
                ("order_id", fields.UUIDField()),
                ("kind", fields.CharField(max_length=12)),
                ("body", fields.CharField(null=True, max_length=64)),
                ("asked_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("sealed", fields.BinaryField(null=True)),
                ("text", fields.TextField(default="", unique=False)),
                ("decided_by", fields.CharField(null=True, max_length=80)),
                ("decided_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("outcome", fields.CharField(null=True, max_length=12)),
                ("opinion", fields.TextField(default="", unique=False)),
            ],
            options={
                "table": "review",
                "app": "hotline",
                "pk_attr": "id",
                "table_description": "复查 and 复核: asked by the reporter, decided by the body above whoever answered.",
            },
            bases=["Row"],
        ),
        ops.AddField(
            model_name="Feedback",
            name="by_default",
            field=fields.BooleanField(default=False, db_default=False),
        ),
        ops.AddField(
            model_name="WorkOrder",
            name="archived_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="WorkOrder",
            name="interim_left",
            field=fields.CharField(default="", db_default="", max_length=1000),
        ),
        ops.AddField(
            model_name="WorkOrder",
            name="keep_until",
            field=fields.DateField(null=True),
        ),
        ops.RunSQL(";\n".join(PROCEDURE.statements())),
    ]
