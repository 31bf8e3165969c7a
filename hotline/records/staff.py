"""人员: accounts, sessions, invitations, and counted attempts."""

from tortoise import fields

from hotline.records.base import Row, code, maybe_code, maybe_when, when, words


class Staff(Row):
    """One account. Several roles; one department (a pack's code) or none."""

    jurisdiction = code(6)
    login = code(64)
    name = fields.CharField(max_length=64)
    password_hash = fields.CharField(max_length=200)
    roles = words()
    department = maybe_code(64)
    active = fields.BooleanField(default=True)
    failed = fields.IntField(default=0)
    locked_until = maybe_when()
    created_at = when()
    version = fields.IntField(default=1)

    class Meta:
        table = "staff"
        unique_together = (("tenant_id", "login"),)


class StaffSession(Row):
    """A signed-in browser; only the hash of its token is kept, so it can be revoked, not stolen."""

    staff_id = fields.UUIDField()
    token_hash = fields.BinaryField()
    created_at = when()
    seen_at = when()
    expires_at = when()
    revoked_at = maybe_when()

    class Meta:
        table = "staff_session"
        unique_together = (("tenant_id", "token_hash"),)


class Invite(Row):
    """A one-time link that makes an account."""

    token_hash = fields.BinaryField()
    roles = words()
    jurisdiction = code(6)
    made_at = when()
    expires_at = when()
    used_at = maybe_when()

    class Meta:
        table = "invite"
        unique_together = (("tenant_id", "token_hash"),)


class Attempt(Row):
    """Counted tries of one bucket (a keyed hash of who tries what) in one window."""

    bucket = fields.BinaryField()
    window_start = when()
    count = fields.IntField(default=1)

    class Meta:
        table = "attempt"
        unique_together = (("tenant_id", "bucket", "window_start"),)
