"""并单 what came with the merging of orders."""

from typing import Final

from hotline.records.constraints.part import Part

MERGING: Final = Part(
    tables=("order_link",),
    references=(
        ("membership", "like_id", "service_request"),
        ("order_link", "order_id", "work_order"),
        ("order_link", "other_id", "work_order"),
        ("work_order", "merged_into_id", "work_order"),
    ),
    before=("ALTER TABLE message DROP CONSTRAINT message_state",),
    checks=(
        (
            "message",
            "message_state",
            "state IN ('queued', 'sent', 'unreachable', 'dead', 'withdrawn')",
        ),
        ("order_link", "order_link_order", "order_id < other_id"),
        ("order_link", "order_link_time", "to_at IS NULL OR to_at >= from_at"),
        (
            "work_order",
            "work_order_merged",
            "(stage = 'merged') = (merged_into_id IS NOT NULL)"
            " AND (merged_into_id IS NULL) = (merged_at IS NULL) AND merged_into_id <> id",
        ),
    ),
    indexes=(
        "CREATE INDEX membership_past ON membership (tenant_id, request_id)"
        " WHERE to_at IS NOT NULL",
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
    ),
)
