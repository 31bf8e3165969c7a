"""电话 what came with calls, call-backs and the knowledge base."""

from typing import Final

from hotline.records.constraints.part import Part

PHONE: Final = Part(
    tables=("phone_call", "phone_event", "seat", "call_back", "call_back_try", "article"),
    references=(
        ("phone_call", "request_id", "service_request"),
        ("phone_call", "staff_id", "staff"),
        ("phone_event", "call_id", "phone_call"),
        ("seat", "staff_id", "staff"),
        ("call_back", "call_id", "phone_call"),
        ("call_back", "taken_by", "staff"),
        ("call_back_try", "call_back_id", "call_back"),
    ),
    checks=(
        (
            "phone_call",
            "phone_call_state",
            "state IN ('offered', 'talking', 'answered', 'missed', 'voicemail')",
        ),
        (
            "call_back",
            "call_back_state",
            "state IN ('open', 'done', 'unreachable', 'came_again', 'withdrawn')"
            " AND (state = 'open') = (closed_at IS NULL)",
        ),
        (
            "article",
            "article_state",
            "state IN ('proposed', 'approved', 'replaced', 'rejected', 'retired')",
        ),
        (
            "article",
            "article_two_people",  # whoever wrote it does not put it in force
            "state NOT IN ('approved', 'replaced', 'retired')"
            " OR (approved_by IS NOT NULL AND approved_by <> written_by)",
        ),
    ),
    indexes=(
        "CREATE INDEX phone_call_ringing ON phone_call (tenant_id, began_at)"
        " WHERE state IN ('offered', 'talking')",
        "CREATE INDEX phone_call_began ON phone_call (tenant_id, began_at)",
        "CREATE INDEX phone_call_mailbox ON phone_call (tenant_id, voicemail_at)"
        " WHERE state = 'voicemail' AND settled_at IS NULL",
        "CREATE INDEX phone_call_request ON phone_call (tenant_id, request_id)"
        " WHERE request_id IS NOT NULL",
        "CREATE UNIQUE INDEX call_back_open ON call_back (tenant_id, jurisdiction, caller_index)"
        " WHERE state = 'open'",
        "CREATE INDEX call_back_since ON call_back (tenant_id, since)",
        "CREATE INDEX call_back_try_of ON call_back_try (tenant_id, call_back_id)",
        "CREATE INDEX article_state_of ON article (tenant_id, jurisdiction, state)",
    ),
)
