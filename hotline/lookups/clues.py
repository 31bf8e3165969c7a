"""媒体线索: what was entered lately, who printed it too, and what became of it."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from hotline.database import rows
from hotline.errors import NotFound
from hotline.policy.sight import sight_of
from hotline.records import Vault
from hotline.records.own_kinds import report_kinds
from hotline.records.sealing import body_key, open_envelope
from hotline.rules.actor import Actor
from hotline.rules.normalise import bigrams, body_key_text
from hotline.rules.redaction import mask
from hotline.rules.reprinting import Story, is_reprint
from hotline.rules.terms import RequestStage
from hotline.settings import keys

MOST: Final = 100
MOST_COMPARED: Final = 400
LOOK_BACK: Final = timedelta(days=60)

CLUES: Final = """
SELECT c.id, r.number, r.stage, r.county, r.township, r.registered_at, r.triage_cause,
  c.outlet, c.url, c.published_at, c.first_public_at, c.headline, o.number AS order_number,
  (SELECT min(t.due_at) FROM public_term t WHERE t.tenant_id = c.tenant_id
    AND t.holder = 'clue' AND t.holder_id = c.id AND t.stopped_at IS NULL) AS answer_by
FROM media_clue c
JOIN service_request r ON r.tenant_id = c.tenant_id AND r.id = c.id
LEFT JOIN membership m ON m.tenant_id = c.tenant_id AND m.request_id = c.id AND m.to_at IS NULL
LEFT JOIN work_order o ON o.tenant_id = c.tenant_id AND o.id = m.order_id
WHERE c.tenant_id = $1 AND r.jurisdiction = ANY($2){own} ORDER BY c.id DESC LIMIT $3
"""
REPRINTS: Final = """
SELECT id, clue_id, outlet, url, published_at, headline, sealed FROM reprint
WHERE tenant_id = $1 AND clue_id = ANY($2) AND separated_at IS NULL ORDER BY published_at, id
"""
CLUE: Final = """
SELECT r.id FROM service_request r
LEFT JOIN membership m ON m.tenant_id = r.tenant_id AND m.request_id = r.id AND m.to_at IS NULL
LEFT JOIN work_order o ON o.tenant_id = m.tenant_id AND o.id = m.order_id
WHERE r.tenant_id = $1 AND r.number = $2 AND r.jurisdiction = ANY($3){own}
"""
STORIES: Final = """
SELECT c.id, r.number, c.headline, coalesce(r.county, r.chosen_county) AS county, r.text, r.body_key
FROM media_clue c
JOIN service_request r ON r.tenant_id = $1 AND r.id = c.id
JOIN vault v ON v.tenant_id = $1 AND v.id = c.id AND v.wrapped_key IS NOT NULL
WHERE c.tenant_id = $1 AND r.jurisdiction = ANY($2) AND r.registered_at >= $3
ORDER BY c.id DESC LIMIT $4
"""


@dataclass(frozen=True, slots=True)
class ReprintRow:
    """Another outlet's printing. `handle` names it outside the house."""

    id: UUID
    clue_id: UUID
    handle: str
    outlet: str
    url: str
    published_at: datetime | None
    headline: str


@dataclass(frozen=True, slots=True)
class ClueRow:
    """One clue with its report's state, its order once there is one, and its reprints."""

    number: str
    stage: RequestStage
    county: str | None
    township: str | None
    registered_at: datetime
    outlet: str
    url: str
    published_at: datetime | None
    first_public_at: datetime | None
    headline: str
    order_number: str
    answer_by: datetime | None  # the nearest of its hours that runs
    reprints: tuple[ReprintRow, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """A story as it is being entered."""

    county: str
    headline: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class First:
    """The clue that a story belongs to. `id` is for the steps."""

    id: UUID
    number: str


async def clues(by: Actor) -> list[ClueRow]:
    """The newest first."""
    sight = await sight_of(by)
    sql = CLUES.format(own=report_kinds(sight))
    found = await rows(sql, sight.tenant_id, sorted(sight.jurisdictions), MOST)
    reprints: dict[UUID, list[ReprintRow]] = {}
    for one in await rows(REPRINTS, sight.tenant_id, [one["id"] for one in found]):
        reprints.setdefault(one["clue_id"], []).append(_reprint(one))
    return [_row(one, tuple(reprints.get(one["id"], ()))) for one in found]


async def first_of(telling: Telling, by: Actor, now: datetime) -> First | None:
    """The earlier clue of which this is a reprint, whatever its kinds; the earliest of several."""
    sight = await sight_of(by)
    new = _story(sight.tenant_id, telling)
    found = await rows(
        STORIES, sight.tenant_id, sorted(sight.jurisdictions), now - LOOK_BACK, MOST_COMPARED
    )
    same = [one for one in found if is_reprint(new, _earlier(one))]
    return First(same[-1]["id"], same[-1]["number"]) if same else None


async def reprint(handle: str, number: str, by: Actor) -> tuple[ReprintRow, Mapping[str, str]]:
    """One reprint of a clue within sight, and all that was typed. NotFound."""
    sight = await sight_of(by)
    sql = CLUE.format(own=report_kinds(sight))
    for clue in await rows(sql, sight.tenant_id, number, sorted(sight.jurisdictions)):
        for one in await rows(REPRINTS, sight.tenant_id, [clue["id"]]):
            shown = _reprint(one)
            if hmac.compare_digest(shown.handle, handle):
                return shown, await _typed(sight.tenant_id, shown, one["sealed"])
    raise NotFound("reprint")


async def _typed(tenant_id: str, shown: ReprintRow, sealed: bytes) -> Mapping[str, str]:
    vault = await Vault.get(tenant_id=tenant_id, id=shown.clue_id)
    envelope = open_envelope(tenant_id, shown.clue_id, vault.kek_id, vault.wrapped_key)
    typed: Mapping[str, str] = json.loads(envelope.unseal(f"reprint:{shown.id}", sealed))
    return typed


def _story(tenant_id: str, telling: Telling) -> Story:
    return Story(
        county=telling.county or None,
        headline=frozenset(bigrams(telling.headline)),
        words=frozenset(bigrams(mask(telling.text).text)),
        body_key=body_key(tenant_id, body_key_text(telling.text)),
    )


def _earlier(one: Mapping[str, Any]) -> Story:
    """By its masked words; of one that no worker has read yet, by its headline."""
    return Story(
        county=one["county"],
        headline=frozenset(bigrams(one["headline"])),
        words=frozenset(bigrams(one["text"])),
        body_key=one["body_key"],
    )


def _reprint(one: Mapping[str, Any]) -> ReprintRow:
    return ReprintRow(
        id=one["id"],
        clue_id=one["clue_id"],
        handle=hmac.digest(keys().web, b"reprint" + one["id"].bytes, "sha256").hex()[:20],
        outlet=one["outlet"],
        url=one["url"],
        published_at=one["published_at"],
        headline=one["headline"],
    )


def _row(one: Mapping[str, Any], reprints: tuple[ReprintRow, ...]) -> ClueRow:
    return ClueRow(
        number=one["number"],
        stage=RequestStage(one["stage"]),
        county=one["county"],
        township=one["township"],
        registered_at=one["registered_at"],
        outlet=one["outlet"],
        url=one["url"],
        published_at=one["published_at"],
        first_public_at=one["first_public_at"],
        headline=one["headline"],
        order_number=one["order_number"] or "",
        answer_by=one["answer_by"],
        reprints=reprints,
    )
