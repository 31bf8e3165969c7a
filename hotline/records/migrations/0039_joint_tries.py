"""跨省联办: what could not be handed over is tried again after the others."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("hotline", "0038_renewed_shares")]

    initial = False

    operations = [
        ops.AddField(
            model_name="JointHandling",
            name="tried_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
    ]
