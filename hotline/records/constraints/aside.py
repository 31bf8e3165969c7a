"""延期、补充询问、协办分工 what came with them."""

from typing import Final

from hotline.records.constraints.part import Part

ASIDE: Final = Part(
    tables=("term_extension", "asked_back", "order_part"),
    references=(
        ("term_extension", "order_id", "work_order"),
        ("term_extension", "clock_id", "clock"),
        ("asked_back", "order_id", "work_order"),
        ("asked_back", "request_id", "service_request"),
        ("order_part", "order_id", "work_order"),
    ),
    checks=(
        ("clock", "clock_extended", "extended >= 0"),
        ("term_extension", "term_extension_count", "count > 0"),
        (
            "term_extension",
            "term_extension_decided",
            "(decided_at IS NULL) = (decided_by IS NULL)"
            " AND (decided_at IS NULL) = (granted IS NULL)"
            " AND (granted IS NOT TRUE OR due_on IS NOT NULL)",
        ),
        ("asked_back", "asked_back_until", "until > asked_at"),
        ("order_part", "order_part_done", "(done_at IS NULL) = (done_by IS NULL)"),
    ),
    indexes=(
        "CREATE UNIQUE INDEX term_extension_open ON term_extension (tenant_id, order_id)"
        " WHERE decided_at IS NULL",
        "CREATE INDEX term_extension_of ON term_extension (tenant_id, order_id, asked_at)",
        "CREATE INDEX asked_back_of ON asked_back (tenant_id, order_id, asked_at)",
        "CREATE INDEX asked_back_report ON asked_back (tenant_id, request_id)"
        " WHERE answered_at IS NULL",
        "CREATE INDEX order_part_of ON order_part (tenant_id, order_id)",
    ),
)
