"""R4 奖励台账: the year's postings on a page and as CSV; case numbers, no names."""

import csv
import io
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.lookups.reward_book import Book, book
from hotline.rules.clocks import SHANGHAI
from webforms import doors
from webforms.rewards.money import yuan
from webforms.rows_back import BYTE_ORDER_MARK
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
    found, t = await _book(request), current().t
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        t(f"book.{name}") for name in ("at", "number", "source", "target", "fen", "step")
    )
    for one in found.entries:
        at = one.at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")
        accounts = (t(f"book.account.{one.source}"), t(f"book.account.{one.target}"))
        sum_ = f"{one.fen // 100}.{one.fen % 100:02d}"
        writer.writerow([at, one.number, *accounts, sum_, t(f"term.step.{one.step}")])
    headers = {"content-disposition": f'attachment; filename="rewards-{found.year}.csv"'}
    body = BYTE_ORDER_MARK + out.getvalue()
    return Response(body, media_type="text/csv; charset=utf-8", headers=headers)


async def _book(request: Request) -> Book:
    year = current().now.astimezone(SHANGHAI).year
    asked = whole(request.query_params.get("year", ""), digits=4)
    return await book(doors.actor(request), asked or year)
