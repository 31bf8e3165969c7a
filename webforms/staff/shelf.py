"""Reports that staff are still writing: one sealed draft each, and one list a person."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from hotline.errors import NotFound
from hotline.lookups import draft as lookup
from hotline.rules.actor import Actor
from hotline.steps.draft import DraftKey, discard_draft, finish_draft, keep_draft
from hotline.steps.numbers import fresh_code
from webforms.visit import current

MOST_OPEN: Final = 12


@dataclass(frozen=True, slots=True)
class Begun:
    """A report begun and not yet saved, as a list shows it."""

    ref: str
    since: datetime
    typed: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Shelf:
    """One person's drafts of one kind. A reference alone opens none: the account is in the key."""

    kind: str  # agent | media
    by: Actor
    tenant_id: str

    async def begin(self) -> str:
        """A new draft; its query code is minted before anything is sent."""
        ref, now = secrets.token_urlsafe(9), current().now
        await keep_draft(self._key(ref), {"code": fresh_code()}, now)
        await keep_draft(self._list(), {ref: now.isoformat()}, now)
        return ref

    async def opened(self, ref: str) -> lookup.DraftView:
        """The draft, or its receipt once it was sent. NotFound."""
        view = await self._view(self._key(ref))
        if view is None:
            raise NotFound("draft")
        return view

    async def keep(self, ref: str, typed: Mapping[str, Any]) -> UUID:
        """What is typed so far."""
        return await keep_draft(self._key(ref), typed, current().now)

    async def finish(self, ref: str, shown: Mapping[str, Any], request_id: UUID) -> None:
        """Saved: only the receipt stays."""
        if view := await self._view(self._key(ref)):
            await finish_draft(view.envelope, shown, request_id, current().now)
        await self._strike(ref)

    async def discard(self, ref: str) -> None:
        """It came to nothing."""
        await discard_draft(self._key(ref), current().now)
        await self._strike(ref)

    async def begun(self) -> list[Begun]:
        """What is not saved yet, newest first."""
        listed = await self._view(self._list())
        times = {ref: str(at) for ref, at in listed.answers.items() if at} if listed else {}
        newest = sorted(times, key=times.__getitem__, reverse=True)[:MOST_OPEN]
        found = [(ref, await self._view(self._key(ref))) for ref in newest]
        return [
            Begun(ref, datetime.fromisoformat(times[ref]), view.answers)
            for ref, view in found
            if view and not view.is_sent
        ]

    async def _strike(self, ref: str) -> None:
        await keep_draft(self._list(), {ref: ""}, current().now)

    async def _view(self, key: DraftKey) -> lookup.DraftView | None:
        return await lookup.draft(self.tenant_id, self.kind, key.token, current().now)

    def _key(self, ref: str) -> DraftKey:
        return DraftKey(self.tenant_id, self.kind, f"{self.by.id}:{ref}")

    def _list(self) -> DraftKey:
        return DraftKey(self.tenant_id, self.kind, self.by.id)
