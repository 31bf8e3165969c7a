"""跨省联办 what came with joint handling."""

from typing import Final

from hotline.records.constraints.part import Part

JOINT: Final = Part(
    tables=("joint_handling",),
    references=(
        ("joint_handling", "order_id", "work_order"),
        ("joint_handling", "request_id", "service_request"),
    ),
    checks=(
        (
            "joint_handling",
            "joint_handling_side",
            "(order_id IS NULL) <> (request_id IS NULL)",
        ),
        ("joint_handling", "joint_handling_apart", "peer_tenant <> tenant_id"),
    ),
    indexes=(
        "CREATE INDEX joint_handling_request ON joint_handling (tenant_id, request_id)"
        " WHERE request_id IS NOT NULL",
        "CREATE INDEX joint_handling_waiting ON joint_handling (at) WHERE handed_at IS NULL",
    ),
)
