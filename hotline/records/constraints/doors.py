"""受理渠道 what came with API keys and WeChat accounts."""

from typing import Final

from hotline.records.constraints.part import Part

API_KEYS: Final = Part(
    tables=("api_key",),
    indexes=(
        "CREATE INDEX api_key_name ON api_key (name)",
        "CREATE INDEX api_key_secret ON api_key (secret_hash)",
        "CREATE INDEX api_key_previous ON api_key (previous_hash) WHERE previous_hash IS NOT NULL",
    ),
)
WECHAT: Final = Part(
    tables=("wechat_account", "wechat_message", "wechat_nonce"),
    checks=(
        (
            "wechat_message",
            "wechat_message_media",
            "media IN ('none', 'waiting', 'fetched', 'failed')",
        ),
    ),
    indexes=(
        "CREATE INDEX wechat_account_name ON wechat_account (name)",
        "CREATE INDEX wechat_media ON wechat_message (available_at) WHERE media = 'waiting'",
        "CREATE INDEX wechat_message_received ON wechat_message (received_at)",
        "CREATE INDEX wechat_nonce_seen ON wechat_nonce (seen_at)",
        "CREATE INDEX draft_talk ON draft (updated_at)"
        " WHERE kind = 'wechat' AND request_id IS NULL",
    ),
)
