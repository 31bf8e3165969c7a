"""电话: what is told of a call, folded in whatever order it comes; the line's terms."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final


class Told(StrEnum):
    """What an event says."""

    OFFERED = "offered"  # 呼入: it rings at an extension, or at none yet
    ANSWERED = "answered"  # 接通
    ENDED = "ended"  # 挂断
    MISSED = "missed"  # 漏接
    VOICEMAIL = "voicemail"  # 留言
    RECORDING = "recording"  # 录音 is there


class CallState(StrEnum):
    """Where a call stands."""

    OFFERED = "offered"
    TALKING = "talking"
    ANSWERED = "answered"
    MISSED = "missed"
    VOICEMAIL = "voicemail"


class Reached(StrEnum):
    """What came of one attempt to call back."""

    REACHED = "reached"  # 已接通
    NO_ANSWER = "no_answer"  # 无人接听
    BUSY = "busy"  # 占线
    WRONG = "wrong"  # 空号或错号


TAKEN_FOR: Final = timedelta(minutes=30)  # whoever took it and did nothing has forgotten it


@dataclass(frozen=True, slots=True)
class Moments:
    """When what happened; None: not told (yet)."""

    offered: datetime | None = None
    answered: datetime | None = None
    missed: datetime | None = None
    voicemail: datetime | None = None
    ended: datetime | None = None

    def told(self, kind: Told, at: datetime) -> "Moments":
        """With one more event: the first ringing and answering count, the last hanging up."""
        if kind is Told.RECORDING:
            return self
        stands = getattr(self, kind.value)
        later = kind is Told.ENDED
        kept = at if stands is None else (max(stands, at) if later else min(stands, at))
        return replace(self, **{kind.value: kept})

    @property
    def state(self) -> CallState:
        """A message left wants to be heard; one extension's answer outdoes others' miss."""
        if self.voicemail:
            return CallState.VOICEMAIL
        if self.answered:
            return CallState.ANSWERED if self.ended else CallState.TALKING
        return CallState.MISSED if self.missed or self.ended else CallState.OFFERED


@dataclass(frozen=True, slots=True)
class LineTerms:
    """服务水平: what the line is held to; None: the pack does not say."""

    answer_seconds: int | None = None
    connected_percent: int | None = None
    media_minutes: int | None = None
    mailbox_hours: int | None = None
    call_back_hours: int | None = None
    call_back_tries: int | None = None
    source: str = ""

    def call_back_due(self, since: datetime) -> datetime | None:
        """Till when a missed caller is to be called back."""
        return since + timedelta(hours=self.call_back_hours) if self.call_back_hours else None

    def heard_due(self, left: datetime) -> datetime | None:
        """Till when a message is to be listened to."""
        return left + timedelta(hours=self.mailbox_hours) if self.mailbox_hours else None

    def is_given_up(self, result: Reached, tries: int) -> bool:
        """无法接通: a number that is none at once, else after so many tries."""
        most = self.call_back_tries
        return result is Reached.WRONG or (most is not None and tries >= most)


def is_free(taken_at: datetime | None, now: datetime) -> bool:
    """Nobody has it in hand."""
    return taken_at is None or taken_at <= now - TAKEN_FOR


def tail(digits: str) -> str:
    """尾号: enough to tell two callers apart, too little to dial."""
    return digits[-2:]
