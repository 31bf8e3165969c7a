"""API keys: machines that show a key instead of signing."""

from tortoise import fields, migrations
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.migrations import operations as ops

from hotline.records.base import new_id
from hotline.records.constraints import api_key_statements


class Migration(migrations.Migration):
    dependencies = [("hotline", "0002_constraints")]

    initial = False

    operations = [
        ops.CreateModel(
            name="ApiKey",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("name", fields.CharField(max_length=64)),
                ("jurisdiction", fields.CharField(max_length=6)),
                ("kind", fields.CharField(max_length=12)),
                ("scopes", ArrayField(default=list, element_type="TEXT")),
                ("secret_hash", fields.BinaryField()),
                ("previous_hash", fields.BinaryField(null=True)),
                (
                    "previous_until",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("per_minute", fields.IntField()),
                ("active", fields.BooleanField(default=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "api_key",
                "app": "hotline",
                "unique_together": (("tenant_id", "name"),),
                "pk_attr": "id",
                "table_description": "接口密钥: a machine that shows a key; only its keyed hash is kept, two during a rotation.",
            },
            bases=["Row"],
        ),
        ops.RunSQL(";\n".join(api_key_statements())),
    ]
