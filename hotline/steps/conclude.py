"""微信登记: a talk becomes a 来件, once, whether its writer confirmed it or went silent."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from hotline.database import transaction
from hotline.errors import NotFound
from hotline.policy.store import packs
from hotline.rules.actor import Actor
from hotline.rules.canonical import canonical_json
from hotline.rules.report import Delivery, Report
from hotline.rules.talk import Talk, held_talk, report_of, spoken_in
from hotline.rules.terms import ActorKind, Secrecy
from hotline.steps.numbers import fresh_code
from hotline.steps.register import register
from hotline.steps.talk_draft import TalkDraft, close, draft_by_id, due_talks, keep


@dataclass(frozen=True, slots=True)
class Concluded:
    """What the person is told in the end."""

    number: str
    code: str = field(repr=False)
    draft_id: UUID
    anonymous: bool


async def conclude(tenant_id: str, draft_id: UUID, now: datetime) -> Concluded:
    """However often it is called: one report, one number. NotFound when the talk is gone."""
    found = await draft_by_id(tenant_id, draft_id)
    if found is None:
        raise NotFound("draft")
    if not found.is_sent:
        await _register(found, now)
        found = await draft_by_id(tenant_id, draft_id) or found
    held = found.held
    return Concluded(held["number"], held["code"], draft_id, held["anonymous"])


async def conclude_silent(now: datetime) -> int:
    """Every talk that holds enough and to which nothing came for half an hour."""
    concluded = 0
    for tenant_id, draft_id in await due_talks(now):
        found = await draft_by_id(tenant_id, draft_id)
        if found and (found.talk.is_tellable or found.held.get("confirmed_by")):
            await _with_code(tenant_id, draft_id)
            await conclude(tenant_id, draft_id, now)
            concluded += 1
    return concluded


async def _with_code(tenant_id: str, draft_id: UUID) -> None:
    """A code before the submit: a second run must say the same."""
    async with transaction():
        found = await draft_by_id(tenant_id, draft_id, lock=True)
        if found and not found.is_sent and not found.talk.code:
            coded = replace(found.talk, code=fresh_code())
            await keep(found, coded, found.row.updated_at, "silence")


async def _register(found: TalkDraft, now: datetime) -> None:
    report = await _report(found)
    body = canonical_json(held_talk(found.talk))
    delivery = Delivery(f"wechat:{found.held['account']}", str(found.row.id), body, strict=False)
    actor = Actor(ActorKind.REPORTER, "wechat")
    receipt = await register(report, delivery, by=actor, now=now)
    async with transaction():
        fresh = await draft_by_id(found.row.tenant_id, found.row.id, lock=True)
        if fresh and not fresh.is_sent:
            held = _receipt(found.talk, receipt.number, report.secrecy is Secrecy.ANONYMOUS)
            await close(fresh, held, receipt.request_id, now)


def _receipt(talk: Talk, number: str, anonymous: bool) -> dict[str, Any]:
    """What is left of a talk. How its person speaks is known for the next, where there is one."""
    tongue = Talk() if anonymous else spoken_in(Talk(), talk.tongue)
    said = {"number": number, "code": talk.code, "anonymous": anonymous, "told": False}
    return {**said, "talk": held_talk(tongue)}


async def _report(found: TalkDraft) -> Report:
    pack = (await packs()).pack(found.held["jurisdiction"])
    return report_of(
        found.talk,
        found.held["openid"],
        pack.jurisdiction,
        pack.tenant,
        pack.privacy_notice_version,
    )
