"""保护 what came with cleared pictures, custodians, talk by code and keys of a day."""

from typing import Final

from hotline.records.constraints.part import Part

PROTECTION: Final = Part(
    tables=("public_photo", "identity_ask", "turn", "day_key", "nuisance"),
    references=(
        ("public_photo", "publication_id", "publication"),
        ("public_photo", "attachment_id", "attachment"),
        ("identity_ask", "request_id", "service_request"),
        ("identity_ask", "order_id", "work_order"),
        ("turn", "request_id", "service_request"),
        ("turn", "order_id", "work_order"),
        ("nuisance", "request_id", "service_request"),
    ),
    checks=(
        ("public_photo", "public_photo_stage", "stage IN ('proposed', 'cleared', 'dropped')"),
        ("public_photo", "public_photo_two", "cleared_by <> proposed_by"),
        (
            "public_photo",
            "public_photo_cleared",
            "stage <> 'cleared' OR num_nonnulls(cleared_by, cleared_at, wrapped_key) = 3",
        ),
        ("identity_ask", "identity_ask_two", "decided_by <> asked_by"),
        (
            "identity_ask",
            "identity_ask_decided",
            "(decided_at IS NULL) = (decided_by IS NULL)"
            " AND (decided_at IS NULL) = (granted IS NULL)"
            " AND (granted IS NOT TRUE OR until IS NOT NULL)",
        ),
        ("nuisance", "nuisance_two", "approved_by <> proposed_by"),
        (
            "nuisance",
            "nuisance_approved",
            "(approved_at IS NULL) = (approved_by IS NULL)"
            " AND (approved_at IS NULL) = (until IS NULL)",
        ),
    ),
    indexes=(
        "CREATE UNIQUE INDEX public_photo_once ON public_photo"
        " (tenant_id, publication_id, attachment_id) WHERE stage <> 'dropped'",
        "CREATE UNIQUE INDEX identity_ask_open ON identity_ask (tenant_id, request_id, asked_by)"
        " WHERE decided_at IS NULL",
        "CREATE INDEX identity_ask_queue ON identity_ask (tenant_id, asked_at)"
        " WHERE decided_at IS NULL",
        "CREATE INDEX identity_ask_of ON identity_ask (tenant_id, request_id, asked_by)",
        "CREATE INDEX turn_of ON turn (tenant_id, request_id, at)",
        "CREATE INDEX nuisance_of ON nuisance (tenant_id, sender_index) WHERE lifted_at IS NULL",
    ),
)
