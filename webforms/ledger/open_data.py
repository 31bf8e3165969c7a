"""开放数据: the ledger for machines: JSON, CSV, an Atom feed, and what each field means.

Nothing here is anybody's own: no cookie is read or set, every cache may keep it, and whoever has
it already gets 304 without a word being read from the table.
"""

import csv
import io
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Final
from xml.etree import ElementTree as ET

from starlette.requests import Request
from starlette.responses import Response

from hotline.lookups.open_data import MOST, Gone, Matter, changed_at, gone, matters
from hotline.policy.pack import Pack
from hotline.policy.store import packs
from hotline.rules.clocks import SHANGHAI
from hotline.rules.spreadsheet import BYTE_ORDER_MARK, inert
from hotline.rules.terms import Finding, OrderStage
from hotline.settings import settings
from webforms.ledger.caching import kept, unchanged
from webforms.ledger.pages import cacheable, chosen_of, page_number, tenant_of
from webforms.texts import text

MOST_ROWS: Final = 20_000  # of one CSV
FIELDS: Final = (
    "number", "title", "county", "county_name", "township", "township_name", "kind", "kind_name",
    "finding", "finding_name", "closing", "closing_name", "problem", "measure", "published_on",
)  # fmt: skip
ATOM: Final = "http://www.w3.org/2005/Atom"
TOMBSTONE: Final = "http://purl.org/atompub/tombstones/1.0"
CLOSINGS: Final = (OrderStage.ANSWERED, OrderStage.CLOSED_INTERIM, OrderStage.CLOSED)
FEED_LENGTH: Final = 30


async def dictionary(request: Request) -> Response:
    """What there is to fetch, and what each field means."""
    return cacheable(
        request,
        "ledger/data",
        fields=FIELDS,
        findings=[one.value for one in Finding],
        closings=[one.value for one in CLOSINGS],
        most=MOST,
    )


async def as_json(request: Request) -> Response:
    """One page of matters."""
    tenant, mark = await _tenant(request)
    if (same := unchanged(request, mark)) is not None:
        return same
    page = page_number(request.query_params.get("page", ""))
    found, total = await matters(tenant.code, await chosen_of(request), page)
    said = {
        "updated": mark.isoformat(),
        "total": total,
        "page": page,
        "pages": max(1, -(-total // MOST)),
        "fields": _address("/public/data"),
        "cases": [_fields(one) for one in found],
    }
    body = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    return kept(request, Response(body, media_type="application/json"), mark)


async def as_csv(request: Request) -> Response:
    """Every matter that fits, in UTF-8 with a mark that spreadsheets know."""
    tenant, mark = await _tenant(request)
    if (same := unchanged(request, mark)) is not None:
        return same
    chosen, out, page = await chosen_of(request), io.StringIO(), 1
    writer = csv.writer(out)
    writer.writerow(FIELDS)
    while (page - 1) * MOST < MOST_ROWS:
        found, total = await matters(tenant.code, chosen, page)
        writer.writerows([inert(cell) for cell in _fields(one).values()] for one in found)
        page += 1
        if (page - 1) * MOST >= total:
            break
    response = Response(BYTE_ORDER_MARK + out.getvalue(), media_type="text/csv; charset=utf-8")
    response.headers["content-disposition"] = 'attachment; filename="cases.csv"'
    return kept(request, response, mark)


async def feed(request: Request) -> Response:
    """What was published last, and what was taken back (RFC 4287, RFC 6721)."""
    tenant, mark = await _tenant(request)
    if (same := unchanged(request, mark)) is not None:
        return same
    found, _ = await matters(tenant.code, await chosen_of(request))
    root = ET.Element("feed", {"xmlns": ATOM, "xmlns:at": TOMBSTONE, "xml:lang": "zh-CN"})
    own = _address(str(request.url.path))
    for name, said in (
        ("id", own),
        ("title", f"{tenant.name} {text('ledger.title')}"),
        ("updated", mark.isoformat()),
    ):
        ET.SubElement(root, name).text = said
    ET.SubElement(root, "link", {"rel": "self", "href": own})
    ET.SubElement(root, "link", {"rel": "alternate", "href": _address("/public")})
    ET.SubElement(ET.SubElement(root, "author"), "name").text = tenant.name
    for one in found[:FEED_LENGTH]:
        _entry(root, one)
    for left in await gone(tenant.code):
        _tombstone(root, left)
    body = b'<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="utf-8")
    return kept(request, Response(body, media_type="application/atom+xml"), mark)


def _entry(root: ET.Element, one: Matter) -> None:
    entry = ET.SubElement(root, "entry")
    where = _address(f"/public/cases/{one.number}")
    told = _fields(one)
    for name, said in (
        ("id", where),
        ("title", one.title),
        ("updated", one.published_at.isoformat()),
        ("summary", f"{told['finding_name']}。{one.problem}\n{one.measure}"),
    ):
        ET.SubElement(entry, name).text = said
    ET.SubElement(entry, "link", {"rel": "alternate", "href": where})
    ET.SubElement(entry, "category", {"term": one.kind, "label": one.kind_name})


def _tombstone(root: ET.Element, one: Gone) -> None:
    where = _address(f"/public/cases/{one.number}")
    left = ET.SubElement(root, "at:deleted-entry", {"ref": where, "when": one.at.isoformat()})
    ET.SubElement(left, "at:comment").text = one.reason


def _fields(one: Matter) -> Mapping[str, str]:
    """In the order of FIELDS; names in Chinese, as they were published."""
    said = {name: str(getattr(one, name, "")) for name in FIELDS}
    return said | {
        "finding_name": text(f"term.finding.{one.finding}"),
        "closing_name": text(f"term.order.{one.closing}"),
        "published_on": one.published_at.astimezone(SHANGHAI).date().isoformat(),
    }


async def _tenant(request: Request) -> tuple[Pack, datetime]:
    tenant = tenant_of(await packs(), request.query_params.get("province", ""))
    return tenant, await changed_at(tenant.code)


def _address(path: str) -> str:
    return settings().public_url.rstrip("/") + path
