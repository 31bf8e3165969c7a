"""发件: notices, the duty list, the desk of failed messages, wordings as versions."""

from tortoise import fields, migrations
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.db_defaults import SqlDefault
from tortoise.migrations import operations as ops

from hotline.records.base import new_id
from hotline.records.constraints import outgoing_statements


class Migration(migrations.Migration):
    dependencies = [("hotline", "0012_papers")]

    initial = False

    operations = [
        ops.CreateModel(
            name="DutyAlarm",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("order_id", fields.UUIDField()),
                ("jurisdiction", fields.CharField(max_length=6)),
                ("raised_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("told", fields.IntField(default=0)),
                ("next_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                (
                    "acknowledged_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("acknowledged_by", fields.CharField(null=True, max_length=80)),
            ],
            options={
                "table": "duty_alarm",
                "app": "hotline",
                "pk_attr": "id",
                "table_description": "紧急提醒: a matter with an emergency flag, until somebody on duty says that they have it.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="DutyWatch",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("jurisdiction", fields.CharField(max_length=6)),
                ("staff_id", fields.UUIDField()),
                ("rank", fields.IntField()),
                ("from_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("to_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("kek_id", fields.CharField(max_length=16)),
                ("phone", fields.BinaryField(null=True)),
                ("made_by", fields.CharField(max_length=80)),
                ("made_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "duty_watch",
                "app": "hotline",
                "pk_attr": "id",
                "table_description": "值班: who is called for an emergency, from when to when, and in which order.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="MessageAttempt",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("message_id", fields.UUIDField()),
                ("way", fields.CharField(max_length=16)),
                ("error", fields.CharField(max_length=80)),
                ("permanent", fields.BooleanField()),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "message_attempt",
                "app": "hotline",
                "pk_attr": "id",
                "table_description": "投递记录: one try that failed, with the way and the code of the failure; never an address.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="NoticeRead",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("staff_id", fields.UUIDField()),
                ("message_id", fields.UUIDField()),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "notice_read",
                "app": "hotline",
                "unique_together": (("tenant_id", "staff_id", "message_id"),),
                "pk_attr": "id",
                "table_description": "已读: one member of staff has read one message of the desk.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Wording",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("key", fields.CharField(max_length=64)),
                ("language", fields.CharField(max_length=8)),
                ("version", fields.IntField()),
                ("subject", fields.CharField(max_length=200)),
                ("body", fields.TextField(unique=False)),
                ("short", fields.CharField(default="", max_length=400)),
                ("state", fields.CharField(max_length=12)),
                ("reason", fields.CharField(default="", max_length=400)),
                ("made_by", fields.CharField(max_length=80)),
                ("made_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("approved_by", fields.CharField(null=True, max_length=80)),
                (
                    "approved_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
            ],
            options={
                "table": "wording",
                "app": "hotline",
                "unique_together": (("tenant_id", "key", "language", "version"),),
                "pk_attr": "id",
                "table_description": "消息用语: one version of one message in one language; what was in force stays readable.",
            },
            bases=["Row"],
        ),
        ops.AddField(
            model_name="Message",
            name="partner",
            field=fields.CharField(null=True, max_length=64),
        ),
        ops.AddField(
            model_name="Message",
            name="staff_id",
            field=fields.UUIDField(null=True),
        ),
        ops.AddField(
            model_name="Message",
            name="tried",
            field=ArrayField(default=list, db_default=SqlDefault("'{}'"), element_type="TEXT"),
        ),
        ops.AddField(
            model_name="Message",
            name="way",
            field=fields.CharField(null=True, max_length=16),
        ),
        ops.AddField(
            model_name="Vault",
            name="corrected",
            field=fields.BinaryField(null=True),
        ),
        ops.RunSQL(";\n".join(outgoing_statements())),
    ]
