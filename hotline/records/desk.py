"""工作台: what a person keeps at a desk, who looks at an order, tables asked for to take away."""

from typing import Any

from tortoise import fields

from hotline.records.base import Row, code, maybe_code, maybe_when, when, words


class SavedFilter(Row):
    """常用筛选: one person's own view of the queue, by name."""

    owner = code(80)
    name = fields.CharField(max_length=40)
    wanted: fields.Field[Any] = fields.JSONField(default=dict)  # what the queue is narrowed to
    made_at = when()

    class Meta:
        table = "saved_filter"
        unique_together = (("tenant_id", "owner", "name"),)


class OrderLook(Row):
    """在看: who has an order open, and when the page last asked."""

    order_id = fields.UUIDField()
    staff_id = fields.UUIDField()
    seen_at = when()

    class Meta:
        table = "order_look"
        unique_together = (("tenant_id", "order_id", "staff_id"),)


class DeskExport(Row):
    """导出: a table asked for at a desk; how far it is, and the sealed file.

    stage: queued | running | done | stopped | failed.
    """

    jurisdiction = code(6)
    owner = code(80)  # whoever asked; nobody else sees it
    what = code(24)
    form = code(8)  # csv | xlsx
    wanted: fields.Field[Any] = fields.JSONField(default=dict)
    stage = code(12)
    done = fields.IntField(default=0)
    total = fields.IntField(default=0)
    kek_id = code(16)
    wrapped_key = fields.BinaryField(null=True)  # null: the file is gone
    stored = maybe_code(200)
    failure = maybe_code(120)
    created_at = when()
    finished_at = maybe_when()
    leased_until = maybe_when()

    class Meta:
        table = "desk_export"


class _Tallied(Row):
    """考核: orders of a month's cohort, counted."""

    jurisdiction = code(6)
    month = fields.DateField()  # its first day
    lead = code(64)  # "-" without one
    county = code(12)
    orders = fields.IntField()
    accepted = fields.IntField()
    accepted_of = fields.IntField()
    closed = fields.IntField()
    closed_of = fields.IntField()
    satisfied = fields.IntField()
    satisfied_of = fields.IntField()
    reopened = fields.IntField()
    reopened_of = fields.IntField()

    class Meta:
        abstract = True


class AssessmentCell(_Tallied):
    """考核: a month's cohort of one department in one county, counted."""

    class Meta:
        table = "assessment_cell"
        unique_together = (("tenant_id", "jurisdiction", "month", "lead", "county"),)


class AssessmentKindCell(_Tallied):
    """The same by what the orders are about: for posts that are for some kinds alone 限办类型."""

    kinds = words()

    class Meta:
        table = "assessment_kind_cell"
        unique_together = (("tenant_id", "jurisdiction", "month", "lead", "county", "kinds"),)


class AssessmentMonth(Row):
    """Which months of a jurisdiction were counted, and when."""

    jurisdiction = code(6)
    month = fields.DateField()
    counted_at = when()

    class Meta:
        table = "assessment_month"
        unique_together = (("tenant_id", "jurisdiction", "month"),)
