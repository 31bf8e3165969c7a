"""奖励: a case of its own beside the order, and the ledger of what was set aside and paid."""

from typing import Any

from tortoise import fields

from hotline.records.base import Row, code, maybe_code, maybe_when, when, words


class RewardCase(Row):
    """奖励事项: nothing here tells who reported; what would lies sealed under the report's key."""

    jurisdiction = code(6)
    number = code(24)
    order_id = fields.UUIDField()
    request_id = fields.UUIDField()  # the first reporter that asked
    stage = code(12)
    reported_on = fields.DateField()
    scheme = code(48)  # "": none holds on that day
    policy_version = fields.UUIDField(null=True)
    facts: fields.Field[Any] = fields.JSONField(default=dict)
    sealed_facts = fields.BinaryField(null=True)
    lines: fields.Field[Any] = fields.JSONField(default=list)
    sealed_lines = fields.BinaryField(null=True)
    missing = words()
    min_fen = fields.BigIntField(null=True)
    max_fen = fields.BigIntField(null=True)
    sum_fen = fields.BigIntField(null=True)
    reason = fields.CharField(max_length=400, default="")  # why this sum within the range
    end_reason = fields.CharField(max_length=400, default="")
    opened_at = when()
    proposed_by = maybe_code(80)
    proposed_at = maybe_when()
    reviewed_by = maybe_code(80)
    reviewed_at = maybe_when()
    approved_by = maybe_code(80)
    approved_at = maybe_when()
    told_at = maybe_when()
    claim_until = fields.DateField(null=True)  # null: the scheme does not say
    claimed_at = maybe_when()
    paid_by = maybe_code(80)
    paid_at = maybe_when()
    ended_at = maybe_when()
    year = fields.IntField(null=True)  # whose budget it was approved from
    version = fields.IntField(default=1)
    recount_due = code(16, default="", db_default="")  # why it must be counted anew first
    recover_fen = fields.BigIntField(null=True)  # 追回: of what was paid
    recovered_at = maybe_when()
    honour = code(16, default="", db_default="")  # 荣誉 given, with the person's consent
    honoured_at = maybe_when()
    tops_up_id = fields.UUIDField(null=True)  # 补发: the first entry, paid before
    already_fen = fields.BigIntField(default=0, db_default=0)  # what the entries before it keep

    class Meta:
        table = "reward_case"
        unique_together = (("tenant_id", "number"),)


class RewardPosting(Row):
    """奖励台账: fen moved from one account to another; appended, never changed."""

    jurisdiction = code(6)
    year = fields.IntField()
    case_id = fields.UUIDField(null=True)  # null: the year's budget itself
    from_account = code(16)
    to_account = code(16)
    fen = fields.BigIntField()
    step = code(32)
    by = code(80)
    at = when()

    class Meta:
        table = "reward_posting"
