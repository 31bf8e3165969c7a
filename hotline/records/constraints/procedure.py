"""转送、核查、回访、复查 and 归档: what came with them."""

from typing import Final

from hotline.records.constraints.part import Part

PROCEDURE: Final = Part(
    tables=("forwarding", "check_visit", "follow_up_try", "review"),
    references=(
        ("forwarding", "order_id", "work_order"),
        ("forwarding", "request_id", "service_request"),
        ("check_visit", "order_id", "work_order"),
        ("follow_up_try", "request_id", "service_request"),
        ("follow_up_try", "order_id", "work_order"),
        ("review", "request_id", "service_request"),
        ("review", "order_id", "work_order"),
    ),
    checks=(
        ("forwarding", "forwarding_of_one", "(order_id IS NULL) <> (request_id IS NULL)"),
        ("check_visit", "check_visit_outcome", "outcome IN ('confirmed', 'differs', 'unfinished')"),
        ("check_visit", "check_visit_past", "visited_at <= at"),
        ("follow_up_try", "follow_up_try_result", "result IN ('reached', 'missed', 'declined')"),
        ("review", "review_kind", "kind IN ('review', 'recheck')"),
        (
            "review",
            "review_decided",
            "(decided_at IS NULL) = (decided_by IS NULL)"
            " AND (decided_at IS NULL) = (outcome IS NULL)",
        ),
        ("review", "review_outcome", "outcome IN ('upheld', 'changed', 'redo')"),
        ("work_order", "work_order_archived", "(archived_at IS NULL) = (keep_until IS NULL)"),
    ),
    indexes=(
        "CREATE UNIQUE INDEX forwarding_order_open ON forwarding (tenant_id, order_id)"
        " WHERE returned_at IS NULL AND order_id IS NOT NULL",
        "CREATE UNIQUE INDEX forwarding_request_open ON forwarding (tenant_id, request_id)"
        " WHERE returned_at IS NULL AND request_id IS NOT NULL",
        "CREATE INDEX forwarding_waits ON forwarding (tenant_id, at)"
        " WHERE confirmed_at IS NULL AND returned_at IS NULL",
        "CREATE INDEX check_visit_of ON check_visit (tenant_id, order_id, at)",
        "CREATE INDEX follow_up_try_of ON follow_up_try (tenant_id, request_id, at)",
        "CREATE INDEX review_waits ON review (tenant_id, asked_at) WHERE decided_at IS NULL",
        "CREATE INDEX review_of_order ON review (tenant_id, order_id)",
        "CREATE INDEX work_order_to_archive ON work_order (tenant_id, closed_at)"
        " WHERE archived_at IS NULL AND stage IN ('closed', 'withdrawn')",
    ),
)
