"""督办移送 what came with referrals, inspection batches and campaigns."""

from typing import Final

from hotline.records.constraints.part import Part

OVER: Final = "('closed', 'denied', 'withdrawn')"

REFERRALS: Final = Part(
    tables=("referral", "inspection_batch", "campaign", "campaign_order"),
    references=(
        ("referral", "order_id", "work_order"),
        ("referral", "batch_id", "inspection_batch"),
        ("campaign_order", "campaign_id", "campaign"),
        ("campaign_order", "order_id", "work_order"),
    ),
    checks=(
        ("clock", "clock_holder", "holder IN ('request', 'order', 'referral')"),
        (
            "referral",
            "referral_stage",
            "stage IN ('opened', 'approved', 'sent', 'replied', 'closed', 'denied', 'withdrawn')",
        ),
        # whoever asks does not approve, whatever the code does
        ("referral", "referral_approver", "approved_by <> opened_by"),
        ("referral", "referral_sent", "stage NOT IN ('sent', 'replied') OR sent_at IS NOT NULL"),
        ("referral", "referral_over", f"(stage IN {OVER}) = (closed_at IS NOT NULL)"),
        ("campaign", "campaign_days", "from_on <= to_on"),
    ),
    indexes=(
        # of one kind an order has one that stands; inspection items have numbers of their own
        "CREATE UNIQUE INDEX referral_one_standing ON referral (tenant_id, order_id, kind)"
        f" WHERE stage NOT IN {OVER} AND order_id IS NOT NULL AND foreign_number IS NULL",
        "CREATE UNIQUE INDEX referral_foreign ON referral (tenant_id, batch_id, foreign_number)"
        " WHERE foreign_number IS NOT NULL",
        "CREATE INDEX referral_of_order ON referral (tenant_id, order_id, opened_at)",
        "CREATE INDEX referral_queue ON referral (tenant_id, next_due_at, opened_at)"
        f" WHERE stage NOT IN {OVER}",
        "CREATE INDEX referral_ended ON referral (tenant_id, closed_at)"
        " WHERE closed_at IS NOT NULL",
        "CREATE UNIQUE INDEX campaign_order_once ON campaign_order"
        " (tenant_id, campaign_id, order_id) WHERE to_at IS NULL",
        "CREATE INDEX campaign_order_of ON campaign_order (tenant_id, order_id)",
    ),
    before=("ALTER TABLE clock DROP CONSTRAINT clock_holder",),
)
