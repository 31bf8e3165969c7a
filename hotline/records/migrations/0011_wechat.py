"""微信公众号: accounts, messages as they came, requests already seen."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from hotline.records.base import new_id
from hotline.records.constraints import wechat_statements


class Migration(migrations.Migration):
    dependencies = [("hotline", "0010_kind_models")]

    initial = False

    operations = [
        ops.CreateModel(
            name="WechatAccount",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("name", fields.CharField(max_length=64)),
                ("jurisdiction", fields.CharField(max_length=6)),
                ("kek_id", fields.CharField(max_length=16)),
                ("secrets", fields.BinaryField()),
                ("token", fields.BinaryField(null=True)),
                (
                    "token_until",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("active", fields.BooleanField(default=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "wechat_account",
                "app": "hotline",
                "unique_together": (("tenant_id", "name"),),
                "pk_attr": "id",
                "table_description": "One official account; its secrets and its access token lie under the key-encryption key.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="WechatMessage",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("account", fields.CharField(max_length=64)),
                ("message_key", fields.BinaryField()),
                ("body_hash", fields.BinaryField()),
                ("draft_id", fields.UUIDField(null=True)),
                ("kek_id", fields.CharField(max_length=16)),
                ("wrapped_key", fields.BinaryField(null=True)),
                ("body", fields.BinaryField(null=True)),
                ("answer", fields.BinaryField(null=True)),
                ("media", fields.CharField(max_length=12)),
                ("attempts", fields.IntField(default=0)),
                (
                    "available_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("error", fields.CharField(null=True, max_length=80)),
                ("received_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "wechat_message",
                "app": "hotline",
                "unique_together": (("tenant_id", "account", "message_key"),),
                "pk_attr": "id",
                "table_description": "One message of one person: sealed with its answer, known again by a keyed digest.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="WechatNonce",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("account", fields.CharField(max_length=64)),
                ("nonce", fields.BinaryField()),
                ("message_key", fields.BinaryField()),
                ("seen_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "wechat_nonce",
                "app": "hotline",
                "unique_together": (("tenant_id", "account", "nonce"),),
                "pk_attr": "id",
                "table_description": "A signed request that was seen: its signature is good for that one message.",
            },
            bases=["Row"],
        ),
        ops.RunSQL(";\n".join(wechat_statements())),
    ]
