"""疑似同一事项 what came with signatures, reprints and boundaries."""

from typing import Final

from hotline.records.constraints.part import Part

SIGNATURES: Final = Part(
    tables=("signature",),
    indexes=(
        # no pending list: every look-up would read it
        "CREATE INDEX signature_grams ON signature USING gin (grams) WITH (fastupdate = off)",
    ),
    # the order of messages without a lock
    after=(
        "CREATE SEQUENCE message_seq",
        "SELECT setval('message_seq', (SELECT coalesce(max(seq), 0) + 1 FROM message))",
        "GRANT USAGE ON SEQUENCE message_seq TO hotline_app",
    ),
)
REPRINTS: Final = Part(
    tables=("reprint",),
    references=(("reprint", "clue_id", "media_clue"),),
    indexes=("CREATE INDEX reprint_of_clue ON reprint (tenant_id, clue_id)",),
)
BOUNDARIES: Final = Part(tables=("boundary",))
MODELS: Final = Part(
    tables=("kind_model",),
    indexes=(
        "CREATE UNIQUE INDEX kind_model_one_active ON kind_model (tenant_id)"
        " WHERE state = 'active'",
    ),
)
