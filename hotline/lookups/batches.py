"""批量导入 as its owner sees it: the list, and how far one is. No row of the table."""

import hmac
import json
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from hotline.errors import NotFound
from hotline.policy.sight import sight_of
from hotline.records import BatchImport
from hotline.records.sealing import open_envelope
from hotline.rules.actor import Actor
from hotline.rules.batch_plan import BatchPlan, plan_of
from hotline.settings import keys

MOST = 30


@dataclass(frozen=True, slots=True)
class BatchView:
    """One uploaded table. `handle` names it outside the house; `gone`: it can no longer be read."""

    id: UUID
    handle: str
    name: str = field(repr=False)
    stage: str
    plan: BatchPlan
    rows: int
    good: int
    known: int
    bad: int
    has_back: bool
    failure: str
    created_at: datetime
    finished_at: datetime | None
    gone: bool


async def batches(by: Actor) -> list[BatchView]:
    """This person's tables, newest first."""
    tenant = (await sight_of(by)).tenant_id
    found = BatchImport.filter(tenant_id=tenant, owner=by.id).order_by("-created_at")
    return [_view(one) for one in await found.limit(MOST)]


async def batch(by: Actor, handle: str) -> BatchView:
    """NotFound for anybody else's, and for one long past."""
    for view in await batches(by):
        if hmac.compare_digest(view.handle.encode(), handle.encode()):
            return view
    raise NotFound("batch")


def handle_of(batch_id: UUID) -> str:
    """What stands in an address in place of the id, which tells a time."""
    return hmac.digest(keys().web, b"batch" + batch_id.bytes, "sha256").hex()[:20]


def _view(one: BatchImport) -> BatchView:
    return BatchView(
        id=one.id,
        handle=handle_of(one.id),
        name=_name(one),
        stage=one.stage,
        plan=plan_of(one.plan),
        rows=one.rows,
        good=one.good,
        known=one.known,
        bad=one.bad,
        has_back=bool(one.back) and one.wrapped_key is not None,
        failure=one.failure or "",
        created_at=one.created_at,
        finished_at=one.finished_at,
        gone=one.wrapped_key is None,
    )


def _name(one: BatchImport) -> str:
    if one.wrapped_key is None:
        return ""
    envelope = open_envelope(one.tenant_id, one.id, one.kek_id, one.wrapped_key)
    name: str = json.loads(envelope.unseal("meta", one.meta))["name"]
    return name
