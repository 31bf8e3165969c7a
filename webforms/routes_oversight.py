"""Every address of 督办: boards, the assessment, tables to take away."""

from typing import Final

from starlette.routing import Route

from webforms.doors import POLLED, door
from webforms.oversight import assessment, board, exports, tables
from webforms.staff import frame

OVERSIGHT_ROUTES: Final[list[Route]] = [
    door("/board", board.show, role=frame.OVERSEERS),
    door("/board/numbers", board.numbers, role=frame.OVERSEERS, manner=POLLED),
    door("/board/table", tables.of_board, role=frame.OVERSEERS),
    door("/board/orders", board.orders, role=frame.OVERSEERS),
    door("/assessment", assessment.show, role=frame.OVERSEERS),
    door("/assessment/table", tables.of_month, role=frame.OVERSEERS),
    door("/assessment/orders", assessment.orders, role=frame.OVERSEERS),
    door("/assessment/count", assessment.count, role=frame.OVERSEERS, method="POST"),
    door("/assessment/exports", exports.ask, role=frame.OVERSEERS, method="POST"),
    door("/assessment/cases", exports.ask_cases, role=frame.OVERSEERS, method="POST"),
    door("/assessment/exports/{handle}", exports.show, role=frame.OVERSEERS),
    door(
        "/assessment/exports/{handle}/progress",
        exports.progress,
        role=frame.OVERSEERS,
        manner=POLLED,
    ),
    door("/assessment/exports/{handle}/file", exports.fetch, role=frame.OVERSEERS),
    door("/assessment/exports/{handle}/stop", exports.stop, role=frame.OVERSEERS, method="POST"),
]
