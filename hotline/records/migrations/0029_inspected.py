"""边督边改: what the investigation verified stands in a column of its own."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("hotline", "0028_payouts")]

    initial = False

    operations = [
        ops.AddField(
            model_name="Publication",
            name="verified",
            field=fields.TextField(default="", db_default="", unique=False),
        ),
    ]
