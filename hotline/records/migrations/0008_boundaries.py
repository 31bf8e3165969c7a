"""边界 that an operator imported, and where a report roughly lies."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from hotline.records.base import new_id
from hotline.records.constraints import boundary_statements


class Migration(migrations.Migration):
    dependencies = [("hotline", "0007_reprints")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Boundary",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("version", fields.CharField(max_length=64)),
                ("code", fields.CharField(max_length=12)),
                ("name", fields.CharField(default="", max_length=120)),
                ("rings", fields.BinaryField()),
                ("source", fields.CharField(default="", max_length=200)),
                ("review_number", fields.CharField(default="", max_length=64)),
                ("imported_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "boundary",
                "app": "hotline",
                "unique_together": (("tenant_id", "code"),),
                "pk_attr": "id",
                "table_description": "One division's polygons, packed; a later import of the same code takes their place.",
            },
            bases=["Row"],
        ),
        ops.AddField(
            model_name="ServiceRequest",
            name="accuracy_m",
            field=fields.IntField(null=True),
        ),
        ops.AddField(
            model_name="ServiceRequest",
            name="latitude",
            field=fields.FloatField(null=True),
        ),
        ops.AddField(
            model_name="ServiceRequest",
            name="longitude",
            field=fields.FloatField(null=True),
        ),
        ops.RunSQL(";\n".join(boundary_statements())),
    ]
