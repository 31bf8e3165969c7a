"""对接平台 what came with partners' profiles."""

from typing import Final

from hotline.records.constraints.part import Part

PARTNERS: Final = Part(
    tables=("partner_number",),
    references=(
        ("partner_number", "request_id", "service_request"),
        ("held_delivery", "request_id", "service_request"),
    ),
    indexes=(
        "CREATE INDEX partner_number_number ON partner_number (tenant_id, number)",
        "CREATE INDEX held_delivery_open ON held_delivery (tenant_id, received_at)"
        " WHERE resolved_at IS NULL",
    ),
)
