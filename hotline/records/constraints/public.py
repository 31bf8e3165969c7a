"""公开 what came with terms of disclosure, versions, the authority's own texts and the press."""

from typing import Final

from hotline.records.constraints.part import Part

KEPT_AS_PUBLIC: Final = ("public_version", "release_sending")

PUBLIC: Final = Part(
    tables=(
        "public_version",
        "public_term",
        "release",
        "release_sending",
        "press_contact",
        "clue_link",
    ),
    references=(
        ("publication", "earlier_id", "publication"),
        ("release", "clue_id", "media_clue"),
        ("release_sending", "release_id", "release"),
        ("clue_link", "clue_id", "media_clue"),
        ("clue_link", "order_id", "work_order"),
    ),
    checks=(
        ("public_version", "public_version_what", "what IN ('shown', 'gone') AND seq > 0"),
        (
            "public_term",
            "public_term_stopped",
            "(stopped_at IS NULL) = (outcome IS NULL)",
        ),
        (
            "release",
            "release_kind",
            "kind IN ('typical', 'exemplar', 'monthly', 'yearly', 'response', 'briefing')",
        ),
        # written by one person, published by another, whatever the code does
        ("release", "release_two_people", "approved_by IS NULL OR approved_by <> written_by"),
        (
            "release",
            "release_stage",
            "stage IN ('draft', 'offered', 'published', 'withdrawn')"
            " AND (stage IN ('draft', 'offered')"
            " OR num_nonnulls(approved_by, published_at) = 2)",
        ),
        (
            "release",
            "release_consent",  # nobody is praised in public who did not agree to it
            "kind <> 'exemplar' OR stage IN ('draft', 'offered')"
            " OR (consent <> '' AND consent_on IS NOT NULL)",
        ),
        (
            "media_clue",
            "media_clue_credibility",
            "credibility IN ('credible', 'check', 'ignore')",
        ),
    ),
    indexes=(
        "CREATE UNIQUE INDEX public_term_one_running ON public_term"
        " (tenant_id, holder, holder_id, rule) WHERE stopped_at IS NULL",
        "CREATE INDEX public_term_due ON public_term (tenant_id, due_at) WHERE stopped_at IS NULL",
        "CREATE INDEX release_public ON release (tenant_id, kind, published_at)"
        " WHERE stage = 'published'",
        "CREATE INDEX release_at_desk ON release (tenant_id, stage, written_at)",
        "CREATE UNIQUE INDEX release_of_span ON release (tenant_id, jurisdiction, kind, since)"
        " WHERE kind IN ('monthly', 'yearly') AND stage <> 'withdrawn'",
        "CREATE INDEX release_sending_of ON release_sending (tenant_id, release_id)",
        "CREATE INDEX press_contact_of ON press_contact (tenant_id, jurisdiction, outlet)",
        "CREATE UNIQUE INDEX clue_link_one ON clue_link (tenant_id, clue_id, order_id)"
        " WHERE removed_at IS NULL",
        "CREATE INDEX publication_inspected ON publication (tenant_id, inspection_number)"
        " WHERE inspection_number IS NOT NULL",
        "CREATE UNIQUE INDEX publication_one_standing ON publication"
        " (tenant_id, order_id, stage) WHERE stage IN ('proposed', 'published')",
    ),
    after=("REVOKE UPDATE, DELETE, TRUNCATE ON public_version, release_sending FROM hotline_app",),
)
