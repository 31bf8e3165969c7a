"""电话: calls, events of the phone system, seats, call-backs, knowledge base."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from hotline.records.base import new_id
from hotline.records.constraints import phone_statements


class Migration(migrations.Migration):
    dependencies = [("hotline", "0013_outgoing")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Article",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("jurisdiction", fields.CharField(max_length=6)),
                ("ref", fields.CharField(max_length=16)),
                ("edition", fields.IntField()),
                ("kind", fields.CharField(default="", max_length=32)),
                ("title", fields.CharField(max_length=120)),
                ("script", fields.TextField(unique=False)),
                ("answer", fields.TextField(unique=False)),
                ("source", fields.CharField(max_length=400)),
                ("valid_from", fields.DateField()),
                ("valid_to", fields.DateField(null=True)),
                ("state", fields.CharField(max_length=12)),
                ("written_by", fields.UUIDField()),
                ("written_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("approved_by", fields.UUIDField(null=True)),
                (
                    "approved_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
            ],
            options={
                "table": "article",
                "app": "hotline",
                "unique_together": (("tenant_id", "ref", "edition"),),
                "pk_attr": "id",
                "table_description": "知识库: one version of one article; another person puts it in force.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="CallBack",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("ref", fields.CharField(max_length=16)),
                ("jurisdiction", fields.CharField(max_length=6)),
                ("call_id", fields.UUIDField()),
                ("caller_index", fields.BinaryField()),
                ("missed", fields.IntField(default=1)),
                ("since", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("due_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("state", fields.CharField(max_length=12)),
                ("taken_by", fields.UUIDField(null=True)),
                ("taken_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("tries", fields.IntField(default=0)),
                ("tried_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("closed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("version", fields.IntField(default=1)),
            ],
            options={
                "table": "call_back",
                "app": "hotline",
                "unique_together": (("tenant_id", "ref"),),
                "pk_attr": "id",
                "table_description": "漏接回拨: one a caller, however often it rang; taken by one agent, tried so often.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="CallBackTry",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("call_back_id", fields.UUIDField()),
                ("staff_id", fields.UUIDField()),
                ("result", fields.CharField(max_length=12)),
                ("note", fields.BinaryField(null=True)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "call_back_try",
                "app": "hotline",
                "pk_attr": "id",
                "table_description": "One attempt to reach the caller; the note lies under the call's seal.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="PhoneCall",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("ref", fields.CharField(max_length=16)),
                ("jurisdiction", fields.CharField(max_length=6)),
                ("line", fields.CharField(max_length=64)),
                ("reference_key", fields.BinaryField()),
                ("caller_index", fields.BinaryField(null=True)),
                ("kek_id", fields.CharField(max_length=16)),
                ("wrapped_key", fields.BinaryField(null=True)),
                ("sealed", fields.BinaryField(null=True)),
                ("extension", fields.CharField(null=True, max_length=32)),
                ("staff_id", fields.UUIDField(null=True)),
                ("state", fields.CharField(max_length=12)),
                ("began_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("offered_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                (
                    "answered_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("missed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                (
                    "voicemail_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("taken_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("draft_ref", fields.CharField(null=True, max_length=16)),
                ("request_id", fields.UUIDField(null=True)),
                ("settled_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("settled_as", fields.CharField(null=True, max_length=12)),
                ("version", fields.IntField(default=1)),
            ],
            options={
                "table": "phone_call",
                "app": "hotline",
                "unique_together": (("tenant_id", "line", "reference_key"), ("tenant_id", "ref")),
                "pk_attr": "id",
                "table_description": "一次来电; number, displayed number and the provider's reference lie sealed.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="PhoneEvent",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("line", fields.CharField(max_length=64)),
                ("event_id", fields.CharField(max_length=128)),
                ("body_hash", fields.BinaryField()),
                ("kind", fields.CharField(max_length=12)),
                ("call_id", fields.UUIDField()),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("received_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "phone_event",
                "app": "hotline",
                "unique_together": (("tenant_id", "line", "event_id"),),
                "pk_attr": "id",
                "table_description": "One event of the phone system: taken once, however often and in whatever order it comes.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Seat",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("tenant_id", fields.CharField(max_length=6)),
                ("line", fields.CharField(max_length=64)),
                ("extension", fields.CharField(max_length=32)),
                ("staff_id", fields.UUIDField()),
                ("seated_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "seat",
                "app": "hotline",
                "unique_together": (("tenant_id", "line", "extension"), ("tenant_id", "staff_id")),
                "pk_attr": "id",
                "table_description": "坐席: who sits at which extension now.",
            },
            bases=["Row"],
        ),
        ops.RunSQL(";\n".join(phone_statements())),
    ]
