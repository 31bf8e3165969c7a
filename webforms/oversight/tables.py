"""The board and the month's table as a file: what stands on the page, every line of it."""

from collections.abc import Iterable, Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import NotFound
from hotline.lookups.assessment import Line as Assessed
from hotline.lookups.assessment import assessment
from hotline.lookups.board import Measure
from hotline.rules.assessing import Assessment
from hotline.rules.clocks import SHANGHAI
from hotline.rules.spreadsheet import TYPES, written
from hotline.rules.spreadsheet import Line as Cells
from webforms import doors
from webforms.oversight.assessment import month_of
from webforms.oversight.board import board_of
from webforms.visit import current

EVERY: Final = 100_000


async def of_board(request: Request) -> Response:
    """期限看板 by department or county, the worst first."""
    t, found = current().t, await board_of(request, EVERY)
    head = [t(f"board.by.{found.by}"), *(t(f"board.measure.{one}") for one in Measure)]
    lines: list[Cells] = [head, _counted(t("board.total"), found.total)]
    unknown = t("board.no_county" if found.by == "county" else "board.no_department")
    lines += [_counted(one.of.name or unknown, one.counts) for one in found.lines]
    return _file(request, f"board-{found.by}-{current().now.astimezone(SHANGHAI):%Y%m%d}", lines)


async def of_month(request: Request) -> Response:
    """考核 of one month: departments, then counties, with the numbers behind each share."""
    t, month = current().t, month_of(request.query_params.get("month", ""))
    found = await assessment(doors.actor(request), month, current().now)
    if found is None:
        raise NotFound("assessment")
    scheme = found.scheme
    head = [t("board.by.department"), t("assessment.score"), t("assessment.orders")]
    for one in scheme.weights:
        head += [one.name, f"{one.name}（{t('assessment.part_of')}）", f"{one.name} %"]
    lines: list[Cells] = [head, _assessed(t("board.total"), found.whole, scheme)]
    lines += _named(found.departments, t("board.no_department"), scheme)
    lines += _named(found.counties, t("board.no_county"), scheme)
    return _file(request, f"assessment-{month:%Y-%m}", lines)


def _named(lines: Iterable[Assessed], unknown: str, scheme: Assessment) -> list[Cells]:
    return [_assessed(one.of.name or unknown, one, scheme) for one in lines]


def _assessed(name: str, line: Assessed, scheme: Assessment) -> Cells:
    cells = [name, "" if line.score is None else str(line.score), str(line.tally.orders)]
    for one in scheme.weights:
        n, of = line.tally.of(one.measure)
        share = line.tally.share(one.measure)
        cells += [str(n), str(of), "" if share is None else f"{100 * share:.1f}"]
    return cells


def _counted(name: str, counts: Mapping[Measure, int]) -> Cells:
    return [name, *(str(counts.get(one, 0)) for one in Measure)]


def _file(request: Request, name: str, lines: list[Cells]) -> Response:
    asked = request.query_params.get("as", "")
    form = asked if asked in TYPES else "csv"
    headers = {"content-disposition": f'attachment; filename="{name}.{form}"'}
    return Response(written(form, lines), media_type=TYPES[form], headers=headers)
