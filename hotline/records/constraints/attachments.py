"""附件 what came with virus scanning and with files of an order."""

from typing import Final

from hotline.records.constraints.part import Part

SCANNING: Final = Part(
    references=(("attachment", "order_id", "work_order"),),
    checks=(
        (
            "attachment",
            "attachment_scan",
            "scan IN ('unscanned', 'clean', 'infected', 'unscannable')",
        ),
    ),
    indexes=(
        "CREATE INDEX attachment_of_order ON attachment (tenant_id, order_id)"
        " WHERE order_id IS NOT NULL",
        "CREATE INDEX attachment_to_scan ON attachment (scan_due NULLS FIRST)"
        " WHERE scan = 'unscanned' AND removed_at IS NULL",
    ),
)
