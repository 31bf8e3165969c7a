"""修改消息用语: a checked wording becomes a version; what it replaces stays readable.

Where the house demands four eyes, it is proposed by one person and put in force by another. Going
back is putting an older content in force again, as a version of its own.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from hotline.database import row, transaction
from hotline.errors import BadReport, NotFound, StepRefused
from hotline.policy.sight import sight_of
from hotline.policy.wordings import LANGUAGES, catalogue, given
from hotline.records import Wording, new_id
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may
from hotline.rules.terms import Aggregate, Step
from hotline.rules.wording import plain, reason
from hotline.rules.wordings import Template, faults
from hotline.settings import settings
from hotline.steps.append import Chain, Happening, append

LAST: Final = """
SELECT coalesce(max(version), 0) AS version FROM wording
WHERE tenant_id = $1 AND key = $2 AND language = $3
"""


@dataclass(frozen=True, slots=True)
class Said:
    """A wording as somebody wrote it, and why. `seen`: the version they saw in force."""

    key: str
    language: str
    subject: str
    body: str
    short: str
    reason: str
    seen: int

    def template(self, version: int = 0) -> Template:
        """Tidy, as it would be sent."""
        short, subject = " ".join(plain(self.short).split()), " ".join(plain(self.subject).split())
        return Template(self.key, version, subject, f"{plain(self.body)}\n", short)


async def reword(said: Said, *, by: Actor, now: datetime) -> str:
    """`in_force` or `proposed`. BadReport with the field's fault, NotAllowed, StepRefused."""
    tenant = await _check(said, by)
    why = reason(said.reason)
    made = new_id()
    async with transaction():
        await _lock(tenant, said.key, said.language)
        stands = await _in_force(tenant, said.key, said.language)
        if stands.version != said.seen:
            raise StepRefused("wording.changed", version=stands.version)
        if _same(said.template(), stands):
            raise StepRefused("wording.same")
        last = await row(LAST, tenant, said.key, said.language)
        shipped = catalogue(said.language)[said.key].version
        one = said.template(max(shipped, last["version"] if last else 0) + 1)
        state = "proposed" if settings().wording_four_eyes else "in_force"
        if state == "in_force":
            await _retire(tenant, said.key, said.language)
        await Wording.create(
            id=made, tenant_id=tenant, key=one.key, language=said.language, version=one.version,
            subject=one.subject, body=one.body, short=one.short, state=state, reason=why,
            made_by=_name(by), made_at=now,
        )  # fmt: skip
        detail = {"key": one.key, "language": said.language, "version": one.version, "reason": why}
        happening = Happening(Step.REWORD, state, by, now)
        await append(Chain(tenant, Aggregate.POLICY, made), happening, detail)
    return state


async def judge(where: tuple[str, str, int], *, approve: bool, by: Actor, now: datetime) -> None:
    """A proposal put in force or refused, by another person. NotAllowed, NotFound, StepRefused."""
    check_may(Step.REWORD, by)
    tenant = (await sight_of(by)).tenant_id
    key, language, version = where
    async with transaction():
        await _lock(tenant, key, language)
        asked = Wording.filter(
            tenant_id=tenant, key=key, language=language, version=version, state="proposed"
        )
        found = await asked.first()
        if found is None:
            raise NotFound("wording")
        if approve and by.is_one_of(found.made_by.partition(":")[2]):
            raise StepRefused("wording.own")
        if approve:
            await _retire(tenant, key, language)
        state = "in_force" if approve else "refused"
        await asked.update(state=state, approved_by=_name(by), approved_at=now)
        happening = Happening(Step.REWORD, state, by, now)
        detail = {"key": key, "language": language, "version": version}
        await append(Chain(tenant, Aggregate.POLICY, found.id), happening, detail)


async def _check(said: Said, by: Actor) -> str:
    check_may(Step.REWORD, by)
    if said.language not in LANGUAGES or said.key not in catalogue(said.language):
        raise NotFound("wording")
    if found := faults(said.template(), given(said.key)):
        raise BadReport(found)
    return (await sight_of(by)).tenant_id


async def _lock(tenant: str, key: str, language: str) -> None:
    await row("SELECT pg_advisory_xact_lock(hashtext($1))", f"wording:{tenant}:{key}:{language}")


async def _in_force(tenant: str, key: str, language: str) -> Template:
    found = await Wording.get_or_none(
        tenant_id=tenant, key=key, language=language, state="in_force"
    )
    if found is None:
        return catalogue(language)[key]
    return Template(found.key, found.version, found.subject, found.body, found.short)


async def _retire(tenant: str, key: str, language: str) -> None:
    await Wording.filter(tenant_id=tenant, key=key, language=language, state="in_force").update(
        state="past"
    )


def _same(one: Template, other: Template) -> bool:
    pairs = ((one.subject, other.subject), (one.body, other.body), (one.short, other.short))
    return all(mine.strip() == theirs.strip() for mine, theirs in pairs)


def _name(by: Actor) -> str:
    return f"{by.kind.value}:{by.id}"
