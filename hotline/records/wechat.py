"""微信公众号: accounts with their secrets, messages as they came, and requests already seen."""

from tortoise import fields

from hotline.records.base import Row, code, maybe_code, maybe_when, when


class WechatAccount(Row):
    """One official account; its secrets and its access token lie under the key-encryption key."""

    name = code(64)
    jurisdiction = code(6)
    kek_id = code(16)
    secrets = fields.BinaryField()
    token = fields.BinaryField(null=True)  # access_token, one for all processes
    token_until = maybe_when()
    active = fields.BooleanField(default=True)
    created_at = when()

    class Meta:
        table = "wechat_account"
        unique_together = (("tenant_id", "name"),)


class WechatMessage(Row):
    """One message of one person: sealed with its answer, known again by a keyed digest."""

    account = code(64)
    message_key = fields.BinaryField()
    body_hash = fields.BinaryField()
    draft_id = fields.UUIDField(null=True)
    kek_id = code(16)
    wrapped_key = fields.BinaryField(null=True)
    body = fields.BinaryField(null=True)
    answer = fields.BinaryField(null=True)
    media = code(12)  # none | waiting | fetched | failed
    attempts = fields.IntField(default=0)
    available_at = maybe_when()
    error = maybe_code(80)
    received_at = when()

    class Meta:
        table = "wechat_message"
        unique_together = (("tenant_id", "account", "message_key"),)


class WechatNonce(Row):
    """A signed request that was seen: its signature is good for that one message."""

    account = code(64)
    nonce = fields.BinaryField()
    message_key = fields.BinaryField()
    seen_at = when()

    class Meta:
        table = "wechat_nonce"
        unique_together = (("tenant_id", "account", "nonce"),)
