"""经办人、请假代理、回避、分别受理、监督员证: what came with them."""

from typing import Final

from hotline.records.constraints.part import Part

PEOPLE: Final = Part(
    tables=("absence", "recusal", "reporter_card"),
    references=(
        ("absence", "staff_id", "staff"),
        ("absence", "deputy_id", "staff"),
        ("recusal", "order_id", "work_order"),
        ("recusal", "staff_id", "staff"),
    ),
    checks=(
        ("absence", "absence_other", "staff_id <> deputy_id"),
        ("absence", "absence_time", "to_at > from_at"),
        ("reporter_card", "reporter_card_kind", "kind IN ('monitor', 'grid')"),
        ("reporter_card", "reporter_card_days", "valid_to IS NULL OR valid_to >= valid_from"),
        ("service_request", "service_request_card", "card IN ('monitor', 'grid')"),
    ),
    indexes=(
        "CREATE INDEX absence_of ON absence (tenant_id, staff_id, to_at)",
        "CREATE INDEX absence_deputy ON absence (tenant_id, deputy_id, to_at)"
        " WHERE ended_at IS NULL",
        "CREATE INDEX work_order_handler ON work_order (tenant_id, handler_id)"
        " WHERE handler_id IS NOT NULL",
        "CREATE UNIQUE INDEX review_open ON review (tenant_id, request_id)"
        " WHERE decided_at IS NULL",
        "CREATE INDEX review_final ON review (tenant_id, request_id)"
        " WHERE kind = 'recheck' AND outcome IN ('upheld', 'changed')",
    ),
    # a review that had the matter taken up again opens the way anew
    before=("DROP INDEX IF EXISTS review_once",),
)
