"""Words are looked up in the signature alone; its opening tells matters apart."""

from tortoise import migrations
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.db_defaults import SqlDefault
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("hotline", "0008_boundaries")]

    initial = False

    operations = [
        ops.RemoveField(model_name="ServiceRequest", name="grams"),
        ops.AddField(
            model_name="Signature",
            name="opening",
            field=ArrayField(default=list, db_default=SqlDefault("'{}'"), element_type="INT"),
        ),
    ]
