"""管理: due dates are warned of, and a second factor stands beside the password."""

from tortoise import fields, migrations
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.db_defaults import SqlDefault
from tortoise.migrations import operations as ops

from hotline.records.base import new_id
from hotline.records.constraints.administering import ADMINISTERING


class Migration(migrations.Migration):
    dependencies = [("hotline", "0020_rewards")]

    initial = False

    operations = [
        ops.CreateModel(
            name="SecondFactor",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("staff_id", fields.UUIDField()),
                ("kek_id", fields.CharField(max_length=16)),
                ("secret", fields.BinaryField()),
                ("made_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "confirmed_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("last_step", fields.BigIntField(default=0)),
                (
                    "recovery",
                    ArrayField(default=list, db_default=SqlDefault("'{}'"), element_type="TEXT"),
                ),
            ],
            options={
                "table": "second_factor",
                "app": "hotline",
                "unique_together": (("tenant_id", "staff_id"),),
                "pk_attr": "id",
                "table_description": "两步验证: the sealed secret of an authenticator; in force once a code of it was given.",
            },
            bases=["Row"],
        ),
        ops.AddField(
            model_name="Clock",
            name="warned",
            field=fields.SmallIntField(default=0, db_default=0),
        ),
        ops.AddField(
            model_name="StaffSession",
            name="passed",
            field=fields.BooleanField(default=True, db_default=True),
        ),
        ops.RunSQL(";\n".join(ADMINISTERING.statements())),
    ]
