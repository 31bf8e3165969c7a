"""微信应答: what is made of a stored message, and its answer, in one commit.

A repeat gets the same answer. What ends a talk (register) and what looks something up is left to
the caller, who then settles the answer: a row without one is taken up again. What many people say
at once is taken together: each way to the database and back serves all of them.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any, Final
from uuid import UUID

import asyncpg

from hotline.batching import Batched
from hotline.database import raw_pool, transaction
from hotline.policy.store import packs
from hotline.records import WechatMessage
from hotline.records.sealing import Envelope
from hotline.rules.actor import Actor
from hotline.rules.terms import ActorKind
from hotline.steps.supplement import supplement
from hotline.steps.talk_draft import (
    COLUMNS,
    TalkDraft,
    TalkRow,
    draft_by_id,
    laid_open,
    mark_told,
    sealed_talk,
)
from hotline.steps.talk_turn import Outcome, Reply, Turn, made_of
from hotline.steps.transition import Target
from hotline.steps.wechat_store import Heard, Message, envelope_of, opened

# two messages of one person follow each other, whichever process took them
LOCK: Final = """
SELECT pg_advisory_xact_lock(hashtext(tenant_id), hashtext(encode(owner, 'hex')))
FROM unnest($1::text[], $2::bytea[]) AS i(tenant_id, owner)
"""
OF_MESSAGE: Final = (
    "id", "tenant_id", "account", "answer", "media", "kek_id", "wrapped_key", "body", "draft_id",
)  # fmt: skip
_TALK: Final = itemgetter(*(f"talk_{name}" for name in COLUMNS))
READ: Final = f"""
SELECT {", ".join(f"m.{name}" for name in OF_MESSAGE)},
  {", ".join(f"d.{name} AS talk_{name}" for name in COLUMNS)}
FROM unnest($1::text[], $2::bytea[], $3::uuid[]) AS i(tenant_id, owner, id)
JOIN wechat_message m ON m.tenant_id = i.tenant_id AND m.id = i.id
LEFT JOIN LATERAL (
  SELECT * FROM draft WHERE tenant_id = i.tenant_id AND owner = i.owner AND kind = 'wechat'
    AND wrapped_key IS NOT NULL AND expires_at > $4 ORDER BY id DESC LIMIT 1) d ON true
FOR UPDATE OF m
"""  # noqa: S608
# the words are in the draft by now; what is still to be fetched keeps its address
WRITE: Final = """
WITH talk AS (
  INSERT INTO draft (id, tenant_id, kind, owner, kek_id, wrapped_key, sealed, version, created_at,
    updated_at, expires_at)
  SELECT id, tenant_id, 'wechat', owner, kek_id, wrapped_key, sealed, version, created_at,
    updated_at, expires_at
  FROM unnest($1::uuid[], $2::text[], $3::bytea[], $4::text[], $5::bytea[], $6::bytea[],
    $7::int[], $8::timestamptz[], $9::timestamptz[], $10::timestamptz[])
    AS i(id, tenant_id, owner, kek_id, wrapped_key, sealed, version, created_at, updated_at,
      expires_at)
  ON CONFLICT (tenant_id, id) DO UPDATE SET wrapped_key = EXCLUDED.wrapped_key,
    sealed = EXCLUDED.sealed, version = EXCLUDED.version, updated_at = EXCLUDED.updated_at,
    expires_at = EXCLUDED.expires_at
  WHERE draft.version = EXCLUDED.version - 1 RETURNING id),
message AS (
  UPDATE wechat_message m SET draft_id = i.draft_id, answer = i.answer,
    body = CASE WHEN i.answer IS NULL OR m.media = 'waiting' THEN m.body END
  FROM unnest($11::text[], $12::uuid[], $13::uuid[], $14::bytea[])
    AS i(tenant_id, id, draft_id, answer)
  WHERE m.tenant_id = i.tenant_id AND m.id = i.id)
SELECT id FROM talk
"""
LINGER: Final = 0.01  # seconds among several people: each batch goes to and fro a few times


@dataclass(frozen=True, slots=True)
class _Due:
    one: Heard
    jurisdiction: str
    now: datetime


class _Moved(Exception):
    """A talk was registered or told between reading and writing."""


async def converse(one: Heard, jurisdiction: str, now: datetime) -> Outcome:
    """One message's turn, after all that came before it from the same person."""
    due, found = _Due(one, jurisdiction, now), None
    while found is None:  # its person said something else at this very moment: that comes first
        found = await _turns.put(due)
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


async def _taken(batch: Sequence[_Due]) -> list[Outcome | None]:
    """One message of each person; None: ask again."""
    first: dict[tuple[str, bytes], _Due] = {}
    for due in batch:
        first.setdefault((due.one.tenant_id, due.one.owner), due)
    chosen = [first[person] for person in sorted(first)]  # in one order: no two wait for each other
    try:
        async with raw_pool().acquire() as connection, connection.transaction():
            outcomes = await _made(connection, chosen)
    except _Moved:
        return [None] * len(batch)
    return [outcomes[due.one.id] if due in chosen else None for due in batch]


async def _made(connection: asyncpg.Connection, chosen: Sequence[_Due]) -> dict[UUID, Outcome]:
    people = [due.one.tenant_id for due in chosen], [due.one.owner for due in chosen]
    await connection.execute(LOCK, *people)
    named = [due.one.id for due in chosen]
    read = await connection.fetch(READ, *people, named, max(due.now for due in chosen))
    rows, known = {one["id"]: one for one in read}, await packs()
    turns: list[Turn] = []
    outcomes: dict[UUID, Outcome] = {}
    for due in chosen:
        row = rows[due.one.id]
        if row["answer"] is not None:
            outcomes[due.one.id] = _stored(WechatMessage(**_of_message(row)))
            continue
        pack, message = known.pack(due.jurisdiction), _message(due.one, row)
        turn = Turn(message, due.one.owner, pack, due.now, _talk(row))
        outcomes[message.id] = made_of(turn)
        turns.append(turn)
    await _write(connection, turns, outcomes)
    return outcomes


async def _write(
    connection: asyncpg.Connection, turns: Sequence[Turn], outcomes: Mapping[UUID, Outcome]
) -> None:
    talks = [_row(talk) for turn in turns for talk in turn.talks.values()]
    answers = [_answered(turn.message, outcomes[turn.message.id]) for turn in turns]
    if answers:
        columns = [*_columns(talks, 10), *_columns(answers, 4)]
        if len(await connection.fetch(WRITE, *columns)) < len(talks):
            raise _Moved


def _message(one: Heard, read: asyncpg.Record) -> Message:
    """Whoever stored it just now knows what it says; else it is opened."""
    said, envelope = one.said, one.envelope
    if said is None or envelope is None:
        stored = WechatMessage(**_of_message(read))
        said, envelope = opened(stored), envelope_of(stored)
    return Message(one.id, one.tenant_id, one.account, said, envelope, read["draft_id"])


def _of_message(read: asyncpg.Record) -> dict[str, Any]:
    return {name: read[name] for name in OF_MESSAGE}


def _talk(read: asyncpg.Record) -> TalkDraft | None:
    return laid_open(TalkRow(*_TALK(read))) if read["talk_id"] is not None else None


def _row(talk: TalkDraft) -> tuple[Any, ...]:
    row = talk.row
    return (
        row.id, row.tenant_id, row.owner, row.kek_id, row.wrapped_key, sealed_talk(talk),
        row.version + 1, row.created_at, row.updated_at, row.expires_at,
    )  # fmt: skip


def _answered(message: Message, found: Outcome) -> tuple[Any, ...]:
    """Without an answer as long as something is to be done first."""
    answer = _sealed(message.envelope, found) if isinstance(found, Reply) else None
    return message.tenant_id, message.id, message.draft_id, answer


def _columns(values: Sequence[tuple[Any, ...]], count: int) -> list[list[Any]]:
    return [[one[place] for one in values] for place in range(count)]


async def _locked(one: Heard) -> WechatMessage:
    found = WechatMessage.filter(tenant_id=one.tenant_id, id=one.id)
    return await found.select_for_update().get()


def _stored(message: WechatMessage) -> Reply:
    if not message.answer:  # wiped: nobody asks so late
        return Reply()
    found = json.loads(envelope_of(message).unseal("answer", message.answer))
    if isinstance(found, list):  # as the version before this one wrote it
        found = {"lines": found, "language": ""}
    return Reply(tuple((key, values) for key, values in found["lines"]), found["language"])


async def _answer(message: WechatMessage, reply: Reply) -> None:
    """The words are in the draft by now; what is still to be fetched keeps its address."""
    gone: dict[str, None] = {} if message.media == "waiting" else {"body": None}
    found = WechatMessage.filter(tenant_id=message.tenant_id, id=message.id)
    await found.update(answer=_sealed(envelope_of(message), reply), **gone)


def _sealed(envelope: Envelope, reply: Reply) -> bytes:
    said = {"lines": reply.lines, "language": reply.language}
    return envelope.seal("answer", json.dumps(said).encode())


_turns: Batched[_Due, Outcome | None] = Batched(_taken, LINGER)
