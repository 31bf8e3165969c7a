"""Doors: signed channels, API keys, sealed drafts, staged files, import runs."""

from tortoise import fields

from hotline.records.base import Row, code, listed, maybe_code, maybe_when, when, words


class HookChannel(Row):
    """A signed sender; secrets are sealed under the key-encryption key, two during a rotation."""

    name = code(64)
    jurisdiction = code(6)
    kind = code(12)
    kek_id = code(16)
    secret = fields.BinaryField()
    previous = fields.BinaryField(null=True)
    previous_until = maybe_when()
    # 对接平台: how it speaks, as TOML; what it is told of; the secret for what we send there
    profile = fields.TextField(null=True)
    calls = listed()
    call_secret = fields.BinaryField(null=True)
    active = fields.BooleanField(default=True)
    created_at = when()

    class Meta:
        table = "hook_channel"
        unique_together = (("tenant_id", "name"),)


class ApiKey(Row):
    """接口密钥: a machine that shows a key; only its keyed hash is kept, two during a rotation."""

    name = code(64)
    jurisdiction = code(6)
    kind = code(12)  # the channel its reports come by
    scopes = words()
    secret_hash = fields.BinaryField()
    previous_hash = fields.BinaryField(null=True)
    previous_until = maybe_when()
    per_minute = fields.IntField()
    active = fields.BooleanField(default=True)
    created_at = when()

    class Meta:
        table = "api_key"
        unique_together = (("tenant_id", "name"),)


class Draft(Row):
    """A report being written; sealed, and found again only by its owner's cookie or account."""

    kind = code(12)  # citizen | agent | media
    owner = fields.BinaryField()
    kek_id = code(16)
    wrapped_key = fields.BinaryField(null=True)
    sealed = fields.BinaryField()
    version = fields.IntField(default=1)
    created_at = when()
    updated_at = when()
    expires_at = when()
    request_id = fields.UUIDField(null=True)  # submitted

    class Meta:
        table = "draft"


class Attachment(Row):
    """附件: original sealed on disk, a re-encoded picture beside it; name and EXIF sealed here."""

    draft_id = fields.UUIDField(null=True)
    request_id = fields.UUIDField(null=True)
    order_id = fields.UUIDField(null=True)
    kek_id = code(16)
    wrapped_key = fields.BinaryField(null=True)
    meta = fields.BinaryField()
    media_type = code(100)
    size = fields.BigIntField()
    digest = fields.BinaryField()
    width = fields.IntField(null=True)
    height = fields.IntField(null=True)
    stored = code(200)
    derivative = maybe_code(200)
    scan = code(12)  # unscanned | clean | infected | unscannable
    scan_due = maybe_when()  # looked at by the scanner not before; also its lease
    scan_attempts = fields.IntField(default=0, db_default=0)
    staged_at = when()
    removed_at = maybe_when()

    class Meta:
        table = "attachment"


class ImportRun(Row):
    """One run of the batch import; the bad rows lie sealed until fetched."""

    source = code(64)
    rows = fields.IntField(default=0)
    good = fields.IntField(default=0)
    known = fields.IntField(default=0)
    bad = fields.IntField(default=0)
    started_at = when()
    finished_at = maybe_when()

    class Meta:
        table = "import_run"
