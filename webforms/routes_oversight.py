"""Every address of 督办: boards and the assessment."""

from typing import Final

from starlette.routing import Route

from webforms.doors import POLLED, door
from webforms.oversight import board
from webforms.staff import frame

OVERSIGHT_ROUTES: Final[list[Route]] = [
    door("/board", board.show, role=frame.OVERSEERS),
    door("/board/numbers", board.numbers, role=frame.OVERSEERS, manner=POLLED),
    door("/board/orders", board.orders, role=frame.OVERSEERS),
]
