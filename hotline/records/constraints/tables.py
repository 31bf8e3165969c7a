"""批量导入 what came with uploaded tables."""

from typing import Final

from hotline.records.constraints.part import Part

BATCHES: Final = Part(
    tables=("batch_import",),
    checks=(
        (
            "batch_import",
            "batch_import_stage",
            "stage IN ('opened', 'queued', 'running', 'done', 'stopped', 'failed')",
        ),
    ),
    indexes=(
        "CREATE INDEX batch_import_owner ON batch_import (tenant_id, owner, created_at)",
        "CREATE INDEX batch_import_waiting ON batch_import (created_at)"
        " WHERE stage IN ('queued', 'running')",
    ),
)
