"""转载: a story that other outlets printed too, folded into its first clue."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from hotline.records.base import new_id
from hotline.records.constraints import reprint_statements


class Migration(migrations.Migration):
    dependencies = [("hotline", "0006_routing")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Reprint",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("clue_id", fields.UUIDField()),
                ("outlet", fields.CharField(max_length=120)),
                ("url", fields.CharField(default="", max_length=1000)),
                (
                    "published_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("headline", fields.CharField(default="", max_length=200)),
                ("sealed", fields.BinaryField()),
                ("folded_by", fields.CharField(max_length=80)),
                ("folded_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("separated_by", fields.CharField(null=True, max_length=80)),
                (
                    "separated_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
            ],
            options={
                "table": "reprint",
                "app": "hotline",
                "pk_attr": "id",
                "table_description": "转载: the same story at another outlet (same id as its draft), folded into the first clue.",
            },
            bases=["Row"],
        ),
        ops.RunSQL(";\n".join(reprint_statements())),
    ]
