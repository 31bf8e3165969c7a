"""办理中的申请: what is asked for beside an order on its way: more time, facts, another's part."""

from tortoise import fields

from hotline.records.base import Row, code, maybe_code, maybe_when, when


class TermExtension(Row):
    """延期: asked with a reason, then granted or not by another person."""

    order_id = fields.UUIDField()
    clock_id = fields.UUIDField()
    scheme = code(48)
    count = fields.IntField()  # in the unit of the term
    reason = fields.CharField(max_length=1000)
    asked_by = code(80)
    asked_at = when()
    decided_by = maybe_code(80)
    decided_at = maybe_when()
    granted = fields.BooleanField(null=True)
    told = fields.CharField(max_length=1000, default="")  # what the reporters read of the reason
    due_on = fields.DateField(null=True)  # the new last day

    class Meta:
        table = "term_extension"


class AskedBack(Row):
    """补充询问: what the reporter is asked, and how long the terms stand still for it at most."""

    order_id = fields.UUIDField()
    request_id = fields.UUIDField()
    question = fields.CharField(max_length=1000)
    asked_by = code(80)
    asked_at = when()
    until = when()  # then the terms go on without an answer
    answered_at = maybe_when()

    class Meta:
        table = "asked_back"


class OrderPart(Row):
    """协办分工: what an assisting department does of an order, and by which day."""

    order_id = fields.UUIDField()
    department = code(64)
    task = fields.CharField(max_length=1000)
    due_on = fields.DateField()
    given_by = code(80)
    given_at = when()
    result = fields.CharField(max_length=2000, default="")
    done_by = maybe_code(80)
    done_at = maybe_when()
    waived_at = maybe_when()  # the lead went on without it, and said why

    class Meta:
        table = "order_part"
