"""待回拨与语音信箱: who is to be called back or heard, by when, and who has it in hand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from hotline.database import row
from hotline.errors import NotFound
from hotline.policy.pack import Pack
from hotline.policy.sight import sight_of
from hotline.policy.store import packs
from hotline.records import CallBack, CallBackTry, PhoneCall
from hotline.records.phone_seal import call_envelope, sealed_of
from hotline.rules.actor import Actor
from hotline.rules.phone import CallState, Reached, is_free, tail

MOST: Final = 100
COUNTS: Final = """
SELECT (SELECT count(*) FROM call_back WHERE tenant_id = $1 AND jurisdiction = ANY($2)
    AND state = 'open') AS call_backs,
  (SELECT count(*) FROM phone_call WHERE tenant_id = $1 AND jurisdiction = ANY($2)
    AND state = 'voicemail' AND settled_at IS NULL) AS messages
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One caller who waits. `hand`: "" nobody's, "mine", "others"."""

    ref: str
    tail: str
    line: str
    since: datetime
    due_at: datetime | None
    overdue: bool
    hand: str
    missed: int = 1
    tries: int = 0
    tried_at: datetime | None = None
    draft_ref: str = ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to reach a caller."""

    at: datetime
    result: Reached
    note: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class InHand:
    """A caller whom this agent is calling back: the number, and what was tried."""

    waiting: Waiting
    number: str = field(repr=False)
    attempts: tuple[Attempt, ...]


async def counts(by: Actor) -> dict[str, int]:
    """How many wait, of either kind."""
    sight = await sight_of(by)
    return await row(COUNTS, sight.tenant_id, sorted(sight.jurisdictions)) or {}


async def call_backs(by: Actor, now: datetime) -> list[Waiting]:
    """Open ones, the nearest term first."""
    sight = await sight_of(by)
    found = await CallBack.filter(
        tenant_id=sight.tenant_id, jurisdiction__in=sorted(sight.jurisdictions), state="open"
    ).limit(10 * MOST)
    found.sort(key=lambda one: (one.due_at is None, one.due_at or one.since, one.since))
    calls = await _calls(sight.tenant_id, found[:MOST])
    return [_of_call_back(one, calls[one.call_id], by, now) for one in found[:MOST]]


async def in_hand(by: Actor, ref: str, now: datetime) -> InHand:
    """The number for whoever took it. NotFound for everybody else."""
    sight = await sight_of(by)
    found = await CallBack.get_or_none(
        tenant_id=sight.tenant_id, ref=ref, state="open", taken_by=by.id
    )
    if found is None or found.jurisdiction not in sight.jurisdictions:
        raise NotFound("call_back")
    call = await PhoneCall.get(tenant_id=found.tenant_id, id=found.call_id)
    tried = CallBackTry.filter(tenant_id=found.tenant_id, call_back_id=found.id)
    attempts = tuple(_attempt(one, call) for one in await tried.order_by("at"))
    waiting = _of_call_back(found, call, by, now)
    return InHand(waiting, str(sealed_of(call).get("caller", "")), attempts)


async def mailbox(by: Actor, now: datetime) -> list[Waiting]:
    """Messages that nobody has made anything of yet, the oldest first."""
    sight, known = await sight_of(by), await packs()
    found = (
        await PhoneCall.filter(
            tenant_id=sight.tenant_id,
            jurisdiction__in=sorted(sight.jurisdictions),
            state=CallState.VOICEMAIL.value,
            settled_at__isnull=True,
        )
        .order_by("voicemail_at")
        .limit(MOST)
    )
    return [_of_message(one, known.pack(one.jurisdiction), by, now) for one in found]


def _of_call_back(one: CallBack, call: PhoneCall, by: Actor, now: datetime) -> Waiting:
    return Waiting(
        ref=one.ref,
        tail=tail(str(sealed_of(call).get("caller", ""))),
        line=call.line,
        since=one.since,
        due_at=one.due_at,
        overdue=one.due_at is not None and one.due_at < now,
        hand=_hand(one.taken_by, one.taken_at, by, now),
        missed=one.missed,
        tries=one.tries,
        tried_at=one.tried_at,
    )


def _of_message(call: PhoneCall, pack: Pack, by: Actor, now: datetime) -> Waiting:
    left = call.voicemail_at or call.began_at
    due = pack.line.heard_due(left)
    hand = _hand(call.staff_id if call.taken_at else None, call.taken_at, by, now)
    return Waiting(
        ref=call.ref,
        tail=tail(str(sealed_of(call).get("caller", ""))),
        line=call.line,
        since=left,
        due_at=due,
        overdue=due is not None and due < now,
        hand=hand,
        draft_ref=call.draft_ref or "" if hand == "mine" else "",
    )


def _hand(whose: Any, since: datetime | None, by: Actor, now: datetime) -> str:
    if whose is None:
        return ""
    if str(whose) == by.id:
        return "mine"
    return "" if is_free(since, now) else "others"


def _attempt(one: CallBackTry, call: PhoneCall) -> Attempt:
    note = call_envelope(call).unseal(f"note:{one.id}", one.note).decode() if one.note else ""
    return Attempt(one.at, Reached(one.result), note)


async def _calls(tenant_id: str, found: Sequence[CallBack]) -> dict[Any, PhoneCall]:
    ids = [one.call_id for one in found]
    return {one.id: one for one in await PhoneCall.filter(tenant_id=tenant_id, id__in=ids)}
