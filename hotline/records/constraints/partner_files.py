"""对方附件 what came with the files that lie with a platform."""

from typing import Final

from hotline.records.constraints.part import Part

PARTNER_FILES: Final = Part(
    tables=("partner_file",),
    references=(("partner_file", "request_id", "service_request"),),
    checks=(
        ("partner_file", "partner_file_state", "state IN ('waiting', 'fetched', 'failed')"),
        # an address is kept for as long as it is needed, and no longer
        ("partner_file", "partner_file_address", "(state = 'waiting') = (address IS NOT NULL)"),
    ),
    indexes=(
        "CREATE INDEX partner_file_waiting ON partner_file (available_at NULLS FIRST)"
        " WHERE state = 'waiting'",
    ),
)
