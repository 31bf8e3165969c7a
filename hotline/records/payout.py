"""领取与发放: what proves a claim, who is to be paid, and what left in which file."""

from tortoise import fields

from hotline.records.base import Row, code, maybe_code, maybe_when, when


class RewardSecret(Row):
    """领奖密语 of one report (the same id): a slow hash under a pepper kept apart."""

    hash = fields.CharField(max_length=200)
    made_at = when()  # of the first one
    drawn = fields.SmallIntField(default=1)

    class Meta:
        table = "reward_secret"


class ClaimCode(Row):
    """领奖验证码 sent to the address a named reporter gave; only a keyed hash is kept."""

    request_id = fields.UUIDField()
    hash = fields.BinaryField()
    made_at = when()
    expires_at = when()
    used_at = maybe_when()

    class Meta:
        table = "claim_code"


class RewardClaim(Row):
    """领取: who is to be paid and how, sealed under a key of its own for the payer alone."""

    case_id = fields.UUIDField()
    proof = code(8)  # secret | name
    way = code(16)
    payees = fields.SmallIntField(default=1)  # 联名: how many share the sum
    kek_id = code(16)
    wrapped_key = fields.BinaryField(null=True)  # null: wiped
    sealed = fields.BinaryField(null=True)
    notice_version = code(40)  # of the privacy notice that was consented to
    honour = code(12, default="none")  # none | unnamed | named: 荣誉 with consent alone
    claimed_at = when()
    ended_at = maybe_when()  # paid, or replaced after a failure
    wiped_at = maybe_when()

    class Meta:
        table = "reward_claim"


class PayoutBatch(Row):
    """发放批次: the claims that left in one file."""

    jurisdiction = code(6)
    number = code(24)
    made_by = code(80)
    made_at = when()
    lines = fields.IntField()
    total_fen = fields.BigIntField()
    exports = fields.SmallIntField(default=0)
    exported_at = maybe_when()
    settled_at = maybe_when()

    class Meta:
        table = "payout_batch"
        unique_together = (("tenant_id", "number"),)


class PayoutLine(Row):
    """发放明细: one payee's sum; neither the case's number nor a name stands here."""

    batch_id = fields.UUIDField()
    place = fields.IntField()
    case_id = fields.UUIDField()
    claim_id = fields.UUIDField()
    payee = fields.SmallIntField(default=0)
    way = code(16)
    fen = fields.BigIntField()
    state = code(8)  # waiting | paid | failed
    paid_on = fields.DateField(null=True)
    voucher = fields.CharField(max_length=64, default="")
    failure = code(24, default="")
    settled_at = maybe_when()
    settled_by = maybe_code(80)
    renewed_at = maybe_when()  # failed, and whom to pay was then entered anew

    class Meta:
        table = "payout_line"
        unique_together = (("tenant_id", "batch_id", "place"),)


class PayoutResult(Row):
    """发放结果: a file of results that was taken in; the same one again changes nothing."""

    batch_id = fields.UUIDField()
    digest = fields.BinaryField()
    by = code(80)
    at = when()
    paid = fields.IntField()
    failed = fields.IntField()

    class Meta:
        table = "payout_result"
        unique_together = (("tenant_id", "batch_id", "digest"),)
