"""请假代理、回避、监督员证: who stands in for whom, who keeps out, and who holds a card."""

from tortoise import fields

from hotline.records.base import Row, code, maybe_when, when


class Absence(Row):
    """请假代理: from when to when somebody else acts in a person's name."""

    staff_id = fields.UUIDField()
    deputy_id = fields.UUIDField()
    from_at = when()
    to_at = when()
    made_by = code(80)
    made_at = when()
    ended_at = maybe_when()  # back earlier than thought

    class Meta:
        table = "absence"


class Recusal(Row):
    """回避: this person neither reads nor acts on this order any more."""

    order_id = fields.UUIDField()
    staff_id = fields.UUIDField()
    reason = fields.CharField(max_length=1000)
    by = code(80)
    at = when()

    class Meta:
        table = "recusal"
        unique_together = (("tenant_id", "order_id", "staff_id"),)


class ReporterCard(Row):
    """监督员证、网格员证: a number and its days; whose it is, the authority's own list says."""

    jurisdiction = code(6)
    kind = code(12)  # monitor | grid
    number = code(32)
    valid_from = fields.DateField()
    valid_to = fields.DateField(null=True)
    made_by = code(80)
    made_at = when()
    revoked_at = maybe_when()

    class Meta:
        table = "reporter_card"
        unique_together = (("tenant_id", "number"),)
