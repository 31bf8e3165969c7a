"""P3: the figures of a month or a year that is over: bars, a table, and a file for reuse."""

from starlette.requests import Request
from starlette.responses import Response

from hotline.lookups.figures import Bar, figures
from hotline.lookups.reopened import after_closing
from hotline.policy.store import packs
from hotline.rules.spreadsheet import CSV, Line, as_csv
from hotline.rules.suppression import LEAST
from webforms.ledger.pages import CACHED, cacheable, span_asked, spans, tenant_of
from webforms.visit import current


async def show(request: Request) -> Response:
    """The page."""
    known = await packs()
    tenant = tenant_of(known, request.query_params.get("province", ""))
    span, since, until = span_asked(request)
    found = await figures(tenant.code, since, until)
    is_month = since.month == until.month  # a year's would tell what a month's hide
    return cacheable(
        request,
        "ledger/figures",
        figures=found,
        after=await after_closing(tenant.code, since, until) if is_month else None,
        spans=spans(),
        span=span,
        widest=widest,
        least=LEAST,
        provinces=known.tenants(),
        province=tenant.code,
    )


async def file(request: Request) -> Response:
    """The same as CSV, in UTF-8 with a mark that spreadsheets know."""
    known, t = await packs(), current().t
    tenant = tenant_of(known, request.query_params.get("province", ""))
    span, since, until = span_asked(request)
    found = await figures(tenant.code, since, until)
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
        "content-disposition": f'attachment; filename="figures-{span}.csv"',
    }
    return Response(as_csv(lines), media_type=CSV, headers=headers)


def widest(bars: tuple[Bar, ...]) -> int:
    """The count that fills a bar's whole width."""
    return max((bar.count or 0 for bar in bars), default=0) or 1
