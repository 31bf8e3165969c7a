"""合并工单: where a merged order went, links between orders, and publications to be looked at again."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from hotline.records.base import new_id
from hotline.records.constraints import link_statements


class Migration(migrations.Migration):
    dependencies = [("hotline", "0003_api_keys")]

    initial = False

    operations = [
        ops.CreateModel(
            name="OrderLink",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("order_id", fields.UUIDField()),
                ("other_id", fields.UUIDField()),
                ("relation", fields.CharField(max_length=16)),
                ("reason", fields.CharField(default="", max_length=400)),
                ("by", fields.CharField(max_length=80)),
                ("from_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("to_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "order_link",
                "app": "hotline",
                "pk_attr": "id",
                "table_description": "关联: two orders that belong together without being one; from and to, and why.",
            },
            bases=["Row"],
        ),
        ops.AddField(
            model_name="Membership",
            name="like_id",
            field=fields.UUIDField(null=True),
        ),
        ops.AddField(
            model_name="Publication",
            name="review_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="Publication",
            name="review_cause",
            field=fields.CharField(null=True, max_length=48),
        ),
        ops.AddField(
            model_name="WorkOrder",
            name="merged_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="WorkOrder",
            name="merged_into_id",
            field=fields.UUIDField(null=True),
        ),
        ops.RunSQL(";\n".join(link_statements())),
    ]
