"""联名份额: a failed share goes into a file again only once another account was named for it."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from hotline.records.constraints.payouts import RENEWING


class Migration(migrations.Migration):
    dependencies = [("hotline", "0037_at_hand")]

    initial = False

    operations = [
        ops.AddField(
            model_name="PayoutLine",
            name="renewed_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.RunSQL(";\n".join(RENEWING.statements())),
    ]
