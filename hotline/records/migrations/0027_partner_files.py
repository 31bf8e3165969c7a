"""对方附件: files that lie with a platform, until they are fetched."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from hotline.records.base import new_id
from hotline.records.constraints.partner_files import PARTNER_FILES


class Migration(migrations.Migration):
    dependencies = [("hotline", "0026_procedure")]

    initial = False

    operations = [
        ops.CreateModel(
            name="PartnerFile",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("request_id", fields.UUIDField()),
                ("channel", fields.CharField(max_length=80)),
                ("digest", fields.BinaryField()),
                ("kek_id", fields.CharField(max_length=16)),
                ("address", fields.BinaryField(null=True)),
                ("state", fields.CharField(max_length=12)),
                ("attempts", fields.IntField(default=0)),
                (
                    "available_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("error", fields.CharField(null=True, max_length=80)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "partner_file",
                "app": "hotline",
                "unique_together": (("tenant_id", "request_id", "digest"),),
                "pk_attr": "id",
                "table_description": "对方附件: a file that lies with a platform; its address is sealed, and forgotten at last.",
            },
            bases=["Row"],
        ),
        ops.RunSQL(";\n".join(PARTNER_FILES.statements())),
    ]
