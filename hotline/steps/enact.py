"""规则版本生效: a checked version of a topic becomes immutable, in force from a day on."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from hotline.database import rows, transaction
from hotline.errors import NotFound, StepRefused
from hotline.policy.calendar import TOPIC as CALENDAR
from hotline.policy.calendar import faults_of_calendar
from hotline.policy.changing import EDITABLE, Change, changed
from hotline.policy.draft import TOPIC, as_version, drafted, same_rules
from hotline.policy.load import digest
from hotline.policy.sight import sight_of
from hotline.policy.store import NATIONAL, contents, forget, packs
from hotline.records import new_id
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may
from hotline.rules.terms import ActorKind, Aggregate, Step
from hotline.rules.wording import reason
from hotline.steps.append import Chain, Happening, append
from hotline.steps.departed import departed

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
ENACTED: Final = "enacted"
MOST_A_DAY: Final = 99
TAKEN: Final = """
SELECT version FROM policy_version
WHERE tenant_id = $1 AND jurisdiction = $2 AND topic = $3 AND version LIKE $4
"""
INSERT: Final = """
INSERT INTO policy_version (id, tenant_id, jurisdiction, topic, version, valid_from, sha256,
  content, imported_at, enacted) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, true)
"""


@dataclass(frozen=True, slots=True)
class Enactment:
    """What is put in force. `replaces`: the version its doer saw in force."""

    jurisdiction: str
    content: dict[str, Any]
    valid_from: date
    reason: str
    replaces: str
    topic: str = TOPIC


async def enact(ask: Enactment, *, by: Actor, now: datetime) -> str:
    """The name of the new version. Going back is putting an older content in force again."""
    check_may(Step.ENACT, by)
    tenant = await _tenant(ask.jurisdiction, by)
    if ask.valid_from < now.astimezone(SHANGHAI).date():
        raise StepRefused("enact.past")
    why = reason(ask.reason)
    async with transaction():
        await rows("SELECT pg_advisory_xact_lock(hashtext($1))", f"policy:{ask.jurisdiction}")
        before = await _check(ask)
        version = await _name(ask, tenant)
        content = as_version(ask.content, version, ask.valid_from)
        made = new_id()
        form = json.dumps(content, ensure_ascii=False)
        place = (made, tenant, ask.jurisdiction, ask.topic, version, ask.valid_from)
        await rows(INSERT, *place, digest(content), form, now)
        await _note(ask, made, tenant, Happening(Step.ENACT, ENACTED, by, now), {
            "version": version, "valid_from": ask.valid_from, "sha256": digest(content),
            "replaces": before, "reason": why,
        })  # fmt: skip
    forget()
    return version


async def _tenant(jurisdiction: str, by: Actor) -> str:
    """An administrator answers for the own jurisdiction and those inside it."""
    if by.kind is ActorKind.SYSTEM:  # the nation's own topics are put in force at the machine
        return NATIONAL if jurisdiction == NATIONAL else (await packs()).pack(jurisdiction).tenant
    sight = await sight_of(by)
    if jurisdiction not in sight.jurisdictions:
        raise NotFound("policy")
    return sight.tenant_id


async def _check(ask: Enactment) -> str:
    """It compiles, something changes, and nobody was quicker."""
    topics = await contents()
    stands = topics.get(ask.jurisdiction, {}).get(ask.topic)
    before = str(stands["version"]) if stands else ""
    if before != ask.replaces:
        raise StepRefused("enact.changed", version=before)
    if await _stands_already(ask):
        raise StepRefused("enact.same")
    if faults := await _faults(ask, topics):
        raise StepRefused("enact.faults", rows="、".join(faults))
    return before


async def _stands_already(ask: Enactment) -> bool:
    """On that day: one that waits for its day is called off by what stands before it."""
    then = (await contents(ask.valid_from)).get(ask.jurisdiction, {}).get(ask.topic)
    return bool(then and same_rules(then, ask.content))


async def _faults(ask: Enactment, topics: dict[str, dict[str, Any]]) -> list[str]:
    """What of a topic does not compile, by its rows."""
    if ask.topic == CALENDAR:
        return faults_of_calendar(ask.content)
    known = await packs()
    if ask.topic in EDITABLE:
        found = changed(known, topics, Change(ask.jurisdiction, ask.topic, ask.content))
        wrong = [fault for one in found for fault in one.faults]
        return wrong or [f"{one.name} {one.code}" for one in await departed(found)]
    pack = known.pack(ask.jurisdiction)
    draft = drafted(pack, topics, ask.jurisdiction, ask.content, "")
    return [str(one.row) for one in draft.faults]


async def _name(ask: Enactment, tenant: str) -> str:
    """The day and a serial: files carry another form."""
    day = ask.valid_from.isoformat()
    found = await rows(TAKEN, tenant, ask.jurisdiction, ask.topic, f"{day}.%")
    taken = {one["version"] for one in found}
    for serial in range(1, MOST_A_DAY + 1):
        if (name := f"{day}.{serial}") not in taken:
            return name
    raise StepRefused("enact.too_many")


async def _note(
    ask: Enactment, made: UUID, tenant: str, happening: Happening, detail: dict[str, Any]
) -> None:
    chain = Chain(tenant, Aggregate.POLICY, made)
    await append(chain, happening, {"jurisdiction": ask.jurisdiction, "topic": ask.topic, **detail})
