"""来信来访: how many signed a paper."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("hotline", "0011_wechat")]

    initial = False

    operations = [
        ops.AddField(
            model_name="ServiceRequest",
            name="signatories",
            field=fields.IntField(null=True),
        ),
    ]
