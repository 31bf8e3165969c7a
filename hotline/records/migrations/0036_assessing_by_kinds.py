"""考核: what was counted, by kinds too, for posts that are for some alone."""

from tortoise import fields, migrations
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.migrations import operations as ops

from hotline.records.base import new_id
from hotline.records.constraints.desks import BY_KINDS


class Migration(migrations.Migration):
    dependencies = [("hotline", "0035_reading")]

    initial = False

    operations = [
        ops.CreateModel(
            name="AssessmentKindCell",
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
                ("kinds", ArrayField(default=list, element_type="TEXT")),
            ],
            options={
                "table": "assessment_kind_cell",
                "app": "hotline",
                "unique_together": (
                    ("tenant_id", "jurisdiction", "month", "lead", "county", "kinds"),
                ),
                "pk_attr": "id",
                "table_description": "The same by what the orders are about: for posts that are for some kinds alone 限办类型.",
            },
            bases=["Row"],
        ),
        ops.RunSQL(";\n".join(BY_KINDS.statements())),
    ]
