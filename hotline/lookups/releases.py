"""发布稿: what the desk writes, what waits for another person, and what anybody may read."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from hotline.database import row, rows
from hotline.errors import NotFound
from hotline.policy.sight import sight_of
from hotline.policy.store import packs
from hotline.rules.actor import Actor
from hotline.rules.clocks import SHANGHAI
from hotline.rules.numbering import asked
from hotline.rules.release import SYSTEM, ReleaseKind, ReleaseStage

MOST: Final = 100
PAGE: Final = 20
COLUMNS: Final = """
SELECT r.number, r.jurisdiction, r.kind, r.stage, r.title, r.body, r.figures, r.since, r.until,
  r.consent, r.consent_on, r.written_by, r.written_at, r.published_at, r.withdrawn_at,
  r.withdraw_reason, r.version
"""
AT_DESK: Final = f"""
{COLUMNS}, w.name AS writer, a.name AS approver, q.number AS clue
FROM release r LEFT JOIN staff w ON w.tenant_id = r.tenant_id AND w.id::text = r.written_by
LEFT JOIN staff a ON a.tenant_id = r.tenant_id AND a.id::text = r.approved_by
LEFT JOIN service_request q ON q.tenant_id = r.tenant_id AND q.id = r.clue_id
WHERE r.tenant_id = $1 AND r.jurisdiction = ANY($2) AND ($3 = '' OR r.number = $3)
ORDER BY r.stage = 'offered' DESC, r.stage = 'draft' DESC, r.written_at DESC LIMIT $4
"""
SENT: Final = """
SELECT s.outlet, s.way, s.note, s.at, p.name AS who FROM release_sending s
JOIN release r ON r.tenant_id = s.tenant_id AND r.id = s.release_id
LEFT JOIN staff p ON p.tenant_id = s.tenant_id AND p.id::text = s.by
WHERE s.tenant_id = $1 AND r.number = $2 ORDER BY s.id
"""
LISTED: Final = f"""
{COLUMNS}, count(*) OVER () AS total FROM release r
WHERE r.tenant_id = $1 AND r.stage = 'published' AND ($2 = '' OR r.kind = $2)
ORDER BY r.published_at DESC, r.number LIMIT $3 OFFSET $4
"""
ONE: Final = f"""
{COLUMNS} FROM release r
WHERE r.tenant_id = $1 AND r.number = $2 AND r.stage IN ('published', 'withdrawn')
"""


@dataclass(frozen=True, slots=True)
class PublicRelease:
    """What anybody may read; of a withdrawn one nothing but since when and why."""

    number: str
    kind: ReleaseKind
    authority: str
    title: str
    body: str
    figures: Mapping[str, Any]
    published_on: date
    withdrawn_on: date | None
    withdraw_reason: str


@dataclass(frozen=True, slots=True)
class DeskRelease:
    """The same at the desk. `writer_id`: whoever changed it last does not publish it."""

    number: str
    kind: ReleaseKind
    stage: ReleaseStage
    title: str
    body: str
    figures: Mapping[str, Any]
    consent: str
    consent_on: date | None
    writer_id: str
    writer: str
    written_at: datetime
    approver: str
    published_at: datetime | None
    withdraw_reason: str
    clue: str
    version: int

    @property
    def is_drafted(self) -> bool:
        """By the service; no person has changed it yet."""
        return self.writer_id == SYSTEM


@dataclass(frozen=True, slots=True)
class Sending:
    """One line of the log."""

    outlet: str
    way: str
    note: str
    at: datetime
    who: str


async def releases(by: Actor, number: str = "") -> list[DeskRelease]:
    """What waits first; one alone where its number is given."""
    sight = await sight_of(by)
    found = await rows(AT_DESK, sight.tenant_id, sorted(sight.jurisdictions), number, MOST)
    return [_at_desk(one) for one in found]


async def release(by: Actor, number: str) -> DeskRelease:
    """NotFound beyond sight."""
    found = await releases(by, asked(number))
    if not found:
        raise NotFound("release")
    return found[0]


async def sent(by: Actor, number: str) -> list[Sending]:
    """Which outlet got it, in the order in which they did."""
    sight = await sight_of(by)
    return [Sending(**{**one, "who": one["who"] or ""})
            for one in await rows(SENT, sight.tenant_id, asked(number))]  # fmt: skip


async def published(tenant_id: str, kind: str, page: int) -> tuple[list[PublicRelease], int]:
    """Twenty a page, the newest first; how many there are."""
    found = await rows(LISTED, tenant_id, kind, PAGE, (max(1, page) - 1) * PAGE)
    names = await _names()
    return [_public(names, one) for one in found], int(found[0]["total"]) if found else 0


async def public_release(tenant_id: str, number: str) -> PublicRelease:
    """One that is, or was, public. NotFound."""
    found = await row(ONE, tenant_id, asked(number))
    if found is None:
        raise NotFound("release")
    return _public(await _names(), found)


async def _names() -> Mapping[str, str]:
    return {code: pack.authority for code, pack in (await packs()).by_code.items()}


def _public(names: Mapping[str, str], one: Mapping[str, Any]) -> PublicRelease:
    is_gone = one["stage"] == ReleaseStage.WITHDRAWN
    published: datetime = one["published_at"]
    return PublicRelease(
        number=one["number"],
        kind=ReleaseKind(one["kind"]),
        authority=names.get(one["jurisdiction"], ""),
        title="" if is_gone else one["title"],
        body="" if is_gone else one["body"],
        figures={} if is_gone else json.loads(one["figures"]),
        published_on=published.astimezone(SHANGHAI).date(),
        withdrawn_on=one["withdrawn_at"].astimezone(SHANGHAI).date() if is_gone else None,
        withdraw_reason=one["withdraw_reason"],
    )


def _at_desk(one: Mapping[str, Any]) -> DeskRelease:
    plain = ("number", "title", "body", "consent", "consent_on", "written_at", "published_at")
    return DeskRelease(
        **{name: one[name] for name in (*plain, "withdraw_reason", "version")},
        kind=ReleaseKind(one["kind"]),
        stage=ReleaseStage(one["stage"]),
        figures=json.loads(one["figures"]),
        writer_id=one["written_by"],
        writer=one["writer"] or "",
        approver=one["approver"] or "",
        clue=one["clue"] or "",
    )
