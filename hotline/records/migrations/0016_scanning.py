"""附件: when a file is looked at by the scanner; files of an order."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from hotline.records.constraints import scanning_statements


class Migration(migrations.Migration):
    dependencies = [("hotline", "0015_partners")]

    initial = False

    operations = [
        ops.AlterField(
            model_name="Attachment",
            name="media_type",
            field=fields.CharField(max_length=100),
        ),
        ops.AddField(
            model_name="Attachment",
            name="scan_attempts",
            field=fields.IntField(default=0, db_default=0),
        ),
        ops.AddField(
            model_name="Attachment",
            name="scan_due",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.RunSQL(";\n".join(scanning_statements())),
    ]
