"""工作台 what came with boards, saved filters and exports."""

from typing import Final

from hotline.records.constraints.part import Part

# what a board counts and a queue lists: terms run until an order is closed
LIVING: Final = (
    "stage IN ('opened', 'dispatched', 'signed', 'returned', 'submitted', 'answered')"
    " AND NOT historical"
)
DESKS: Final = Part(
    tables=("saved_filter", "order_look", "desk_export"),
    references=(
        ("order_look", "order_id", "work_order"),
        ("order_look", "staff_id", "staff"),
    ),
    checks=(
        ("work_order", "work_order_returned", "returned_count >= 0"),
        (
            "desk_export",
            "desk_export_stage",
            "stage IN ('queued', 'running', 'done', 'stopped', 'failed')",
        ),
    ),
    indexes=(
        "CREATE INDEX order_board ON work_order (tenant_id, jurisdiction, lead, county)"
        " INCLUDE (stage, next_due_at, returned_count, redo_count)"
        f" WHERE {LIVING}",
        "CREATE INDEX desk_export_owner ON desk_export (tenant_id, owner, created_at)",
        "CREATE INDEX desk_export_waiting ON desk_export (created_at)"
        " WHERE stage IN ('queued', 'running')",
    ),
)

# What a list counts it counts in the index alone, in the order in which it is listed; what one
# department had in hand, whenever that was, is gone through from the newest.
READING: Final = Part(
    indexes=(
        "CREATE INDEX order_to_do ON work_order"
        " (tenant_id, stage, emergency DESC, next_due_at, opened_at, number)"
        f" INCLUDE (jurisdiction) WHERE {LIVING}",
        "CREATE INDEX order_soonest ON work_order"
        " (tenant_id, emergency DESC, next_due_at, opened_at, number)"
        f" INCLUDE (jurisdiction, stage) WHERE {LIVING}",
        "CREATE INDEX held_by ON held (tenant_id, department, order_id)",
    ),
    before=("DROP INDEX IF EXISTS order_next", "DROP INDEX IF EXISTS order_due"),
)

ASSESSING: Final = Part(tables=("assessment_cell", "assessment_month"))
BY_KINDS: Final = Part(tables=("assessment_kind_cell",))

# What one department leads is one range in the order of its lists, and what it assists in another;
# an order's page asks what reporters said of it and what is near by keys of their own.
AT_HAND: Final = Part(
    indexes=(
        "CREATE INDEX order_of_lead ON work_order"
        " (tenant_id, lead, stage, emergency DESC, next_due_at, opened_at, number)"
        f" INCLUDE (jurisdiction) WHERE {LIVING}",
        "CREATE INDEX order_lead_opened ON work_order (tenant_id, lead, opened_at)",
        "CREATE INDEX held_assisting ON held (tenant_id, department, order_id)"
        " WHERE to_at IS NULL AND duty = 'co'",
        "CREATE INDEX feedback_of_request ON feedback (tenant_id, request_id, at)",
        "CREATE INDEX request_around ON service_request"
        " (tenant_id, county, township, registered_at) WHERE township IS NOT NULL",
        "CREATE INDEX request_accused ON service_request"
        " (tenant_id, county, target, registered_at) WHERE target <> ''",
    ),
    before=("DROP INDEX IF EXISTS order_queue",),
)
