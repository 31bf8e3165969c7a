"""The three texts of an order, newest version of each, and what of it is public."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from hotline.database import rows
from hotline.rules.terms import TextKind

TEXTS: Final = """
SELECT DISTINCT ON (t.kind) t.kind, t.version, t.text, t.written_by, t.written_at, t.approved_at,
  w.name AS writer, a.name AS approver FROM order_text t
LEFT JOIN staff w ON w.tenant_id = t.tenant_id AND w.id::text = t.written_by
LEFT JOIN staff a ON a.tenant_id = t.tenant_id AND a.id::text = t.approved_by
WHERE t.tenant_id = $1 AND t.order_id = $2 ORDER BY t.kind, t.version DESC
"""
PUBLIC: Final = """
SELECT number, stage, title, problem, measure, proposed_by, proposed_at, published_at,
  retract_reason
FROM publication WHERE tenant_id = $1 AND order_id = $2 ORDER BY proposed_at
"""


@dataclass(frozen=True, slots=True)
class TextView:
    """One text as it stands. `writer_id` is an account's id: a writer does not approve."""

    kind: TextKind
    version: int
    text: str = field(repr=False)
    writer_id: str
    writer: str
    written_at: datetime
    approver: str
    approved_at: datetime | None


@dataclass(frozen=True, slots=True)
class PublicationView:
    """公开: proposed, published or retracted."""

    number: str
    stage: str
    title: str
    problem: str
    measure: str
    proposed_by: str
    proposed_at: datetime
    published_at: datetime | None
    retract_reason: str


async def texts(tenant_id: str, order_id: UUID) -> Mapping[TextKind, TextView]:
    """Kind → the newest version."""
    found = await rows(TEXTS, tenant_id, order_id)
    views = [
        TextView(
            kind=TextKind(one["kind"]),
            version=one["version"],
            text=one["text"],
            writer_id=one["written_by"],
            writer=one["writer"] or "",
            written_at=one["written_at"],
            approver=one["approver"] or "",
            approved_at=one["approved_at"],
        )
        for one in found
    ]
    return {view.kind: view for view in views}


async def publications(tenant_id: str, order_id: UUID) -> tuple[PublicationView, ...]:
    """Every publication an order ever had, oldest first."""
    return tuple(PublicationView(**one) for one in await rows(PUBLIC, tenant_id, order_id))
