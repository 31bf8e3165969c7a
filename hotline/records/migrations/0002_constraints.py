"""Real keys, checks, partial indexes and the application's role."""

from tortoise import migrations
from tortoise.migrations import operations as ops

from hotline.records.constraints import statements


class Migration(migrations.Migration):
    dependencies = [("hotline", "0001_first")]

    # one operation: the tool copies its whole state for each
    operations = [ops.RunSQL(";\n".join(statements()))]
