"""起草舆情回应与新闻通报: of what is public already; a person rewrites it, another publishes it."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from hotline.database import rows, transaction
from hotline.errors import StepRefused
from hotline.policy.store import packs
from hotline.records import Release
from hotline.rules.actor import Actor
from hotline.rules.briefing import Fact, answer, briefing
from hotline.rules.lifecycle import check_may
from hotline.rules.release import SYSTEM, ReleaseKind
from hotline.rules.terms import Step
from hotline.steps.clues import clue_transition
from hotline.steps.releases import told
from hotline.steps.write_release import new_release

MOST: Final = 10
OF_CLUE: Final = """
SELECT p.title, p.measure FROM publication p
WHERE p.tenant_id = $1 AND p.stage = 'published' AND p.order_id IN (
  SELECT m.order_id FROM membership m
  WHERE m.tenant_id = $1 AND m.request_id = $2 AND m.to_at IS NULL
  UNION SELECT l.order_id FROM clue_link l
  WHERE l.tenant_id = $1 AND l.clue_id = $2 AND l.removed_at IS NULL)
ORDER BY p.published_at DESC LIMIT $3
"""
OF_SPAN: Final = """
SELECT p.title, p.measure, p.closing, o.emergency FROM publication p
JOIN work_order o ON o.tenant_id = p.tenant_id AND o.id = p.order_id
WHERE p.tenant_id = $1 AND p.stage = 'published' AND p.jurisdiction = $2
  AND (p.published_at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN $3 AND $4
ORDER BY p.published_at DESC
"""
TYPICAL: Final = """
SELECT title, body AS measure FROM release WHERE tenant_id = $1 AND stage = 'published'
  AND kind = 'typical' AND jurisdiction = $2
  AND (published_at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN $3 AND $4
ORDER BY published_at DESC
"""


async def draft_answer(number: str, *, by: Actor, now: datetime) -> str:
    """舆情回应 to one clue. Returns the release's number; the one that stands, if there is one."""
    check_may(Step.WRITE_RELEASE, by)
    async with clue_transition(number, Step.LINK_CLUE, by, now) as at:
        clue = at.clue
        standing = Release.filter(tenant_id=clue.tenant_id, clue_id=clue.id)
        if found := await standing.exclude(stage="withdrawn").first():
            return str(found.number)
        public = await rows(OF_CLUE, clue.tenant_id, clue.id, MOST)
        facts = [Fact(one["title"], one["measure"]) for one in public]
        release = new_release(
            at.pack, ReleaseKind.RESPONSE, answer(clue.headline, clue.outlet, facts), now
        )
        at.change.detail |= {"release": release.number}
        await _keep(release, by, now, clue.id)
    return str(release.number)


async def draft_briefing(since: date, until: date, *, by: Actor, now: datetime) -> str:
    """新闻通报 of what became public on these days. Returns its number."""
    check_may(Step.WRITE_RELEASE, by)
    if until < since:
        raise StepRefused("release.days")
    pack = (await packs()).pack(by.jurisdiction)
    where = (pack.tenant, pack.code, since, until)
    public = await rows(OF_SPAN, *where)

    def facts(found: list[dict[str, object]]) -> list[Fact]:
        return [Fact(str(one["title"]), str(one["measure"])) for one in found[:MOST]]

    parts = {
        "整改进度": facts([one for one in public if one["closing"] == "closed_interim"]),
        "突发事件处置": facts([one for one in public if one["emergency"]]),
        "违法典型": facts(await rows(TYPICAL, *where)),
    }
    async with transaction():
        text = briefing(pack.name, (since, until), parts)
        release = new_release(pack, ReleaseKind.BRIEFING, text, now)
        release.since, release.until = since, until
        await _keep(release, by, now, None)
    return str(release.number)


async def _keep(release: Release, by: Actor, now: datetime, clue_id: UUID | None) -> None:
    release.written_by, release.clue_id = SYSTEM, clue_id
    await release.save(force_create=True)
    await told(release, Step.WRITE_RELEASE, by, now)
