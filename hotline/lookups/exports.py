"""导出 as whoever asked for it sees it: the list, and how far one is."""

import hmac
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from hotline.errors import NotFound
from hotline.policy.sight import sight_of
from hotline.records import DeskExport
from hotline.rules.actor import Actor
from hotline.settings import keys

MOST: Final = 20


@dataclass(frozen=True, slots=True)
class ExportView:
    """One table. `handle` names it outside the house; `there`: it can be fetched."""

    id: UUID
    handle: str
    what: str
    form: str
    month: date | None
    about: str  # 2026-11, or the days it is of
    stage: str
    failure: str  # why it is none, as a key
    done: int
    total: int
    there: bool
    created_at: datetime
    finished_at: datetime | None

    @property
    def under_way(self) -> bool:
        """Whether it is still being written."""
        return self.stage in ("queued", "running")


async def exports(by: Actor) -> list[ExportView]:
    """This person's, newest first."""
    tenant = (await sight_of(by)).tenant_id
    found = DeskExport.filter(tenant_id=tenant, owner=by.id).order_by("-created_at")
    return [_view(one) for one in await found.limit(MOST)]


async def export(by: Actor, handle: str) -> ExportView:
    """NotFound for anybody else's."""
    for view in await exports(by):
        if hmac.compare_digest(view.handle.encode(), handle.encode()):
            return view
    raise NotFound("export")


def handle_of(export_id: UUID) -> str:
    """What stands in an address in place of the id, which tells a time."""
    return hmac.digest(keys().web, b"export" + export_id.bytes, "sha256").hex()[:20]


def _view(one: DeskExport) -> ExportView:
    more = one.wanted["more"]
    month = more.get("month")
    return ExportView(
        id=one.id,
        handle=handle_of(one.id),
        what=one.what,
        form=one.form,
        month=date.fromisoformat(month) if month else None,
        about=month[:7] if month else f"{more['since']}–{more['until']}",
        stage=one.stage,
        failure=one.failure or "",
        done=one.done,
        total=one.total,
        there=one.stage == "done" and one.wrapped_key is not None,
        created_at=one.created_at,
        finished_at=one.finished_at,
    )
