"""跨省联办: one matter of two provinces, each with an order of its own."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from hotline.records.base import new_id
from hotline.records.constraints.joint import JOINT


class Migration(migrations.Migration):
    dependencies = [("hotline", "0031_people")]

    initial = False

    operations = [
        ops.CreateModel(
            name="JointHandling",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("order_id", fields.UUIDField(null=True)),
                ("request_id", fields.UUIDField(null=True)),
                ("peer_tenant", fields.CharField(max_length=6)),
                ("peer_jurisdiction", fields.CharField(max_length=6)),
                ("peer_number", fields.CharField(null=True, max_length=32)),
                ("county", fields.CharField(null=True, max_length=6)),
                ("text", fields.CharField(max_length=2000)),
                ("by", fields.CharField(max_length=80)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("handed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "joint_handling",
                "app": "hotline",
                "unique_together": (("tenant_id", "order_id", "peer_jurisdiction"),),
                "pk_attr": "id",
                "table_description": "联合处置: on the side that asked, `order_id`; on the side that was asked, `request_id`.",
            },
            bases=["Row"],
        ),
        ops.RunSQL(";\n".join(JOINT.statements())),
    ]
