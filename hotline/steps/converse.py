"""微信应答: what is made of a stored message, and its answer, in one commit.

A repeat gets the same answer. What ends a talk (register) and what looks something up is left to
the caller, who then settles the answer: a row without one is taken up again.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from hotline.database import transaction
from hotline.policy.pack import Pack
from hotline.policy.store import packs
from hotline.records import WechatMessage
from hotline.rules.actor import Actor
from hotline.rules.classifying import classify
from hotline.rules.locating import locate
from hotline.rules.normalise import tidy
from hotline.rules.spoken_orders import Order, Spoken, spoken
from hotline.rules.talk import WINDOW, Ask, Kind, Said, Talk, heard
from hotline.rules.terms import ActorKind
from hotline.settings import settings
from hotline.steps.numbers import fresh_code
from hotline.steps.supplement import supplement
from hotline.steps.talk_draft import (
    TalkDraft,
    begin,
    discard,
    draft_by_id,
    keep,
    latest,
    lock_person,
    mark_told,
    owner_of,
)
from hotline.steps.transition import Target
from hotline.steps.wechat_store import Heard, envelope_of, opened

GREETED: Final = frozenset({"subscribe", "scan"})
MEDIA: Final = (Kind.IMAGE, Kind.VIDEO, Kind.VOICE)

Line = tuple[str, Mapping[str, Any]]  # a wording's key, and what fills it


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said; nothing at all for most events."""

    lines: tuple[Line, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Finished:
    """The writer confirmed: it is to be registered now."""

    draft_id: UUID
    before: tuple[Line, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """Something else than a report is wanted."""

    spoken: Spoken
    said: Said = field(repr=False)
    before: tuple[Line, ...] = field(default=(), repr=False)


@dataclass(slots=True)
class _Turn:
    message: WechatMessage
    said: Said
    owner: bytes
    pack: Pack
    now: datetime
    last: TalkDraft | None
    lines: list[Line]


async def converse(one: Heard, jurisdiction: str, now: datetime) -> Reply | Finished | Asked:
    """One message's turn, after all that came before it from the same person."""
    async with transaction():
        message = await _locked(one)
        if message.answer is not None:
            return _stored(message)
        turn = await _turn(message, (await packs()).pack(jurisdiction), now)
        found = await _made_of(turn)
        if isinstance(found, Reply):
            await _answer(message, found)
    return found


async def settle_answer(one: Heard, reply: Reply, told: UUID | None = None) -> Reply:
    """The answer that stands: this one, unless another process was faster. `told`: whose receipt
    it says."""
    async with transaction():
        message = await _locked(one)
        if message.answer is not None:
            return _stored(message)
        await _answer(message, reply)
        draft = await draft_by_id(one.tenant_id, told, lock=True) if told else None
        if draft is not None:
            await mark_told(draft)
    return reply


async def supplement_once(
    one: Heard, target: Target, text: str, reply: Reply, now: datetime
) -> Reply:
    """补充 with its answer, in one commit: sent three times, it is added once."""
    async with transaction():
        message = await _locked(one)
        if message.answer is not None:
            return _stored(message)
        by = Actor(ActorKind.REPORTER, str(target.id))
        await supplement(target, text, by=by, now=now)
        await _answer(message, reply)
    return reply


async def _turn(message: WechatMessage, pack: Pack, now: datetime) -> _Turn:
    said = opened(message)
    owner = owner_of(message.account, said.openid)
    await lock_person(message.tenant_id, owner)
    last = await latest(message.tenant_id, owner, now)
    return _Turn(message, said, owner, pack, now, last, [])


async def _made_of(turn: _Turn) -> Reply | Finished | Asked:
    confirmed = turn.last and turn.last.held.get("confirmed_by") == str(turn.message.id)
    if confirmed and turn.last:
        return Finished(turn.last.row.id)
    await _say_what_was_registered(turn)
    if turn.said.kind is Kind.EVENT:
        return _of_event(turn)
    return await _ordered(turn) or await _told(turn)


async def _ordered(turn: _Turn) -> Reply | Asked | None:
    """A word by which something else is wanted; None when something was told."""
    order = spoken(turn.said.text) if turn.said.kind is Kind.TEXT else Spoken(Order.NONE)
    if order.order in (Order.PROGRESS, Order.SUPPLEMENT):
        return Asked(order, turn.said, tuple(turn.lines))
    if order.order is Order.HELP:
        return _reply(turn, "help")
    if order.order in (Order.CANCEL, Order.RESTART):
        return await _dropped(turn, order.order)
    if turn.said.kind is Kind.OTHER:
        return _reply(turn, "other")
    return None


async def _say_what_was_registered(turn: _Turn) -> None:
    """A talk that was left is registered meanwhile: its number and code come with what is next."""
    last = turn.last
    if last and last.is_sent and not last.held.get("told", True):
        turn.lines.append(("meanwhile", {"number": last.held["number"], "code": last.held["code"]}))
        await mark_told(last)


def _of_event(turn: _Turn) -> Reply | Asked:
    event = turn.said.event.lower()
    if event in GREETED:
        return _reply(turn, "welcome", privacy=f"{settings().public_url}/privacy")
    if event != "click":
        return Reply(tuple(turn.lines))
    order = spoken(turn.said.text)
    if order.order is Order.PROGRESS:
        return Asked(order, turn.said, tuple(turn.lines))
    return _reply(turn, "help")


async def _dropped(turn: _Turn, order: Order) -> Reply:
    if turn.last is None or not turn.last.is_open(turn.now):
        return _reply(turn, "nothing")
    await discard(turn.last, turn.now)
    return _reply(turn, order.value)


async def _told(turn: _Turn) -> Reply | Finished:
    if late := _belongs_to_sent(turn):
        turn.message.draft_id = late.row.id
        return _reply(turn, "late", number=late.held["number"])
    draft = await _open_draft(turn)
    talk = heard(draft.talk, turn.said, _names_place(turn.pack, turn.now.date()))
    if talk.confirmed:
        coded = replace(talk, code=draft.talk.code or fresh_code())
        await keep(draft, coded, turn.now, str(turn.message.id))
        await _bind(turn, draft)
        return Finished(draft.row.id, tuple(turn.lines))
    await keep(draft, talk, turn.now)
    turn.message.draft_id = draft.row.id
    return _question(turn, talk)


def _belongs_to_sent(turn: _Turn) -> TalkDraft | None:
    """A picture that comes after the receipt still belongs to the report."""
    last = turn.last
    if last is None or not last.is_sent or turn.said.kind not in MEDIA:
        return None
    return last if last.row.updated_at > turn.now - WINDOW else None


async def _open_draft(turn: _Turn) -> TalkDraft:
    if turn.last and turn.last.is_open(turn.now):
        return turn.last
    held = {
        "openid": turn.said.openid,
        "account": turn.message.account,
        "jurisdiction": turn.pack.jurisdiction,
    }
    return await begin(turn.message.tenant_id, turn.owner, held, turn.now)


def _names_place(pack: Pack, on: date) -> Callable[[str], bool]:
    def named(words: str) -> bool:
        found = locate(pack.gazetteer, chosen_county=None, chosen_township=None, text=words, on=on)
        return found.county is not None

    return named


def _question(turn: _Turn, talk: Talk) -> Reply:
    if classify(turn.pack.lexicon, tidy(turn.said.text), ()).emergency:
        values = {"emergency": turn.pack.texts["emergency"], "hotline": turn.pack.hotline}
        turn.lines.insert(0, ("emergency", values))
    if talk.full:
        turn.lines.append(("full", {}))
    if talk.asked == Ask.CONFIRM:
        placed = "yes" if talk.landmark or talk.longitude is not None else "in_words"
        counts = {"texts": len(talk.texts), "pictures": talk.pictures, "placed": placed}
        return _reply(turn, "confirm", **counts)
    return _reply(turn, talk.asked)


def _reply(turn: _Turn, key: str, **values: Any) -> Reply:
    return Reply((*turn.lines, (key, values)))


async def _locked(one: Heard) -> WechatMessage:
    found = WechatMessage.filter(tenant_id=one.tenant_id, id=one.id)
    return await found.select_for_update().get()


def _stored(message: WechatMessage) -> Reply:
    if not message.answer:  # wiped: nobody asks so late
        return Reply()
    lines = json.loads(envelope_of(message).unseal("answer", message.answer))
    return Reply(tuple((key, values) for key, values in lines))


async def _answer(message: WechatMessage, reply: Reply) -> None:
    sealed = envelope_of(message).seal("answer", json.dumps(reply.lines).encode())
    await _update(message, answer=sealed, draft_id=message.draft_id, **_body_gone(message))


async def _bind(turn: _Turn, draft: TalkDraft) -> None:
    await _update(turn.message, draft_id=draft.row.id)


def _body_gone(message: WechatMessage) -> dict[str, Any]:
    """The words are in the draft by now; what is still to be fetched keeps its address."""
    return {} if message.media == "waiting" else {"body": None}


async def _update(message: WechatMessage, **columns: Any) -> None:
    await WechatMessage.filter(tenant_id=message.tenant_id, id=message.id).update(**columns)
