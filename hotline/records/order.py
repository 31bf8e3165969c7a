"""工单: one matter, its reports, its desks, its clocks and its three texts."""

from typing import Any

from tortoise import fields
from tortoise.fields.db_defaults import SqlDefault

from hotline.records.base import Row, code, listed, maybe_code, maybe_when, when, words


class WorkOrder(Row):
    """One matter. The place and desk are ordinary columns that may change."""

    jurisdiction = code(6)
    number = code(24)
    stage = code(20)
    county = maybe_code(12)
    township = maybe_code(12)
    also = listed()  # further counties of a cross-boundary matter (跨界)
    kinds = words()
    industry = maybe_code(32)
    title = fields.CharField(max_length=200, default="")
    lead = maybe_code(64)
    handler_id = fields.UUIDField(null=True)  # 经办人: who has it in hand at the lead
    emergency = fields.BooleanField(default=False)
    first_request_id = fields.UUIDField()
    earlier_order_id = fields.UUIDField(null=True)  # 重犯: the closed order this one follows
    merged_into_id = fields.UUIDField(null=True)  # 合并: the order its reports are in now
    merged_at = maybe_when()
    opened_at = when()
    dispatched_at = maybe_when()
    signed_at = maybe_when()
    answered_at = maybe_when()
    closed_at = maybe_when()
    next_due_at = maybe_when()
    finding = maybe_code(12)
    ruled = fields.BooleanField(default=False)  # an objection was ruled on: no second one
    redo_count = fields.IntField(default=0)
    returned_count = fields.IntField(default=0, db_default=0)  # 异议和审核退回, in all
    report_count = fields.IntField(default=1)
    historical = fields.BooleanField(default=False)
    interim_left = fields.CharField(max_length=1000, default="", db_default="")  # 尚待完成
    archived_at = maybe_when()  # 归档: read only from then on
    keep_until = fields.DateField(null=True)  # 保管期限
    version = fields.IntField(default=1)

    class Meta:
        table = "work_order"
        unique_together = (("tenant_id", "number"),)


class Membership(Row):
    """并单 is a membership, not a move: 来件 in 工单, from and to, and why."""

    request_id = fields.UUIDField()
    order_id = fields.UUIDField()
    relation = code(16)
    reasons = words()
    like_id = fields.UUIDField(null=True)  # the report it was like: what it joined because of
    by = code(80)
    from_at = when()
    to_at = maybe_when()

    class Meta:
        table = "membership"


class OrderLink(Row):
    """关联: two orders that belong together without being one; from and to, and why."""

    order_id = fields.UUIDField()  # the lower id of the two
    other_id = fields.UUIDField()
    relation = code(16)
    reason = fields.CharField(max_length=400, default="")
    by = code(80)
    from_at = when()
    to_at = maybe_when()

    class Meta:
        table = "order_link"


class Held(Row):
    """Which department holds an order, as 主办 or 协办, from and to: time is charged by it."""

    order_id = fields.UUIDField()
    department = code(64)
    duty = code(8)
    from_at = when()
    to_at = maybe_when()

    class Meta:
        table = "held"


class Clock(Row):
    """期限: one running or stopped term of a 来件 or a 工单; several may run at once."""

    holder = code(10)
    holder_id = fields.UUIDField()
    scheme = code(48)
    policy_version = fields.UUIDField(null=True)
    started_at = when()
    unit = code(16)
    count = fields.IntField()
    rolls = fields.BooleanField(default=False)
    provisional = fields.BooleanField(default=False)
    is_right = fields.BooleanField(default=False)  # lapses, does not fall due
    due_on = fields.DateField()
    due_at = when()
    extended = fields.IntField(default=0, db_default=0)  # 延期 granted, in the same unit
    paused_from = maybe_when()
    # 中止: [from, to] in ISO 8601, the last to at the latest while paused_from stands
    pauses: fields.Field[Any] = fields.JSONField(default=list, db_default=SqlDefault("'[]'"))
    stopped_at = maybe_when()
    outcome = maybe_code(16)
    warned = fields.SmallIntField(default=0, db_default=0)  # 1 before, 2 on the day, 3 after it

    class Meta:
        table = "clock"


class OrderText(Row):
    """One version of one of the three texts: 复函, 调查处理结果, 答复举报人意见."""

    order_id = fields.UUIDField()
    kind = code(12)
    version = fields.IntField()
    text = fields.TextField()
    written_by = code(80)
    written_at = when()
    approved_by = maybe_code(80)
    approved_at = maybe_when()

    class Meta:
        table = "order_text"
        unique_together = (("tenant_id", "order_id", "kind", "version"),)


class Publication(Row):
    """公开: a rewritten text with a number of its own; never the reporter's words."""

    jurisdiction = code(6)
    number = code(24)
    order_id = fields.UUIDField()
    county = maybe_code(12)
    township = maybe_code(12)
    kind = code(48)
    finding = code(12)
    closing = code(20)
    stage = code(12)  # proposed | published | retracted
    title = fields.CharField(max_length=200)
    problem = fields.TextField()
    measure = fields.TextField()
    proposed_by = code(80)
    proposed_at = when()
    approved_by = maybe_code(80)
    published_at = maybe_when()
    retracted_at = maybe_when()
    retract_reason = fields.CharField(max_length=400, default="")
    review_cause = maybe_code(48)  # 待复核: what happened to the order since it was worded
    review_at = maybe_when()
    earlier_id = fields.UUIDField(null=True)  # the publication of the same matter before this one
    inspection_number = maybe_code(24)  # 督察转办件编号: a row of the 边督边改 table
    verified = fields.TextField(default="", db_default="")  # 调查核实情况, for that table
    accountability = fields.TextField(default="", db_default="")  # 责任人被处理情况
    # 保留的标记: what two people have decided points at nobody, each with the reason
    kept: fields.Field[Any] = fields.JSONField(default=list, db_default=SqlDefault("'[]'"))

    class Meta:
        table = "publication"
        unique_together = (("tenant_id", "number"),)
