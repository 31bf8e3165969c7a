"""微信对话: single messages of one person become one report; what is missing is asked for.

The order of questions is what, where, when, who. Whatever is told beside a question is kept too.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from hotline.rules.coordinates import System
from hotline.rules.report import (
    LONGEST_LINE,
    LONGEST_TEXT,
    SHORTEST_TEXT,
    Contact,
    Report,
    Story,
)
from hotline.rules.terms import Channel, Secrecy, Wish
from hotline.rules.tongue import Tongue, tongue_after

WINDOW: Final = timedelta(minutes=30)  # silent so long: registered as it stands
SETTLED: Final = timedelta(seconds=3)  # sooner than anybody reads a question: not its answer
UNKNOWN: Final = "-"  # asked and not known
CLICK: Final = "click"  # a menu's key
UNHEARD: Final = "（语音留言，待听写）"
YES: Final = frozenset({"1", "是", "好", "对", "提交", "确认", "确定", "yes", "ok", "submit"})
SKIP: Final = frozenset({"不知道", "不清楚", "跳过", "无", "没有", "skip", "unknown"})
SECRECIES: Final = {
    **dict.fromkeys(("1", "匿名", "anonymous"), Secrecy.ANONYMOUS),
    **dict.fromkeys(("2", "保密", "confidential"), Secrecy.CONFIDENTIAL),
}
# one figure before the hour or day is enough: a run of thousands would be gone over from each
_WHEN: Final = re.compile(
    r"今[天早晚日]|[昨前]天|昨晚|每[天日晚周月到]|天天|夜|晚上|凌晨|早上|上午|中午|下午|傍晚|白天"
    r"|一直|长期|经常|最近|近期|这几天|现在|正在|刚才|刚刚|周[一二三四五六日末]|星期"
    r"|[\d一二三四五六七八九十]\s*[点时月日号年]|today|yesterday|night|morning|every|now|since",
    re.IGNORECASE,
)


class Kind(StrEnum):
    """What a message is."""

    TEXT = "text"
    IMAGE = "image"
    VOICE = "voice"
    VIDEO = "video"
    LOCATION = "location"
    LINK = "link"
    EVENT = "event"
    OTHER = "other"


class Ask(StrEnum):
    """What a person was asked last."""

    NOTHING = ""
    WHAT = "what"
    WHERE = "where"
    WHEN = "when"
    WHO = "who"
    CONFIRM = "confirm"


@dataclass(frozen=True, slots=True)
class Said:
    """One message as it came. `openid`, words and position are personal."""

    kind: Kind
    at: datetime
    openid: str = field(repr=False)
    text: str = field(default="", repr=False)  # words, recognised words, the key of an event
    event: str = ""
    media_id: str = field(default="", repr=False)
    longitude: float | None = field(default=None, repr=False)
    latitude: float | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Talk:
    """What was told so far, and what was asked."""

    texts: tuple[str, ...] = field(default=(), repr=False)
    landmark: str = field(default="", repr=False)
    longitude: float | None = field(default=None, repr=False)
    latitude: float | None = field(default=None, repr=False)
    occurred: str = ""
    secrecy: str = ""
    pictures: int = 0
    asked: str = Ask.NOTHING
    asked_at: str = ""
    confirmed: bool = False
    full: bool = False  # the last words had no room
    code: str = field(default="", repr=False)
    language: str = ""  # 语种; "" the house's own
    language_chosen: bool = False

    @property
    def tongue(self) -> Tongue:
        """In which language the person is answered."""
        return Tongue(self.language, self.language_chosen)

    @property
    def is_tellable(self) -> bool:
        """Enough for a report, whatever else is missing."""
        return len(_joined(self.texts)) >= SHORTEST_TEXT


_OF_TALK: Final = tuple(one.name for one in fields(Talk))
_OF_SAID: Final = tuple(one.name for one in fields(Said))


def heard(talk: Talk, said: Said, names_place: Callable[[str], bool]) -> Talk:
    """The talk after one message, with the next question."""
    has_room = _has_room(talk, said)
    told = _told(talk, said) if has_room else talk
    if told.confirmed:
        return replace(told, asked=Ask.NOTHING, full=not has_room)
    asked, at = _missing(told, names_place), said.at.isoformat()
    return replace(told, asked=asked, asked_at=at, full=not has_room)


def spoken_in(talk: Talk, tongue: Tongue) -> Talk:
    """The talk, in this language from here on."""
    if tongue == talk.tongue:
        return talk
    return replace(talk, language=tongue.language, language_chosen=tongue.chosen)


def tongue_heard(talk: Talk | None, said: Said) -> Tongue:
    """The language after one message: of nothing but its words."""
    known = talk.tongue if talk else None
    if said.kind not in (Kind.TEXT, Kind.VOICE) and said.event.lower() != CLICK:
        return known or Tongue()
    names_place = talk is not None and talk.asked == Ask.WHERE
    is_told = said.kind is not Kind.EVENT and not names_place
    return tongue_after(known, said.text, is_told=is_told)


def report_of(talk: Talk, openid: str, jurisdiction: str, tenant_id: str, notice: str) -> Report:
    """As it stands. Whoever did not choose is kept confidential, which tells nobody who it is."""
    secrecy = Secrecy(talk.secrecy or Secrecy.CONFIDENTIAL)
    anonymous = secrecy is Secrecy.ANONYMOUS
    return Report(
        tenant_id=tenant_id,
        jurisdiction=jurisdiction,
        channel=Channel.WECHAT,
        wish=Wish.COMPLAIN,
        story=_story(talk),
        contact=Contact() if anonymous else Contact(openid=openid, language=talk.language),
        secrecy=secrecy,
        wants_reply=not anonymous,
        notice_version=notice,
        code=talk.code,
    )


def held_talk(talk: Talk) -> dict[str, Any]:
    """As a draft holds it."""
    return {name: getattr(talk, name) for name in _OF_TALK}


def talk_of(held: Mapping[str, Any]) -> Talk:
    """From what a draft holds; what an older draft calls otherwise is left out."""
    found = {name: value for name, value in held.items() if name in _OF_TALK}
    return Talk(**{**found, "texts": tuple(found.get("texts", ()))})


def held_said(said: Said) -> dict[str, Any]:
    """A message as it is sealed."""
    return {name: getattr(said, name) for name in _OF_SAID} | {"at": said.at.isoformat()}


def said_of(held: Mapping[str, Any]) -> Said:
    """A message from its seal."""
    return Said(**{**held, "kind": Kind(held["kind"]), "at": datetime.fromisoformat(held["at"])})


def _told(talk: Talk, said: Said) -> Talk:
    if said.kind is Kind.LOCATION:
        return replace(
            talk,
            longitude=said.longitude,
            latitude=said.latitude,
            landmark=_known(talk.landmark) or said.text[:LONGEST_LINE],
        )
    if said.kind in (Kind.IMAGE, Kind.VIDEO):
        return replace(talk, pictures=talk.pictures + 1)
    if said.kind is Kind.VOICE:
        return _worded(talk, said.text or UNHEARD)
    return _answered(talk, said)


def _answered(talk: Talk, said: Said) -> Talk:
    """Words after a question are its answer, unless they came too soon to be one."""
    word = said.text.strip().lower()
    if talk.asked == Ask.WHO and word in SECRECIES:
        return replace(talk, secrecy=SECRECIES[word].value)
    if talk.asked == Ask.CONFIRM and word in YES:
        return replace(talk, confirmed=True)
    answer = UNKNOWN if word in SKIP else said.text.strip()
    if _is_too_soon(talk, said) or len(said.text) > LONGEST_LINE:
        return _worded(talk, said.text)
    if talk.asked == Ask.WHERE:
        return replace(talk, landmark=answer)
    if talk.asked == Ask.WHEN:
        return replace(talk, occurred=answer)
    return _worded(talk, said.text)


def _worded(talk: Talk, text: str) -> Talk:
    return replace(talk, texts=(*talk.texts, text.strip())) if text.strip() else talk


def _missing(talk: Talk, names_place: Callable[[str], bool]) -> Ask:
    words = _joined(talk.texts)
    if not talk.is_tellable:
        return Ask.WHAT
    if not (talk.landmark or talk.longitude is not None or names_place(words)):
        return Ask.WHERE
    if not (talk.occurred or _WHEN.search(words)):
        return Ask.WHEN
    return Ask.CONFIRM if talk.secrecy else Ask.WHO


def _is_too_soon(talk: Talk, said: Said) -> bool:
    return bool(talk.asked_at) and said.at - datetime.fromisoformat(talk.asked_at) < SETTLED


def _has_room(talk: Talk, said: Said) -> bool:
    return len(_joined((*talk.texts, said.text or UNHEARD))) <= LONGEST_TEXT


def _story(talk: Talk) -> Story:
    has_point = talk.longitude is not None
    return Story(
        text=_joined(talk.texts),
        landmark=_known(talk.landmark),
        occurred=_known(talk.occurred),
        longitude=talk.longitude,
        latitude=talk.latitude,
        system=System.GCJ02.value if has_point else "",  # what WeChat's own map gives
    )


def _known(said: str) -> str:
    return "" if said == UNKNOWN else said


def _joined(texts: tuple[str, ...]) -> str:
    return "\n".join(texts)
