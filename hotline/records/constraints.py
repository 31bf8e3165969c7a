"""What the ORM cannot say: real keys, checks, partial indexes and the two roles, as plain SQL.

The migrations run these; a test compares them with pg_constraint and pg_indexes. What has landed
stays: a later table or index stands in a tuple of its own, which the migration of its day runs.
"""

from collections.abc import Iterable
from typing import Final

FIRST_TABLES: Final = (
    "anchor", "attachment", "attempt", "clock", "delivery", "draft", "event", "event_detail",
    "feedback", "held", "held_delivery", "hook_channel", "import_run", "invite", "media_clue",
    "membership", "message", "order_text", "policy_version", "publication", "service_request",
    "staff", "staff_session", "supplement", "vault", "work_order",
)  # fmt: skip
KEY_TABLES: Final = ("api_key",)
LINK_TABLES: Final = ("order_link",)
SIGNATURE_TABLES: Final = ("signature",)
REPRINT_TABLES: Final = ("reprint",)
BOUNDARY_TABLES: Final = ("boundary",)
MODEL_TABLES: Final = ("kind_model",)
WECHAT_TABLES: Final = ("wechat_account", "wechat_message", "wechat_nonce")
TABLES: Final = (
    *FIRST_TABLES, *KEY_TABLES, *LINK_TABLES, *SIGNATURE_TABLES, *REPRINT_TABLES, *BOUNDARY_TABLES,
    *MODEL_TABLES, *WECHAT_TABLES,
)  # fmt: skip

# child table, its column, parent table; composite with tenant_id. A clock's policy version has
# none, for the national pack is nobody's tenant. The intake path has none either:
# its rows are written by one statement, and a foreign key would cost it a look-up each.
FIRST_REFERENCES: Final = (
    ("feedback", "request_id", "service_request"),
    ("feedback", "order_id", "work_order"),
    ("held", "order_id", "work_order"),
    ("media_clue", "id", "service_request"),
    ("membership", "request_id", "service_request"),
    ("membership", "order_id", "work_order"),
    ("message", "request_id", "service_request"),
    ("message", "order_id", "work_order"),
    ("order_text", "order_id", "work_order"),
    ("publication", "order_id", "work_order"),
    ("staff_session", "staff_id", "staff"),
    ("supplement", "request_id", "service_request"),
    ("work_order", "first_request_id", "service_request"),
)
LINK_REFERENCES: Final = (
    ("membership", "like_id", "service_request"),
    ("order_link", "order_id", "work_order"),
    ("order_link", "other_id", "work_order"),
    ("work_order", "merged_into_id", "work_order"),
)
REPRINT_REFERENCES: Final = (("reprint", "clue_id", "media_clue"),)
REFERENCES: Final = (*FIRST_REFERENCES, *LINK_REFERENCES, *REPRINT_REFERENCES)

FIRST_CHECKS: Final = (
    ("feedback", "feedback_score", "score BETWEEN 1 AND 5"),
    ("order_text", "order_text_two_people", "approved_by IS NULL OR approved_by <> written_by"),
    ("publication", "publication_two_people", "approved_by IS NULL OR approved_by <> proposed_by"),
    ("publication", "publication_stage", "stage IN ('proposed', 'published', 'retracted')"),
    ("message", "message_state", "state IN ('queued', 'sent', 'unreachable', 'dead')"),
    ("membership", "membership_order", "to_at IS NULL OR to_at >= from_at"),
    ("held", "held_order", "to_at IS NULL OR to_at >= from_at"),
    ("clock", "clock_holder", "holder IN ('request', 'order')"),
)
MESSAGE_STATE: Final = (
    "message",
    "message_state",
    "state IN ('queued', 'sent', 'unreachable', 'dead', 'withdrawn')",
)
LINK_CHECKS: Final = (
    ("order_link", "order_link_order", "order_id < other_id"),
    ("order_link", "order_link_time", "to_at IS NULL OR to_at >= from_at"),
    (
        "work_order",
        "work_order_merged",
        "(stage = 'merged') = (merged_into_id IS NOT NULL)"
        " AND (merged_into_id IS NULL) = (merged_at IS NULL) AND merged_into_id <> id",
    ),
)
WECHAT_CHECKS: Final = (
    ("wechat_message", "wechat_message_media", "media IN ('none', 'waiting', 'fetched', 'failed')"),
)
CHECKS: Final = (*FIRST_CHECKS, *LINK_CHECKS, *WECHAT_CHECKS)

FIRST_INDEXES: Final = (
    "CREATE UNIQUE INDEX membership_one_open ON membership (tenant_id, request_id)"
    " WHERE to_at IS NULL",
    "CREATE INDEX membership_of_order ON membership (tenant_id, order_id)",
    "CREATE UNIQUE INDEX held_one_lead ON held (tenant_id, order_id)"
    " WHERE to_at IS NULL AND duty = 'lead'",
    "CREATE INDEX held_of_order ON held (tenant_id, order_id)",
    "CREATE INDEX held_open ON held (tenant_id, department, order_id) WHERE to_at IS NULL",
    "CREATE UNIQUE INDEX clock_one_running ON clock (tenant_id, holder_id, scheme)"
    " WHERE stopped_at IS NULL",
    "CREATE INDEX clock_of_holder ON clock (tenant_id, holder_id)",
    "CREATE INDEX request_undecided ON service_request (tenant_id, chosen_county, registered_at)"
    " WHERE stage = 'received'",
    "CREATE INDEX request_triage ON service_request (tenant_id, jurisdiction, registered_at)"
    " WHERE stage = 'triage'",
    "CREATE INDEX request_sender ON service_request (tenant_id, sender_index, registered_at)"
    " WHERE sender_index IS NOT NULL",
    "CREATE INDEX request_foreign ON service_request (tenant_id, foreign_number)"
    " WHERE foreign_number IS NOT NULL",
    "CREATE INDEX request_body ON service_request (tenant_id, body_key) WHERE body_key IS NOT NULL",
    "CREATE INDEX request_place_time ON service_request (tenant_id, county, registered_at)"
    " WHERE county IS NOT NULL",
    "CREATE INDEX request_registered ON service_request (tenant_id, registered_at)",
    "CREATE INDEX order_queue ON work_order (tenant_id, lead, stage, next_due_at)"
    " WHERE stage NOT IN ('closed', 'closed_interim', 'withdrawn')",
    "CREATE INDEX order_active ON work_order (tenant_id, stage, next_due_at)"
    " WHERE stage NOT IN ('closed', 'closed_interim', 'withdrawn')",
    "CREATE INDEX feedback_of_order ON feedback (tenant_id, order_id, at)",
    "CREATE INDEX order_opened ON work_order (tenant_id, opened_at)",
    "CREATE INDEX message_queued ON message (available_at) WHERE state = 'queued'",
    "CREATE INDEX message_of_request ON message (tenant_id, request_id)",
    "CREATE INDEX supplement_of_request ON supplement (tenant_id, request_id, at)",
    "CREATE INDEX attachment_of_request ON attachment (tenant_id, request_id)",
    "CREATE INDEX attachment_of_draft ON attachment (tenant_id, draft_id)",
    "CREATE INDEX draft_of_owner ON draft (tenant_id, owner)",
    "CREATE INDEX draft_expired ON draft (expires_at)",
    "CREATE INDEX publication_public ON publication (tenant_id, published_at)"
    " WHERE stage = 'published'",
    "CREATE INDEX publication_of_order ON publication (tenant_id, order_id)",
    "CREATE INDEX hook_channel_name ON hook_channel (name)",
    "CREATE INDEX staff_login ON staff (login)",
    "CREATE INDEX session_token ON staff_session (token_hash)",
    "CREATE INDEX delivery_of_request ON delivery (tenant_id, request_id)",
)
# its column is gone since
PAST_INDEXES: Final = (
    "CREATE INDEX request_grams ON service_request USING gin (grams) WITH (fastupdate = off)"
    " WHERE grams <> '{}'",
)
KEY_INDEXES: Final = (
    "CREATE INDEX api_key_name ON api_key (name)",
    "CREATE INDEX api_key_secret ON api_key (secret_hash)",
    "CREATE INDEX api_key_previous ON api_key (previous_hash) WHERE previous_hash IS NOT NULL",
)
LINK_INDEXES: Final = (
    "CREATE INDEX membership_past ON membership (tenant_id, request_id) WHERE to_at IS NOT NULL",
    "CREATE INDEX membership_like ON membership (tenant_id, like_id) WHERE like_id IS NOT NULL",
    "CREATE INDEX order_merged ON work_order (tenant_id, merged_into_id)"
    " WHERE merged_into_id IS NOT NULL",
    "CREATE INDEX order_earlier ON work_order (tenant_id, earlier_order_id)"
    " WHERE earlier_order_id IS NOT NULL",
    "CREATE UNIQUE INDEX order_link_one_open ON order_link (tenant_id, order_id, other_id)"
    " WHERE to_at IS NULL",
    "CREATE INDEX order_link_of_other ON order_link (tenant_id, other_id)",
    "CREATE INDEX publication_review ON publication (tenant_id, review_at)"
    " WHERE review_cause IS NOT NULL",
)
SIGNATURE_INDEXES: Final = (
    # no pending list: every look-up would read it
    "CREATE INDEX signature_grams ON signature USING gin (grams) WITH (fastupdate = off)",
)
REPRINT_INDEXES: Final = ("CREATE INDEX reprint_of_clue ON reprint (tenant_id, clue_id)",)
MODEL_INDEXES: Final = (
    "CREATE UNIQUE INDEX kind_model_one_active ON kind_model (tenant_id) WHERE state = 'active'",
)
WECHAT_INDEXES: Final = (
    "CREATE INDEX wechat_account_name ON wechat_account (name)",
    "CREATE INDEX wechat_media ON wechat_message (available_at) WHERE media = 'waiting'",
    "CREATE INDEX wechat_message_received ON wechat_message (received_at)",
    "CREATE INDEX wechat_nonce_seen ON wechat_nonce (seen_at)",
    "CREATE INDEX draft_talk ON draft (updated_at) WHERE kind = 'wechat' AND request_id IS NULL",
)
INDEXES: Final = (
    *FIRST_INDEXES,
    *KEY_INDEXES,
    *LINK_INDEXES,
    *SIGNATURE_INDEXES,
    *REPRINT_INDEXES,
    *MODEL_INDEXES,
    *WECHAT_INDEXES,
)

# the application may add to these and read them, and nothing else
APPEND_ONLY: Final = ("event", "event_detail", "anchor", "policy_version")


def key_statements(tables: Iterable[str] = FIRST_TABLES) -> list[str]:
    """(tenant_id, id) as the primary key of every table: what a distributed table needs."""
    return [
        f"ALTER TABLE {table} DROP CONSTRAINT {table}_pkey, ADD PRIMARY KEY (tenant_id, id)"
        for table in tables
    ]


def grant(tables: Iterable[str]) -> str:
    """What the application may do with a table."""
    return f"GRANT SELECT, INSERT, UPDATE, DELETE ON {', '.join(tables)} TO hotline_app"


def reference_statements(
    references: Iterable[tuple[str, str, str]] = FIRST_REFERENCES,
) -> list[str]:
    """Foreign keys that never cross a tenant."""
    return [
        f"ALTER TABLE {child} ADD CONSTRAINT {child}_{column}_fk"
        f" FOREIGN KEY (tenant_id, {column}) REFERENCES {parent} (tenant_id, id)"
        for child, column, parent in references
    ]


def check_statements(checks: Iterable[tuple[str, str, str]] = FIRST_CHECKS) -> list[str]:
    """Rules that must hold whatever the code does."""
    return [
        f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({rule})" for table, name, rule in checks
    ]


def role_statements() -> list[str]:
    """The application's role: it cannot edit history; erasure of details is one function."""
    appended = ", ".join(APPEND_ONLY)
    return [
        "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'hotline_app')"
        " THEN CREATE ROLE hotline_app NOLOGIN; END IF; END $$",
        "GRANT USAGE ON SCHEMA public TO hotline_app",
        grant(FIRST_TABLES),
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {appended} FROM hotline_app",
        "CREATE FUNCTION erase_details(of_tenant text, of_aggregate uuid) RETURNS bigint"
        " LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$"
        " WITH gone AS (DELETE FROM event_detail d USING event e"
        " WHERE e.tenant_id = of_tenant AND e.aggregate_id = of_aggregate"
        " AND d.tenant_id = e.tenant_id AND d.id = e.id RETURNING 1) SELECT count(*) FROM gone $$",
        "REVOKE ALL ON FUNCTION erase_details(text, uuid) FROM PUBLIC",
        "GRANT EXECUTE ON FUNCTION erase_details(text, uuid) TO hotline_app",
    ]


def statements() -> list[str]:
    """What the first schema has, in order."""
    return [
        *key_statements(),
        *reference_statements(),
        *check_statements(),
        *FIRST_INDEXES,
        *PAST_INDEXES,
        *role_statements(),
    ]


def api_key_statements() -> list[str]:
    """What came with the API keys."""
    return [*key_statements(KEY_TABLES), *KEY_INDEXES, grant(KEY_TABLES)]


def link_statements() -> list[str]:
    """What came with the merging of orders."""
    return [
        *key_statements(LINK_TABLES),
        *reference_statements(LINK_REFERENCES),
        "ALTER TABLE message DROP CONSTRAINT message_state",
        *check_statements((MESSAGE_STATE, *LINK_CHECKS)),
        *LINK_INDEXES,
        grant(LINK_TABLES),
    ]


def signature_statements() -> list[str]:
    """What came with the signatures, and the order of messages without a lock."""
    return [
        *key_statements(SIGNATURE_TABLES),
        *SIGNATURE_INDEXES,
        grant(SIGNATURE_TABLES),
        "CREATE SEQUENCE message_seq",
        "SELECT setval('message_seq', (SELECT coalesce(max(seq), 0) + 1 FROM message))",
        "GRANT USAGE ON SEQUENCE message_seq TO hotline_app",
    ]


def reprint_statements() -> list[str]:
    """What came with the folding of reprinted stories."""
    return [
        *key_statements(REPRINT_TABLES),
        *reference_statements(REPRINT_REFERENCES),
        *REPRINT_INDEXES,
        grant(REPRINT_TABLES),
    ]


def boundary_statements() -> list[str]:
    """What came with the boundaries and the points."""
    return [*key_statements(BOUNDARY_TABLES), grant(BOUNDARY_TABLES)]


def model_statements() -> list[str]:
    """What came with the learnt models."""
    return [*key_statements(MODEL_TABLES), *MODEL_INDEXES, grant(MODEL_TABLES)]


def wechat_statements() -> list[str]:
    """What came with the WeChat accounts."""
    return [
        *key_statements(WECHAT_TABLES),
        *check_statements(WECHAT_CHECKS),
        *WECHAT_INDEXES,
        grant(WECHAT_TABLES),
    ]
