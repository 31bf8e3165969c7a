"""岗位告知: whoever holds a role over a matter is told at the desk, each in an own thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from hotline.database import rows
from hotline.policy.store import packs
from hotline.records import Message, new_id
from hotline.records.recused import recused
from hotline.records.writing import add
from hotline.rules.message import DUTY
from hotline.rules.sight import is_for
from hotline.rules.terms import Role

SEATED: Final = """
SELECT id, kinds FROM staff WHERE tenant_id = $1 AND active AND jurisdiction = ANY($2)
  AND roles && $3::text[] AND NOT (coalesce(department, '') = ANY($4))
ORDER BY array_position($2, jurisdiction::text), id
"""


@dataclass(frozen=True, slots=True)
class Matter:
    """What somebody is looked for: its place, its kinds, and the order, if there is one."""

    tenant_id: str
    jurisdiction: str
    kinds: Sequence[str] = ()
    order_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What it is about: an order, or a report that has none (then by its number)."""

    tenant_id: str
    jurisdiction: str
    thread: str
    order_id: UUID | None = None
    report: str = ""
    seq: int = 0


async def tell_seated(staff: list[UUID], template: str, about: About, now: datetime) -> None:
    """Queue one notice each; a number, nothing of the reporter."""
    beside = {"report": about.report, "jurisdiction": about.jurisdiction} if about.report else {}
    for staff_id in staff:
        await add(
            Message(
                id=new_id(),
                tenant_id=about.tenant_id,
                thread=f"{about.thread}:{staff_id}",
                seq=about.seq,
                template=template,
                recipient=DUTY,
                staff_id=staff_id,
                order_id=about.order_id,
                fill=beside,
                state="queued",
                available_at=now,
                created_at=now,
            )
        )


async def deciders(matter: Matter, body: str | None) -> list[UUID]:
    """研判: who decides reports of this place; `body`: the accepting body it waits at, if any.

    Where nobody does, whoever watches over the place.
    """
    pack = (await packs()).pack(matter.jurisdiction)
    others = sorted(set(pack.accepting) - {body}) if body else []
    return await seated(matter, Role.TRIAGE, but=others) or await seated(matter, Role.SUPERVISOR)


async def seated(matter: Matter, role: Role, *, but: list[str] | None = None) -> list[UUID]:
    """Active staff of the place and of those it lies in, `but` of these departments.

    None whose post is for other kinds, and none who has withdrawn from the order.
    """
    known = (await packs()).pack(matter.jurisdiction)
    places = [place.code for place in reversed(known.gazetteer.path(matter.jurisdiction))]
    found = await rows(SEATED, matter.tenant_id, places, [role.value], but or [])
    for_it = [one["id"] for one in found if is_for(one["kinds"], matter.kinds)]
    if matter.order_id is None:
        return for_it
    away = await recused(matter.tenant_id, matter.order_id, [str(one) for one in for_it])
    return [one for one in for_it if one not in away]
