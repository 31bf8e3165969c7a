"""工作台、工单、考核 by keys of their own: what a department leads, what a reporter said, what is near."""

from tortoise import migrations
from tortoise.migrations import operations as ops

from hotline.records.constraints.desks import AT_HAND


class Migration(migrations.Migration):
    dependencies = [("hotline", "0036_assessing_by_kinds")]

    initial = False

    operations = [ops.RunSQL(";\n".join(AT_HAND.statements()))]
