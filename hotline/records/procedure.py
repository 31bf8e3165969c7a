"""转送、核查、回访、复查: what is done about an order beside the texts and terms of its own."""

from tortoise import fields

from hotline.records.base import Row, code, maybe_code, maybe_when, when


class Forwarding(Row):
    """转送: given to a body outside, as an order or as a report nobody here had accepted."""

    order_id = fields.UUIDField(null=True)
    request_id = fields.UUIDField(null=True)
    body = fields.CharField(max_length=120)
    contact = fields.CharField(max_length=200)  # where the reporter goes
    reason = fields.CharField(max_length=1000)  # as the reporters read it
    by = code(80)
    at = when()
    their_number = fields.CharField(max_length=64, default="")
    confirmed_at = maybe_when()
    returned_at = maybe_when()

    class Meta:
        table = "forwarding"


class CheckVisit(Row):
    """核查: somebody else than who handled the order has looked for himself."""

    order_id = fields.UUIDField()
    by = code(80)
    visited_at = when()
    at = when()  # when it was written down
    outcome = code(12)
    note = fields.CharField(max_length=2000)

    class Meta:
        table = "check_visit"


class FollowUpTry(Row):
    """回访: one attempt to ask a reporter how the answer was found."""

    request_id = fields.UUIDField()
    order_id = fields.UUIDField()
    by = code(80)
    at = when()
    result = code(12)
    note = fields.CharField(max_length=1000, default="")  # masked

    class Meta:
        table = "follow_up_try"


class Review(Row):
    """复查 and 复核: asked by the reporter, decided by the body above whoever answered."""

    request_id = fields.UUIDField()
    order_id = fields.UUIDField()
    kind = code(12)
    body = maybe_code(64)  # null: no department stands above; the place's supervisors decide
    asked_at = when()
    sealed = fields.BinaryField(null=True)  # under the 来件's key; null once erased
    text = fields.TextField(default="")  # masked
    decided_by = maybe_code(80)
    decided_at = maybe_when()
    outcome = maybe_code(12)
    opinion = fields.TextField(default="")  # the written 意见书, as the reporter reads it

    class Meta:
        table = "review"
