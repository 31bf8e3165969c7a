"""补发 what came with entries that top up a paid reward: one goes on at a time beside the first."""

from typing import Final

from hotline.records.constraints.part import Part

TOP_UPS: Final = Part(
    references=(("reward_case", "tops_up_id", "reward_case"),),
    before=("DROP INDEX reward_case_one_standing",),
    checks=(
        (
            "reward_case",
            "reward_case_top_up",
            "already_fen >= 0 AND tops_up_id <> id AND (tops_up_id IS NOT NULL OR already_fen = 0)",
        ),
    ),
    indexes=(
        "CREATE UNIQUE INDEX reward_case_first_standing ON reward_case (tenant_id, order_id)"
        " WHERE tops_up_id IS NULL"
        " AND stage NOT IN ('refused', 'waived', 'lapsed', 'revoked', 'recovered')",
        "CREATE UNIQUE INDEX reward_case_one_top_up ON reward_case (tenant_id, tops_up_id)"
        " WHERE tops_up_id IS NOT NULL"
        " AND stage IN ('blocked', 'proposed', 'reviewed', 'approved', 'told', 'claimed')",
    ),
)
