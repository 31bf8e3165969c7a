"""考核: cohorts that were counted, and when."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from hotline.records.base import new_id
from hotline.records.constraints.desks import ASSESSING


class Migration(migrations.Migration):
    dependencies = [("hotline", "0029_inspected")]

    initial = False

    operations = [
        ops.CreateModel(
            name="AssessmentCell",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("jurisdiction", fields.CharField(max_length=6)),
                ("month", fields.DateField()),
                ("lead", fields.CharField(max_length=64)),
                ("county", fields.CharField(max_length=12)),
                ("orders", fields.IntField()),
                ("accepted", fields.IntField()),
                ("accepted_of", fields.IntField()),
                ("closed", fields.IntField()),
                ("closed_of", fields.IntField()),
                ("satisfied", fields.IntField()),
                ("satisfied_of", fields.IntField()),
                ("reopened", fields.IntField()),
                ("reopened_of", fields.IntField()),
            ],
            options={
                "table": "assessment_cell",
                "app": "hotline",
                "unique_together": (("tenant_id", "jurisdiction", "month", "lead", "county"),),
                "pk_attr": "id",
                "table_description": "考核: a month's cohort of one department in one county, counted.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="AssessmentMonth",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("jurisdiction", fields.CharField(max_length=6)),
                ("month", fields.DateField()),
                ("counted_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "assessment_month",
                "app": "hotline",
                "unique_together": (("tenant_id", "jurisdiction", "month"),),
                "pk_attr": "id",
                "table_description": "Which months of a jurisdiction were counted, and when.",
            },
            bases=["Row"],
        ),
        ops.RunSQL(";\n".join(ASSESSING.statements())),
    ]
