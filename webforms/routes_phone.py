"""Every address of the telephone desk: ringing, seats, recordings; part of `routes.py`."""

from typing import Final

from starlette.routing import Route

from webforms.agent import ringing, waiting
from webforms.doors import POLLED, door
from webforms.staff import frame

PHONE_ROUTES: Final[list[Route]] = [
    door("/agent/ringing", ringing.rings, role=frame.AGENTS, manner=POLLED),
    door("/agent/ringing/{call}", ringing.take, role=frame.AGENTS, method="POST"),
    door("/agent/lines/{line}/calls/{reference}", ringing.pop, role=frame.AGENTS),
    door("/agent/seat", ringing.sit, role=frame.AGENTS, method="POST"),
    # 漏接回拨, 语音信箱
    door("/agent/call-backs", waiting.show, role=frame.AGENTS),
    door("/agent/call-backs/{call_back}", waiting.one, role=frame.AGENTS),
    door("/agent/call-backs/{call_back}", waiting.take, role=frame.AGENTS, method="POST"),
    door("/agent/call-backs/{call_back}/attempts", waiting.tried, role=frame.AGENTS, method="POST"),
    door("/agent/mailbox", waiting.mailbox, role=frame.AGENTS),
    door("/agent/mailbox/{call}", waiting.hear, role=frame.AGENTS, method="POST"),
    door("/agent/calls/{ref}/recordings/{handle}", ringing.recording, role=frame.AGENTS),
]
