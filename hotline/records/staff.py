"""人员: accounts, sessions, second factors, invitations, and counted attempts."""

from tortoise import fields

from hotline.records.base import Row, code, listed, maybe_code, maybe_when, when, words


class Staff(Row):
    """One account. Several roles; one department (a pack's code) or none."""

    jurisdiction = code(6)
    login = code(64)
    name = fields.CharField(max_length=64)
    password_hash = fields.CharField(max_length=200)
    roles = words()
    department = maybe_code(64)
    kinds = listed()  # 限办类型: none for every kind
    active = fields.BooleanField(default=True)
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
    acting_for = fields.UUIDField(null=True)  # 代理: in whose name this browser acts
    passed = fields.BooleanField(default=True, db_default=True)  # false: the code is still asked

    class Meta:
        table = "staff_session"
        unique_together = (("tenant_id", "token_hash"),)


class SecondFactor(Row):
    """两步验证: the sealed secret of an authenticator; in force once a code of it was given."""

    staff_id = fields.UUIDField()
    kek_id = code(16)
    secret = fields.BinaryField()
    made_at = when()
    confirmed_at = maybe_when()
    last_step = fields.BigIntField(default=0)  # a code is taken once
    recovery = listed()  # keyed hashes of codes not used yet

    class Meta:
        table = "second_factor"
        unique_together = (("tenant_id", "staff_id"),)


class Invite(Row):
    """A one-time link that makes an account; the invited person chooses the password."""

    token_hash = fields.BinaryField()
    login = maybe_code(64)  # null: the invited person chooses it
    roles = words()
    jurisdiction = code(6)
    department = maybe_code(64)
    kinds = listed()
    made_by = code(80)
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
