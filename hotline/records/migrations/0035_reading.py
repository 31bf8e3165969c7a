"""期限看板、工作台 read by the index alone; a department's past orders from the newest."""

from tortoise import migrations
from tortoise.migrations import operations as ops

from hotline.records.constraints.desks import READING


class Migration(migrations.Migration):
    dependencies = [("hotline", "0034_top_ups")]

    initial = False

    operations = [ops.RunSQL(";\n".join(READING.statements()))]
