"""P3: the figures of a span of months, as bars, as a table and as a file for reuse."""

from datetime import date, timedelta
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.lookups.figures import Bar, Figures, figures
from hotline.lookups.reopened import after_closing
from hotline.policy.store import packs
from hotline.rules.clocks import SHANGHAI
from hotline.rules.spreadsheet import CSV, Line, as_csv
from hotline.rules.suppression import LEAST
from webforms.ledger.pages import CACHED, cacheable, months, tenant_of
from webforms.visit import current

BACK: Final = 11  # months before this one, unless asked otherwise


async def show(request: Request) -> Response:
    """The page."""
    known = await packs()
    tenant = tenant_of(known, request.query_params.get("province", ""))
    found = await _found(request, tenant.code)
    return cacheable(
        request,
        "ledger/figures",
        figures=found,
        after=await after_closing(tenant.code, found.since, found.until),
        months=months(),
        since=f"{found.since:%Y-%m}",
        until=f"{found.until:%Y-%m}",
        widest=widest,
        least=LEAST,
        provinces=known.tenants(),
        province=tenant.code,
    )


async def file(request: Request) -> Response:
    """The same as CSV, in UTF-8 with a mark that spreadsheets know."""
    known, t = await packs(), current().t
    tenant = tenant_of(known, request.query_params.get("province", ""))
    found = await _found(request, tenant.code)
    lines: list[Line] = [[t("ledger.table"), t("ledger.of"), t("ledger.count")]]
    for name, bars in (
        ("month", found.by_month),
        ("kind", found.by_kind),
        ("county", found.by_county),
    ):
        for bar in bars:
            count = t("ledger.hidden") if bar.count is None else bar.count
            lines.append([t(f"ledger.by_{name}"), current().called(bar.of), count])
    headers = {
        "cache-control": CACHED,
        "vary": "Cookie",  # in the reader's language
        "content-disposition": f'attachment; filename="figures-{found.since}-{found.until}.csv"',
    }
    return Response(as_csv(lines), media_type=CSV, headers=headers)


def widest(bars: tuple[Bar, ...]) -> int:
    """The count that fills a bar's whole width."""
    return max((bar.count or 0 for bar in bars), default=0) or 1


async def _found(request: Request, tenant_id: str) -> Figures:
    asked, known = request.query_params, months()
    since, until = asked.get("since", ""), asked.get("until", "")
    first = _day(since) if since in known else _day(known[BACK])
    last = _day(until) if until in known else _day(known[0])
    first, last = min(first, last), max(first, last)
    today = current().now.astimezone(SHANGHAI).date()
    return await figures(tenant_id, first, min(_month_end(last), today))


def _day(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
