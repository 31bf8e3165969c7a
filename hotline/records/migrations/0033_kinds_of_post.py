"""岗位的限办类型: which kinds an account, or an invitation to one, is for."""

from tortoise import migrations
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.db_defaults import SqlDefault
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("hotline", "0032_joint")]

    initial = False

    operations = [
        ops.AddField(
            model_name="Invite",
            name="kinds",
            field=ArrayField(default=list, db_default=SqlDefault("'{}'"), element_type="TEXT"),
        ),
        ops.AddField(
            model_name="Staff",
            name="kinds",
            field=ArrayField(default=list, db_default=SqlDefault("'{}'"), element_type="TEXT"),
        ),
    ]
