"""补发 of paid rewards; 公开期限 told of before they end; 专项行动 with its reward scheme."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from hotline.records.constraints.top_ups import TOP_UPS


class Migration(migrations.Migration):
    dependencies = [("hotline", "0033_kinds_of_post")]

    initial = False

    operations = [
        ops.AddField(
            model_name="Campaign",
            name="reward",
            field=fields.CharField(default="", db_default="", max_length=48),
        ),
        ops.AddField(
            model_name="PublicTerm",
            name="warned",
            field=fields.SmallIntField(default=0, db_default=0),
        ),
        ops.AddField(
            model_name="RewardCase",
            name="already_fen",
            field=fields.BigIntField(default=0, db_default=0),
        ),
        ops.AddField(
            model_name="RewardCase",
            name="tops_up_id",
            field=fields.UUIDField(null=True),
        ),
        ops.RunSQL(";\n".join(TOP_UPS.statements())),
    ]
