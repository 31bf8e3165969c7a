"""同批研判: several reports decided in one transaction, as if one after the other.

Only those that cannot bear upon each other, and open a matter or need a person: what would join
an order, or is like another report of the batch, is left to be decided by itself afterwards, when
the others stand. So is everything out of the ordinary. If anything fails nothing has happened.
"""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hotline.database import transaction
from hotline.records import ServiceRequest
from hotline.records.writing import Gathered, collecting, write
from hotline.rules.terms import Aggregate, Step
from hotline.steps.append import Chain, follow
from hotline.steps.candidates import Asked, Known, LookAlike, asked_of, bears_upon, each_alike
from hotline.steps.clocks import since, start_request_clocks
from hotline.steps.decide import SERVICE, may_join_by_itself, refuse_at, settle
from hotline.steps.hot import count
from hotline.steps.matter import Deciding
from hotline.steps.undecided import Undecided, locked_as_read
from hotline.steps.understand import Understood, keep, understood


@dataclass(frozen=True, slots=True)
class Left:
    """One that must be decided by itself, and what has been read of it."""

    one: Undecided
    found: Understood


@dataclass(frozen=True, slots=True)
class Draft:
    """One report of the batch on the way to its decision; what was read stays as it was."""

    one: Undecided
    found: Understood
    request: ServiceRequest
    gathered: Gathered
    asked: Asked


async def decide_together(
    waiting: Sequence[Undecided], now: datetime, known: Known
) -> dict[UUID, Left]:
    """Decide reports of one tenant, in their order. Returns those left, by their ids."""
    read = [(one, await understood(one.request, one.vault, now)) for one in waiting]
    drafts = _independent([await _draft(one, found, known) for one, found in read], known)
    decided: set[UUID] = set()
    async with transaction():
        counties = [draft.found.located.county for draft in drafts]
        standing = await locked_as_read(waiting[0].request.tenant_id, counties, waiting)
        chosen = [draft for draft in drafts if _is_plain(draft, standing)]
        for draft, alike in zip(chosen, await _look_alikes(chosen, known), strict=True):
            if await _settled(draft, alike, now, known):
                decided.add(draft.request.id)
        await write([draft.gathered for draft in chosen if draft.request.id in decided])
    left = (Left(one, found) for one, found in read if one.request.id not in decided)
    return {each.one.request.id: each for each in left}


async def _look_alikes(drafts: Sequence[Draft], known: Known) -> list[list[LookAlike]]:
    return await each_alike([draft.asked for draft in drafts], known) if drafts else []


async def _draft(one: Undecided, found: Understood, known: Known) -> Draft:
    request = copy(one.request)
    with collecting() as gathered:
        gathered.fresh.add(request.id)  # no term runs before this
        await keep(request, found)
    return Draft(one, found, request, gathered, asked_of(request, found.signed, known))


def _independent(drafts: Sequence[Draft], known: Known) -> list[Draft]:
    """Those that none before them could be found for, whatever becomes of that one."""
    return [
        draft
        for place, draft in enumerate(drafts)
        if not any(bears_upon(other.asked, draft.asked, known) for other in drafts[:place])
    ]


def _is_plain(draft: Draft, standing: set[UUID]) -> bool:
    """Registered and nothing more, without files or a word about another matter."""
    one, found = draft.one, draft.found
    is_odd = one.has_files or one.request.historical or bool(found.same_as)
    is_first = one.request.version == 1 and one.head is not None
    return one.request.id in standing and is_first and not is_odd


async def _settled(draft: Draft, alike: list[LookAlike], now: datetime, known: Known) -> bool:
    """False for what would join an order: it waits for that order's own lock."""
    request, found, answer = draft.request, draft.found, draft.found.acceptance
    refused = answer.decision == "refuse"
    if not refused and may_join_by_itself(alike, found):
        return False
    with collecting(draft.gathered):
        follow(Chain(request.tenant_id, Aggregate.REQUEST, request.id), 1, draft.one.head or b"")
        await start_request_clocks(request, found.pack, Step.REGISTER, since(request))
        at = Deciding(request, found.pack, SERVICE, now)
        if refused:
            await refuse_at(at, answer.reason, answer.refer_to)
        else:
            await settle(at, found, known, alike)
    count(request, known)  # read again within seconds, should the batch come to nothing
    return True
