"""R4 奖励台账: the year's postings on a page and as CSV; case numbers, no names."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.lookups.reward_book import MOST, Book, Entry, book
from hotline.rules.clocks import SHANGHAI
from hotline.rules.spreadsheet import CSV, as_csv
from webforms import doors
from webforms.money import yuan
from webforms.staff.frame import staff_page
from webforms.staff.when import short
from webforms.submissions import whole
from webforms.visit import current

HEAD: Final = ("at", "number", "source", "target", "fen", "step")


async def show(request: Request) -> Response:
    """The page."""
    return staff_page("rewards/book", book=await _book(request), yuan=yuan, short=short)


async def file(request: Request) -> Response:
    """For the accountants."""
    found, t = await _book(request, None), current().t
    lines = [[t(f"book.{name}") for name in HEAD], *map(_cells, found.entries)]
    headers = {"content-disposition": f'attachment; filename="rewards-{found.year}.csv"'}
    return Response(as_csv(lines), media_type=CSV, headers=headers)


def _cells(one: Entry) -> list[str]:
    t, at = current().t, one.at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")
    accounts = (t(f"book.account.{one.source}"), t(f"book.account.{one.target}"))
    sum_ = f"{one.fen // 100}.{one.fen % 100:02d}"
    return [at, one.number, *accounts, sum_, t(f"term.step.{one.step}")]


async def _book(request: Request, most: int | None = MOST) -> Book:
    year = current().now.astimezone(SHANGHAI).year
    asked = whole(request.query_params.get("year", ""), digits=4)
    return await book(doors.actor(request), asked or year, most)
