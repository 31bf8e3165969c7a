"""经办人、请假代理、回避、分别受理、监督员证: who acts, for whom, and who keeps out."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from hotline.records.base import new_id
from hotline.records.constraints.people import PEOPLE


class Migration(migrations.Migration):
    dependencies = [("hotline", "0030_assessing")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Absence",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("staff_id", fields.UUIDField()),
                ("deputy_id", fields.UUIDField()),
                ("from_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("to_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("made_by", fields.CharField(max_length=80)),
                ("made_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "absence",
                "app": "hotline",
                "pk_attr": "id",
                "table_description": "请假代理: from when to when somebody else acts in a person's name.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Recusal",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("order_id", fields.UUIDField()),
                ("staff_id", fields.UUIDField()),
                ("reason", fields.CharField(max_length=1000)),
                ("by", fields.CharField(max_length=80)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "recusal",
                "app": "hotline",
                "unique_together": (("tenant_id", "order_id", "staff_id"),),
                "pk_attr": "id",
                "table_description": "回避: this person neither reads nor acts on this order any more.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="ReporterCard",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("jurisdiction", fields.CharField(max_length=6)),
                ("kind", fields.CharField(max_length=12)),
                ("number", fields.CharField(max_length=32)),
                ("valid_from", fields.DateField()),
                ("valid_to", fields.DateField(null=True)),
                ("made_by", fields.CharField(max_length=80)),
                ("made_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("revoked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "reporter_card",
                "app": "hotline",
                "unique_together": (("tenant_id", "number"),),
                "pk_attr": "id",
                "table_description": "监督员证、网格员证: a number and its days; whose it is, the authority's own list says.",
            },
            bases=["Row"],
        ),
        ops.AddField(
            model_name="ServiceRequest",
            name="body",
            field=fields.CharField(null=True, max_length=64),
        ),
        ops.AddField(
            model_name="ServiceRequest",
            name="card",
            field=fields.CharField(null=True, max_length=12),
        ),
        ops.AddField(
            model_name="StaffSession",
            name="acting_for",
            field=fields.UUIDField(null=True),
        ),
        ops.AddField(
            model_name="WorkOrder",
            name="handler_id",
            field=fields.UUIDField(null=True),
        ),
        ops.RunSQL(";\n".join(PEOPLE.statements())),
    ]
