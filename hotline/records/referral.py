"""督办移送: what goes on beside an order, inspection batches, and campaigns. No reporter in any."""

from typing import Any

from tortoise import fields

from hotline.records.base import Row, code, maybe_code, maybe_when, when, words


class Referral(Row):
    """督办移送事项: one matter beside the line, by the kind's row in the pack."""

    jurisdiction = code(6)
    number = code(24)
    kind = code(48)
    order_id = fields.UUIDField(null=True)  # null: an inspection item before it has an order
    batch_id = fields.UUIDField(null=True)
    foreign_number = maybe_code(64)  # 受理编号 of the inspection
    stage = code(12)
    title = fields.CharField(max_length=200, default="")
    addressees = words()  # codes of departments, or the name of a body that has none here
    concerns = maybe_code(64)  # the department it is about: it never gets it
    grounds = fields.TextField(default="")
    facts: fields.Field[Any] = fields.JSONField(default=dict)
    documents = words()
    outcome = maybe_code(48)
    reply = fields.TextField(default="")
    end_reason = fields.TextField(default="")
    learned_at = maybe_when()  # 获知时间, from which an event's terms count
    opened_by = code(80)
    opened_at = when()
    approved_by = maybe_code(80)
    approved_at = maybe_when()
    sent_at = maybe_when()
    replied_at = maybe_when()
    closed_by = maybe_code(80)
    closed_at = maybe_when()
    next_due_at = maybe_when()
    policy_version = fields.UUIDField(null=True)
    version = fields.IntField(default=1)

    class Meta:
        table = "referral"
        unique_together = (("tenant_id", "number"),)


class InspectionBatch(Row):
    """督察交办批次: what an inspection handed over on one day."""

    jurisdiction = code(6)
    number = code(24)
    name = fields.CharField(max_length=120)
    level = code(16)  # 中央, 省级, …: a row of the pack
    received_on = fields.DateField()
    opened_by = code(80)
    opened_at = when()

    class Meta:
        table = "inspection_batch"
        unique_together = (("tenant_id", "number"),)


class Campaign(Row):
    """专项行动: a label with its days, laid over orders."""

    jurisdiction = code(6)
    number = code(24)
    name = fields.CharField(max_length=120)
    source = fields.CharField(max_length=400, default="")
    kinds = words()  # those it is about; none: all
    from_on = fields.DateField()
    to_on = fields.DateField()
    reward = code(48, default="", db_default="")  # the reward scheme laid over it, by its code
    opened_by = code(80)
    opened_at = when()

    class Meta:
        table = "campaign"
        unique_together = (("tenant_id", "number"),)


class CampaignOrder(Row):
    """An order under a campaign, from and to."""

    campaign_id = fields.UUIDField()
    order_id = fields.UUIDField()
    by = code(80)
    from_at = when()
    to_at = maybe_when()

    class Meta:
        table = "campaign_order"
