"""公开: what was public when, until when it must be, what the authority itself says."""

from typing import Any

from tortoise import fields
from tortoise.fields.db_defaults import SqlDefault

from hotline.records.base import Row, code, maybe_code, maybe_when, when


class PublicVersion(Row):
    """One state of what anybody could read, from `at` on: shown with these words, or gone."""

    holder = code(12)  # publication | release
    holder_id = fields.UUIDField()
    seq = fields.IntField()
    what = code(8)  # shown | gone
    content: fields.Field[Any] = fields.JSONField(default=dict, db_default=SqlDefault("'{}'"))
    reason = fields.CharField(max_length=400, default="", db_default="")
    by = code(80)
    at = when()

    class Meta:
        table = "public_version"
        unique_together = (("tenant_id", "holder", "holder_id", "seq"),)


class PublicTerm(Row):
    """公开期限: by when a result is published, a publication withdrawn, the press answered."""

    jurisdiction = code(6)
    holder = code(12)  # order | publication | clue
    holder_id = fields.UUIDField()
    rule = code(24)  # the row of the pack that it follows
    cause = code(32, default="", db_default="")  # the step that began it
    policy_version = fields.UUIDField(null=True)
    unit = code(16)
    count = fields.IntField()
    started_at = when()
    due_on = fields.DateField()
    due_at = when()
    provisional = fields.BooleanField(default=False)
    stopped_at = maybe_when()
    stopped_by = maybe_code(80)
    outcome = maybe_code(16)
    reason = fields.CharField(max_length=400, default="", db_default="")
    warned = fields.SmallIntField(default=0, db_default=0)  # how near its end it was told of

    class Meta:
        table = "public_term"


class Release(Row):
    """发布稿: typical case, good example, bulletin, answer to the press or briefing."""

    jurisdiction = code(6)
    number = code(24)
    kind = code(16)
    stage = code(12)  # draft | offered | published | withdrawn
    title = fields.CharField(max_length=200)
    body = fields.TextField()
    figures: fields.Field[Any] = fields.JSONField(default=dict, db_default=SqlDefault("'{}'"))
    since = fields.DateField(null=True)
    until = fields.DateField(null=True)
    clue_id = fields.UUIDField(null=True)
    consent = fields.CharField(max_length=400, default="", db_default="")
    consent_on = fields.DateField(null=True)
    written_by = code(80)  # whoever changed it last
    written_at = when()
    approved_by = maybe_code(80)
    published_at = maybe_when()
    withdrawn_at = maybe_when()
    withdraw_reason = fields.CharField(max_length=400, default="", db_default="")
    version = fields.IntField(default=1)

    class Meta:
        table = "release"
        unique_together = (("tenant_id", "number"),)


class ReleaseSending(Row):
    """送发记录: which outlet got a published text, how and when; appended, never changed."""

    release_id = fields.UUIDField()
    outlet = fields.CharField(max_length=120)
    way = code(12)  # mail | phone | meeting | post
    note = fields.CharField(max_length=400, default="")
    by = code(80)
    at = when()

    class Meta:
        table = "release_sending"


class PressContact(Row):
    """媒体联系人: whom the authority reaches at an outlet, in that office and no other."""

    jurisdiction = code(6)
    outlet = fields.CharField(max_length=120)
    name = fields.CharField(max_length=60)
    reach = fields.CharField(max_length=200)  # a number or mail of the office
    added_by = code(80)
    added_at = when()

    class Meta:
        table = "press_contact"


class ClueLink(Row):
    """关联: a matter that a clue speaks of beside the one it was registered into."""

    clue_id = fields.UUIDField()
    order_id = fields.UUIDField()
    by = code(80)
    at = when()
    removed_at = maybe_when()

    class Meta:
        table = "clue_link"
