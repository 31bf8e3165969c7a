"""Every address of the telephone desk: ringing, seats, recordings; part of `routes.py`."""

from typing import Final

from starlette.routing import Route

from hotline.rules.lifecycle import ROLES
from hotline.rules.terms import Step
from webforms.agent import desk, levels, ringing, waiting
from webforms.desk import identity
from webforms.doors import POLLED, door
from webforms.knowledge import desk as knowledge
from webforms.staff import frame

PHONE_ROUTES: Final[list[Route]] = [
    door("/agent/ringing", ringing.rings, role=frame.AGENTS, manner=POLLED),
    door("/agent/ringing/{call}", ringing.take, role=frame.AGENTS, method="POST"),
    door("/agent/lines/{line}/calls/{reference}", ringing.pop, role=frame.AGENTS),
    door("/agent/seat", ringing.sit, role=frame.AGENTS, method="POST"),
    door(
        "/desk/orders/{number}/recordings/{handle}",
        identity.recording,
        role=tuple(ROLES[Step.UNMASK]),
    ),
    # 漏接回拨, 语音信箱
    door("/agent/call-backs", waiting.show, role=frame.AGENTS),
    door("/agent/call-backs/{call_back}", waiting.one, role=frame.AGENTS),
    door("/agent/call-backs/{call_back}", waiting.take, role=frame.AGENTS, method="POST"),
    door("/agent/call-backs/{call_back}/attempts", waiting.tried, role=frame.AGENTS, method="POST"),
    door("/agent/mailbox", waiting.mailbox, role=frame.AGENTS),
    door("/agent/mailbox/{call}", waiting.hear, role=frame.AGENTS, method="POST"),
    # 话务质量
    door("/line", levels.show, role=frame.MANAGERS),
    door("/line.csv", levels.file, role=frame.MANAGERS),
    door("/line/calls", levels.calls, role=frame.MANAGERS),
    # 知识库
    door("/agent/calls/{ref}/knowledge", desk.knowledge, role=frame.AGENTS, method="POST"),
    door("/knowledge", knowledge.show, role=frame.MANAGERS),
    door("/knowledge", knowledge.write, role=frame.MANAGERS, method="POST"),
    door("/knowledge/{article}", knowledge.one, role=frame.MANAGERS),
    door("/knowledge/{article}", knowledge.rewrite, role=frame.MANAGERS, method="POST"),
    door("/knowledge/{article}/approval", knowledge.approve, role=frame.MANAGERS, method="POST"),
    door("/knowledge/{article}/retirement", knowledge.retire, role=frame.MANAGERS, method="POST"),
    door("/agent/calls/{ref}/recordings/{handle}", ringing.recording, role=frame.AGENTS),
]
