"""来件: what one reporter said through one channel. Masked text only; the original lies sealed."""

from typing import Any, ClassVar

from tortoise import fields
from tortoise.fields.db_defaults import SqlDefault

from hotline.records.base import Row, code, listed, maybe_code, maybe_when, numbers, when, words


class ServiceRequest(Row):
    """One 来件. Reporter-facing state (code, secrecy, wishes) hangs here and nowhere else."""

    jurisdiction = code(6)
    number = code(24)
    channel = code(12)
    foreign_number = maybe_code(64)
    wish = code(12)
    stage = code(20)
    registered_at = when()  # stamped by the database; first-reporter order rests on it
    occurred_at = maybe_when()
    paper_date = fields.DateField(null=True)
    partner_received_at = maybe_when()
    historical = fields.BooleanField(default=False)
    # as chosen by the reporter or agent
    chosen_county = maybe_code(12)
    chosen_township = maybe_code(12)
    chosen_kinds = words()
    secrecy = code(12)
    wants_reply = fields.BooleanField(default=False)
    wants_reward = fields.BooleanField(default=False)
    may_publish = fields.BooleanField(default=False)
    notice_version = code(32)
    code_hash = fields.BinaryField(null=True)
    sender_index = fields.BinaryField(null=True)
    body_key = fields.BinaryField(null=True)
    # as understood by the worker
    county = maybe_code(12)
    township = maybe_code(12)
    also = listed()  # further counties of a cross-boundary matter, as a person decided
    kinds = words()
    industry = maybe_code(32)
    title = fields.CharField(max_length=200, default="")
    text = fields.TextField(default="")
    landmark = fields.CharField(max_length=400, default="")
    target = fields.CharField(max_length=400, default="")
    # 大致位置 in CGCS2000, rounded: a desk sees the place, the house lies sealed with the story
    longitude = fields.FloatField(null=True)
    latitude = fields.FloatField(null=True)
    accuracy_m = fields.IntField(null=True)
    masking_version = fields.IntField(null=True)
    emergency = words()
    signatories = fields.IntField(null=True)  # 联名: how many signed; who, lies sealed
    suggestions: fields.Field[Any] = fields.JSONField(default=list)
    body = maybe_code(64)  # 分别受理: the accepting body, where there are several
    card = maybe_code(12)  # 监督员 or 网格员, by a card that was good that day
    triage_cause = maybe_code(48)
    refuse_reason = maybe_code(48)
    refer_to = fields.CharField(max_length=200, default="")
    decided_at = maybe_when()
    policy: fields.Field[Any] = fields.JSONField(default=dict)
    # the worker's lease
    leased_until = maybe_when()
    attempts = fields.IntField(default=0)
    failure = maybe_code(120)
    version = fields.IntField(default=1)

    class Meta:
        table = "service_request"
        unique_together = (("tenant_id", "number"),)


class Signature(Row):
    """文本签名 of a 来件 (same id): its masked words as numbers, by which its like is found.

    Written once: the report's own row is written anew at every step, and each time an index of
    some hundred words would have to follow. No reference: its rows are written by the intake.
    """

    county = maybe_code(12)  # a hint where to look first; the report's own column is the truth
    registered_at = when()
    grams = numbers()  # by their characters: looked up
    words = numbers()  # by their sound: compared
    title_words = numbers()  # in their order
    opening = numbers(db_default=SqlDefault("'{}'"))  # the text's first words, in their order

    written_over: ClassVar[str] = (
        "ON CONFLICT (tenant_id, id) DO UPDATE SET county = excluded.county,"
        " grams = excluded.grams, words = excluded.words, title_words = excluded.title_words,"
        " opening = excluded.opening"
    )

    class Meta:
        table = "signature"


class Vault(Row):
    """The sealed half of a 来件 (same id): its data key, the report as sent, the contact fields."""

    kek_id = code(16)
    alg = code(16)
    wrapped_key = fields.BinaryField(null=True)  # null: erased, nothing can be opened again
    report = fields.BinaryField(null=True)
    contact = fields.BinaryField(null=True)
    corrected = fields.BinaryField(null=True)  # 更正的联系方式, beside what was given
    answer = fields.BinaryField(null=True)  # 即时答复: told at once, without an order
    sent = fields.BinaryField(null=True)  # a partner's own document, word for word

    class Meta:
        table = "vault"


class Delivery(Row):
    """幂等: one line per delivery id of a channel, for ever."""

    channel = code(80)
    delivery_id = code(160)
    body_hash = fields.BinaryField()
    request_id = fields.UUIDField(null=True)
    answer: fields.Field[Any] = fields.JSONField(default=dict)
    received_at = when()

    class Meta:
        table = "delivery"
        unique_together = (("tenant_id", "channel", "delivery_id"),)


class HeldDelivery(Row):
    """A delivery that a person must look at: same id with another body, or not to be parsed."""

    channel = code(80)
    delivery_id = code(160)
    reason = code(48)
    received_at = when()
    kek_id = code(16)
    wrapped_key = fields.BinaryField(null=True)
    body = fields.BinaryField()
    body_hash = fields.BinaryField()  # a sender's retries of the same body are kept once
    resolved_at = maybe_when()
    resolved_by = maybe_code(64)
    request_id = fields.UUIDField(null=True)  # what it was made into
    note = maybe_code(200)  # why it is no report
    looks: fields.Field[Any] = fields.JSONField(default=list, db_default=SqlDefault("'[]'"))

    class Meta:
        table = "held_delivery"
        unique_together = (("tenant_id", "channel", "delivery_id", "body_hash"),)


class Supplement(Row):
    """补充: what a reporter added afterwards; sealed, and masked for the desk."""

    request_id = fields.UUIDField()
    at = when()
    sealed = fields.BinaryField(null=True)
    text = fields.TextField(default="")

    class Meta:
        table = "supplement"


class Feedback(Row):
    """回访评价: 1-5 and solved yes/no, of one 来件."""

    request_id = fields.UUIDField()
    order_id = fields.UUIDField()
    score = fields.IntField()
    solved = fields.BooleanField()
    sealed = fields.BinaryField(null=True)
    text = fields.TextField(default="")  # masked, for the desk
    wants_redo = fields.BooleanField(default=False)
    by_default = fields.BooleanField(default=False, db_default=False)  # nobody could be asked
    at = when()

    class Meta:
        table = "feedback"


class MediaClue(Row):
    """媒体线索: the outlet's side of a 来件 (same id); first_public_at decides rewards later."""

    outlet = fields.CharField(max_length=120)
    url = fields.CharField(max_length=1000, default="")
    published_at = maybe_when()
    first_public_at = maybe_when()
    headline = fields.CharField(max_length=200, default="")
    credibility = maybe_code(12)  # credible | check | ignore
    assess_reason = fields.CharField(max_length=400, default="", db_default="")
    assessed_by = maybe_code(80)
    assessed_at = maybe_when()
    is_major = fields.BooleanField(null=True)  # 重大突发: the shorter terms of an answer

    class Meta:
        table = "media_clue"


class Reprint(Row):
    """转载: the same story at another outlet (same id as its draft), folded into the first clue."""

    clue_id = fields.UUIDField()
    outlet = fields.CharField(max_length=120)
    url = fields.CharField(max_length=1000, default="")
    published_at = maybe_when()
    headline = fields.CharField(max_length=200, default="")
    sealed = fields.BinaryField()  # all that was typed, under the clue's own data key
    folded_by = code(80)
    folded_at = when()
    separated_by = maybe_code(80)
    separated_at = maybe_when()

    class Meta:
        table = "reprint"
