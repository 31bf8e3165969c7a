"""第一版 the first schema: keys, references, checks, indexes and the two roles."""

from typing import Final

from hotline.records.constraints.part import (
    Part,
    check_statements,
    grant,
    key_statements,
    reference_statements,
)

TABLES: Final = (
    "anchor", "attachment", "attempt", "clock", "delivery", "draft", "event", "event_detail",
    "feedback", "held", "held_delivery", "hook_channel", "import_run", "invite", "media_clue",
    "membership", "message", "order_text", "policy_version", "publication", "service_request",
    "staff", "staff_session", "supplement", "vault", "work_order",
)  # fmt: skip

# A clock's policy version has no reference, for the national pack is nobody's tenant. The intake
# path has none either: its rows are written by one statement, and a foreign key would cost it a
# look-up each.
REFERENCES: Final = (
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

CHECKS: Final = (
    ("feedback", "feedback_score", "score BETWEEN 1 AND 5"),
    ("order_text", "order_text_two_people", "approved_by IS NULL OR approved_by <> written_by"),
    ("publication", "publication_two_people", "approved_by IS NULL OR approved_by <> proposed_by"),
    ("publication", "publication_stage", "stage IN ('proposed', 'published', 'retracted')"),
    ("message", "message_state", "state IN ('queued', 'sent', 'unreachable', 'dead')"),
    ("membership", "membership_order", "to_at IS NULL OR to_at >= from_at"),
    ("held", "held_order", "to_at IS NULL OR to_at >= from_at"),
    ("clock", "clock_holder", "holder IN ('request', 'order')"),
)

INDEXES: Final = (
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
# the column of the first is gone since, a wider one serves for the other
PAST_INDEXES: Final = (
    "CREATE INDEX request_grams ON service_request USING gin (grams) WITH (fastupdate = off)"
    " WHERE grams <> '{}'",
    "CREATE INDEX order_queue ON work_order (tenant_id, lead, stage, next_due_at)"
    " WHERE stage NOT IN ('closed', 'closed_interim', 'withdrawn')",
)

# the application may add to these and read them, and nothing else
APPEND_ONLY: Final = ("event", "event_detail", "anchor", "policy_version")

FIRST: Final = Part(TABLES, REFERENCES, CHECKS, INDEXES)


def statements() -> list[str]:
    """What the first schema has, in order."""
    return [
        *key_statements(TABLES),
        *reference_statements(REFERENCES),
        *check_statements(CHECKS),
        *INDEXES,
        *PAST_INDEXES,
        *role_statements(),
    ]


def role_statements() -> list[str]:
    """The application's role: it cannot edit history; erasure of details is one function."""
    appended = ", ".join(APPEND_ONLY)
    return [
        "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'hotline_app')"
        " THEN CREATE ROLE hotline_app NOLOGIN; END IF; END $$",
        "GRANT USAGE ON SCHEMA public TO hotline_app",
        grant(TABLES),
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {appended} FROM hotline_app",
        "CREATE FUNCTION erase_details(of_tenant text, of_aggregate uuid) RETURNS bigint"
        " LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$"
        " WITH gone AS (DELETE FROM event_detail d USING event e"
        " WHERE e.tenant_id = of_tenant AND e.aggregate_id = of_aggregate"
        " AND d.tenant_id = e.tenant_id AND d.id = e.id RETURNING 1) SELECT count(*) FROM gone $$",
        "REVOKE ALL ON FUNCTION erase_details(text, uuid) FROM PUBLIC",
        "GRANT EXECUTE ON FUNCTION erase_details(text, uuid) TO hotline_app",
    ]
