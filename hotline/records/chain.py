"""The stored form of one event: its header as the digest covers it; the next one follows it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from hotline.rules.actor import Actor
from hotline.rules.terms import Aggregate, Step


@dataclass(frozen=True, slots=True)
class Header:
    """What a digest covers beside the previous digest and the detail's commitment."""

    tenant_id: str
    aggregate: Aggregate
    aggregate_id: UUID
    seq: int
    step: Step
    stage: str
    by: Actor
    at: datetime

    def covered(self) -> dict[str, Any]:
        """The header in the one form that is hashed."""
        return header(
            tenant_id=self.tenant_id,
            aggregate=self.aggregate,
            aggregate_id=self.aggregate_id,
            seq=self.seq,
            step=self.step,
            stage=self.stage,
            actor_kind=self.by.kind,
            actor_id=self.by.id,
            department=self.by.department or None,
            at=self.at,
        )


HEADER = (
    "tenant_id", "aggregate", "aggregate_id", "seq", "step", "stage",
    "actor_kind", "actor_id", "department", "at",
)  # fmt: skip


def header(**columns: Any) -> dict[str, Any]:
    """The columns of an event that its digest covers, whether just made or read back."""
    return {name: columns[name] for name in HEADER}
