"""Further counties of a cross-boundary matter; versions of a policy that were put in force here."""

from tortoise import fields, migrations
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.db_defaults import SqlDefault
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("hotline", "0005_signatures")]

    initial = False

    operations = [
        ops.AddField(
            model_name="PolicyVersion",
            name="enacted",
            field=fields.BooleanField(default=False, db_default=False),
        ),
        ops.AddField(
            model_name="ServiceRequest",
            name="also",
            field=ArrayField(default=list, element_type="TEXT", db_default=SqlDefault("'{}'")),
        ),
        ops.AddField(
            model_name="WorkOrder",
            name="also",
            field=ArrayField(default=list, element_type="TEXT", db_default=SqlDefault("'{}'")),
        ),
    ]
