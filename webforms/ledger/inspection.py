"""边督边改公开表: title and columns as the pack prints them, as a page and as a workbook."""

import io
from collections import Counter
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.lookups.inspection_table import CELLS, Listed, Table, inspection_table
from hotline.lookups.open_data import changed_at
from hotline.policy.store import packs
from hotline.rules.spreadsheet import AS_TEXT, XLSX
from hotline.rules.terms import OrderStage
from webforms.ledger.caching import kept, unchanged
from webforms.ledger.pages import cacheable, tenant_of
from webforms.texts import text

WORDED: Final = {"inspection.finding": "term.finding.", "inspection.closed": "term.order."}
WIDE: Final = frozenset(
    {"inspection.problem", "inspection.found", "inspection.measures", "inspection.accountability"}
)


async def show(request: Request) -> Response:
    """The table; on a phone it scrolls by itself."""
    found = await inspection_table(
        tenant_of(await packs(), request.query_params.get("province", ""))
    )
    return cacheable(
        request, "ledger/inspection", table=found, cell=cell, counted=_counted(found), wide=WIDE
    )


async def workbook(request: Request) -> Response:
    """The same as XLSX; what is written is text, never a formula."""
    tenant = tenant_of(await packs(), request.query_params.get("province", ""))
    mark = await changed_at(tenant.code)
    if (same := unchanged(request, mark)) is not None:
        return same
    body = _written(await inspection_table(tenant))
    response = Response(body, media_type=XLSX)
    response.headers["content-disposition"] = 'attachment; filename="inspection.xlsx"'
    return kept(request, response, mark)


def cell(code: str, one: Listed) -> str:
    """What stands in one cell, in the words of print."""
    said = CELLS[code](one)
    return text(WORDED[code] + said) if code in WORDED else said


def _counted(table: Table) -> dict[str, int]:
    findings = Counter(one.finding.value for one in table.listed)
    closings = Counter(one.closing for one in table.listed)
    told = {name: findings[name] for name in ("true", "mostly", "partly", "unfounded")}
    return told | {
        "n": len(table.listed),
        "closed": closings[OrderStage.CLOSED],
        "interim": closings[OrderStage.CLOSED_INTERIM],
    }


def _written(table: Table) -> bytes:
    import xlsxwriter  # noqa: PLC0415 - slow to load, and few ask for one

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, AS_TEXT) as book:
        sheet = book.add_worksheet()
        wrapped = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        head = book.add_format({"bold": True, "align": "center", "text_wrap": True, "border": 1})
        sheet.merge_range(0, 0, 0, max(1, len(table.columns) - 1), table.title, head)
        for place, (code, name) in enumerate(table.columns):
            sheet.set_column(place, place, 40 if code in WIDE else 14)
            sheet.write_string(1, place, name, head)
            for row, one in enumerate(table.listed, start=2):
                sheet.write_string(row, place, cell(code, one), wrapped)
        sheet.freeze_panes(2, 0)
    return out.getvalue()
