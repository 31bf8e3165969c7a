"""微信一轮: what a message means after all that came before it; nothing is written here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from hotline.policy.pack import Pack
from hotline.rules.classifying import alarms
from hotline.rules.locating import locate
from hotline.rules.normalise import tidy
from hotline.rules.spoken_orders import Order, Spoken, spoken
from hotline.rules.talk import (
    CLICK,
    WINDOW,
    Ask,
    Kind,
    Said,
    Talk,
    heard,
    held_talk,
    spoken_in,
    tongue_heard,
)
from hotline.rules.tongue import CHOSEN, Tongue
from hotline.settings import settings
from hotline.steps.numbers import fresh_code
from hotline.steps.talk_draft import TalkDraft, begin, drop, lay, tell
from hotline.steps.wechat_store import Message

GREETED: Final = frozenset({"subscribe", "scan"})
MEDIA: Final = (Kind.IMAGE, Kind.VIDEO, Kind.VOICE)

Line = tuple[str, Mapping[str, Any]]  # a wording's key, and what fills it


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said; nothing at all for most events."""

    lines: tuple[Line, ...] = field(default=(), repr=False)
    language: str = ""


@dataclass(frozen=True, slots=True)
class Finished:
    """The writer confirmed: it is to be registered now."""

    draft_id: UUID
    before: tuple[Line, ...] = field(default=(), repr=False)
    language: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Something else than a report is wanted."""

    spoken: Spoken
    said: Said = field(repr=False)
    before: tuple[Line, ...] = field(default=(), repr=False)
    language: str = ""


Outcome = Reply | Finished | Asked


@dataclass(slots=True)
class Turn:
    """One message, its person's last talk, and what is to be written of both."""

    message: Message
    owner: bytes
    pack: Pack
    now: datetime
    last: TalkDraft | None
    lines: list[Line] = field(default_factory=list)
    talks: dict[UUID, TalkDraft] = field(default_factory=dict)
    tongue: Tongue = field(default_factory=Tongue)  # in which it is answered

    @property
    def said(self) -> Said:
        """The words at hand."""
        return self.message.said


def made_of(turn: Turn) -> Outcome:
    """What is said to it, or what is to be done first."""
    turn.tongue = tongue_heard(turn.last.talk if turn.last else None, turn.said)
    confirmed = turn.last and turn.last.held.get("confirmed_by") == str(turn.message.id)
    if confirmed and turn.last:
        return Finished(turn.last.row.id, language=turn.tongue.language)
    _say_what_was_registered(turn)
    if turn.said.kind is Kind.EVENT:
        return _of_event(turn)
    return _ordered(turn) or _told(turn)


def _ordered(turn: Turn) -> Reply | Asked | None:
    """A word by which something else is wanted; None when something was told."""
    order = spoken(turn.said.text) if turn.said.kind is Kind.TEXT else Spoken(Order.NONE)
    if order.order in (Order.PROGRESS, Order.SUPPLEMENT):
        return _asked(turn, order)
    if order.order in CHOSEN:
        return _spoken_in(turn)
    if order.order is Order.HELP:
        return _reply(turn, "help")
    if order.order in (Order.CANCEL, Order.RESTART):
        return _dropped(turn, order.order)
    if turn.said.kind is Kind.OTHER:
        return _reply(turn, "other")
    return None


def _say_what_was_registered(turn: Turn) -> None:
    """A talk that was left is registered meanwhile: its number and code come with what is next."""
    last = turn.last
    if last and last.is_sent and not last.held.get("told", True):
        turn.lines.append(("meanwhile", {"number": last.held["number"], "code": last.held["code"]}))
        tell(last)
        _write(turn, last)


def _of_event(turn: Turn) -> Reply | Asked:
    event = turn.said.event.lower()
    if event in GREETED:
        return _reply(turn, "welcome", privacy=f"{settings().public_url}/privacy")
    if event != CLICK:
        return Reply(tuple(turn.lines), turn.tongue.language)
    order = spoken(turn.said.text)
    if order.order is Order.PROGRESS:
        return _asked(turn, order)
    return _spoken_in(turn) if order.order in CHOSEN else _reply(turn, "help")


def _spoken_in(turn: Turn) -> Reply:
    """语种: from here on in the language asked for; a question that stands is asked again in it."""
    draft = turn.last or _open_draft(turn)
    talk = spoken_in(draft.talk, turn.tongue)
    _write(turn, draft)
    turn.lines.append(("spoken_in", {}))
    if not draft.is_open(turn.now):
        draft.held = {**draft.held, "talk": held_talk(talk)}
        return Reply(tuple(turn.lines), turn.tongue.language)
    asked_at = turn.said.at.isoformat() if talk.asked else ""
    lay(draft, replace(talk, asked_at=asked_at), turn.now)
    return _question(turn, talk) if talk.asked else Reply(tuple(turn.lines), turn.tongue.language)


def _dropped(turn: Turn, order: Order) -> Reply:
    if turn.last is None or not turn.last.is_open(turn.now):
        return _reply(turn, "nothing")
    drop(turn.last, turn.now)
    _write(turn, turn.last)
    if order is Order.RESTART and turn.tongue != Tongue():  # what was said goes, not how
        fresh = _new_draft(turn)
        lay(fresh, spoken_in(Talk(), turn.tongue), turn.now)
        _write(turn, fresh)
    return _reply(turn, order.value)


def _told(turn: Turn) -> Reply | Finished:
    if late := _belongs_to_sent(turn):
        turn.message.draft_id = late.row.id
        return _reply(turn, "late", number=late.held["number"])
    draft = _open_draft(turn)
    turn.message.draft_id = draft.row.id
    _write(turn, draft)
    before = spoken_in(draft.talk, turn.tongue)
    talk = heard(before, turn.said, _names_place(turn.pack, turn.now.date()))
    if talk.confirmed:
        coded = replace(talk, code=draft.talk.code or fresh_code())
        lay(draft, coded, turn.now, str(turn.message.id))
        return Finished(draft.row.id, tuple(turn.lines), turn.tongue.language)
    lay(draft, talk, turn.now)
    return _question(turn, talk)


def _belongs_to_sent(turn: Turn) -> TalkDraft | None:
    """A picture that comes after the receipt still belongs to the report."""
    last = turn.last
    if last is None or not last.is_sent or turn.said.kind not in MEDIA:
        return None
    return last if last.row.updated_at > turn.now - WINDOW else None


def _open_draft(turn: Turn) -> TalkDraft:
    if turn.last and turn.last.is_open(turn.now):
        return turn.last
    return _new_draft(turn)


def _new_draft(turn: Turn) -> TalkDraft:
    held = {
        "openid": turn.said.openid,
        "account": turn.message.account,
        "jurisdiction": turn.pack.jurisdiction,
    }
    return begin(turn.message.tenant_id, turn.owner, held, turn.now)


def _names_place(pack: Pack, on: date) -> Callable[[str], bool]:
    def named(words: str) -> bool:
        found = locate(pack.gazetteer, chosen_county=None, chosen_township=None, text=words, on=on)
        return found.county is not None

    return named


def _question(turn: Turn, talk: Talk) -> Reply:
    if alarms(turn.pack.lexicon, tidy(turn.said.text)):
        values = {"emergency": turn.pack.texts["emergency"], "hotline": turn.pack.hotline}
        turn.lines.insert(0, ("emergency", values))
    if talk.full:
        turn.lines.append(("full", {}))
    if talk.asked == Ask.CONFIRM:
        placed = "yes" if talk.landmark or talk.longitude is not None else "in_words"
        counts = {"texts": len(talk.texts), "pictures": talk.pictures, "placed": placed}
        return _reply(turn, "confirm", **counts)
    return _reply(turn, talk.asked)


def _reply(turn: Turn, key: str, **values: Any) -> Reply:
    return Reply((*turn.lines, (key, values)), turn.tongue.language)


def _asked(turn: Turn, order: Spoken) -> Asked:
    return Asked(order, turn.said, tuple(turn.lines), turn.tongue.language)


def _write(turn: Turn, talk: TalkDraft) -> None:
    turn.talks[talk.row.id] = talk
