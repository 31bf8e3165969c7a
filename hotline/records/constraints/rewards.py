"""奖励 what came with reward cases and their ledger."""

from typing import Final

from hotline.records.constraints.part import Part

LEDGER: Final = ("reward_posting",)

REWARDS: Final = Part(
    tables=("reward_case", "reward_posting"),
    references=(
        ("reward_case", "order_id", "work_order"),
        ("reward_case", "request_id", "service_request"),
        ("reward_posting", "case_id", "reward_case"),
    ),
    checks=(
        (
            "reward_case",
            "reward_case_stage",
            "stage IN ('blocked', 'proposed', 'reviewed', 'approved', 'told', 'claimed', 'paid',"
            " 'refused', 'waived', 'lapsed', 'revoked', 'recovered')",
        ),
        # 审批、发放 by different people, whatever the code does
        ("reward_case", "reward_case_reviewer", "reviewed_by <> proposed_by"),
        (
            "reward_case",
            "reward_case_approver",
            "approved_by <> proposed_by AND approved_by <> reviewed_by",
        ),
        (
            "reward_case",
            "reward_case_payer",
            "paid_by <> proposed_by AND paid_by <> reviewed_by AND paid_by <> approved_by",
        ),
        (
            "reward_case",
            "reward_case_sum",
            "0 <= min_fen AND min_fen <= max_fen AND sum_fen BETWEEN min_fen AND max_fen",
        ),
        (
            "reward_case",
            "reward_case_four_hands",
            "stage NOT IN ('approved', 'told', 'claimed', 'paid') OR num_nonnulls(proposed_by,"
            " reviewed_by, approved_by, sum_fen, year) = 5",
        ),
        ("reward_posting", "reward_posting_fen", "fen > 0"),
        (
            "reward_posting",
            "reward_posting_way",
            "(from_account, to_account) IN (('appropriation', 'budget'),"
            " ('budget', 'appropriation'), ('budget', 'committed'), ('committed', 'budget'),"
            " ('committed', 'paid'), ('paid', 'receivable'), ('receivable', 'budget'))",
        ),
    ),
    indexes=(
        "CREATE INDEX reward_case_queue ON reward_case (tenant_id, stage, opened_at)",
        "CREATE INDEX reward_case_of_request ON reward_case (tenant_id, request_id)",
        "CREATE INDEX reward_posting_of_year ON reward_posting (tenant_id, jurisdiction, year)",
        # nothing of one case moves the same way twice: two officers at once pay once
        "CREATE UNIQUE INDEX reward_posting_once"
        " ON reward_posting (tenant_id, case_id, from_account, to_account)"
        " WHERE case_id IS NOT NULL",
    ),
    after=(
        # another stands in its place since (top_ups)
        "CREATE UNIQUE INDEX reward_case_one_standing ON reward_case (tenant_id, order_id)"
        " WHERE stage NOT IN ('refused', 'waived', 'lapsed', 'revoked', 'recovered')",
        "REVOKE UPDATE, DELETE, TRUNCATE ON reward_posting FROM hotline_app",
    ),
)
