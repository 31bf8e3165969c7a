"""领取与发放 what came with claims, payout files and claw-backs."""

from typing import Final

from hotline.records.constraints.part import Part

RENEWING: Final = Part(
    checks=(("payout_line", "payout_line_renewed", "renewed_at IS NULL OR state = 'failed'"),),
)
PAYOUTS: Final = Part(
    tables=(
        *("reward_secret", "claim_code", "reward_claim"),
        *("payout_batch", "payout_line", "payout_result"),
    ),
    references=(
        ("reward_secret", "id", "service_request"),
        ("claim_code", "request_id", "service_request"),
        ("reward_claim", "case_id", "reward_case"),
        ("payout_line", "batch_id", "payout_batch"),
        ("payout_line", "case_id", "reward_case"),
        ("payout_line", "claim_id", "reward_claim"),
        ("payout_result", "batch_id", "payout_batch"),
    ),
    checks=(
        ("reward_claim", "reward_claim_proof", "proof IN ('secret', 'name')"),
        ("reward_claim", "reward_claim_payees", "payees > 0"),
        ("reward_claim", "reward_claim_honour", "honour IN ('none', 'unnamed', 'named')"),
        ("payout_batch", "payout_batch_sums", "lines > 0 AND total_fen > 0"),
        ("payout_line", "payout_line_fen", "fen > 0"),
        ("payout_line", "payout_line_state", "state IN ('waiting', 'paid', 'failed')"),
        (
            "payout_line",
            "payout_line_settled",
            "(state = 'waiting') = (settled_at IS NULL) AND (state = 'paid') = (paid_on IS NOT"
            " NULL)",
        ),
        ("reward_case", "reward_case_recover", "recover_fen BETWEEN 1 AND sum_fen"),
        (
            "reward_case",
            "reward_case_paid",
            "stage <> 'paid' OR num_nonnulls(paid_by, paid_at, claimed_at) = 3",
        ),
    ),
    indexes=(
        "CREATE UNIQUE INDEX reward_claim_one_standing ON reward_claim (tenant_id, case_id)"
        " WHERE ended_at IS NULL",
        "CREATE INDEX claim_code_of_request ON claim_code (tenant_id, request_id, made_at)",
        "CREATE INDEX payout_batch_of ON payout_batch (tenant_id, jurisdiction, made_at)",
        # nobody's share is on its way twice
        "CREATE UNIQUE INDEX payout_line_once ON payout_line (tenant_id, claim_id, payee)"
        " WHERE state <> 'failed'",
        "CREATE INDEX payout_line_of_case ON payout_line (tenant_id, case_id)",
        "CREATE INDEX reward_case_lapsing ON reward_case (claim_until) WHERE stage = 'told'",
    ),
)
