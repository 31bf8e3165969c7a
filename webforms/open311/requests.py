"""requests.{fmt} and requests/{id}.{fmt}: what is public, and nothing else, whoever asks."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NoReturn

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import BadReport, NotFound
from hotline.lookups.open311 import PublicMatter, Sought, Within, matters, matters_numbered
from hotline.policy.store import packs
from hotline.rules.clocks import SHANGHAI
from hotline.rules.terms import OrderStage
from webforms.machines import packs_within
from webforms.open311.answers import TYPES, Said, split_format, written
from webforms.open311.door import PUBLIC, both, pack_of
from webforms.submissions import YEARS
from webforms.texts import text
from webforms.visit import current

LONGEST_SPAN: Final = timedelta(days=90)
MOST: Final = 1000
# 阶段性办结 is not the end; 已答复 is as far as the public is concerned
OPEN: Final = (OrderStage.CLOSED_INTERIM.value,)
CLOSED: Final = (OrderStage.ANSWERED.value, OrderStage.CLOSED.value)
CLOSINGS: Final = {"open": OPEN, "closed": CLOSED}


async def requests(request: Request) -> Response:
    """By number, or by time, kind and status."""
    if request.path_params["fmt"] not in TYPES:
        raise HTTPException(404)
    within = await _within(request)
    numbers = _listed(request, "service_request_id")
    if numbers:
        found = await matters_numbered(within, numbers[:MOST])
    else:
        found = await matters(within, _sought(request))
    return _written(request, found)


async def one_request(request: Request) -> Response:
    """One by its number; 404 for what was never public as for what was taken back."""
    number, fmt = split_format(request.path_params["name"])
    if not fmt:
        raise HTTPException(404)
    found = await matters_numbered(await _within(request), [number])
    if not found:
        raise NotFound("request")
    return _written(request, found)


def _written(request: Request, found: Sequence[PublicMatter]) -> Response:
    is_extended = request.query_params.get("extensions", "") == "true"
    content = [_request(one, is_extended=is_extended) for one in found]
    return written(request, Said("service_requests", content, headers=PUBLIC))


async def _within(request: Request) -> Within:
    known = await packs()
    pack = pack_of(request, known)
    return Within(pack.tenant, packs_within(known, pack))


def _sought(request: Request) -> Sought:
    since, until = _span(_moment(request, "start_date"), _moment(request, "end_date"))
    closings = [
        closing for status in _listed(request, "status", CLOSINGS) for closing in CLOSINGS[status]
    ]
    return Sought(
        since,
        until,
        kinds=_listed(request, "service_code"),
        closings=closings,
        page=_whole(request, "page", 1, most=10**6),
        page_size=_whole(request, "page_size", MOST, most=MOST),
    )


def _span(since: datetime | None, until: datetime | None) -> tuple[datetime, datetime]:
    """At most 90 days; the last 90 when nothing is said."""
    until = until or min(since + LONGEST_SPAN, current().now) if since else until or current().now
    since = since or until - LONGEST_SPAN
    if until - since > LONGEST_SPAN:
        raise BadReport({"end_date": "span.too_long"})
    return since, until


def _moment(request: Request, name: str) -> datetime | None:
    # an offset's plus sign that nobody escaped arrives as a space
    said = request.query_params.get(name, "").strip().replace(" ", "+")
    if not said:
        return None
    try:
        found = datetime.fromisoformat(said)
        at = found.astimezone(SHANGHAI)
    except (ValueError, OverflowError):
        _fault(name, "field.not_time")
    if found.tzinfo is None:
        _fault(name, "field.no_offset")
    if at.year not in YEARS:
        _fault(name, "field.not_time")
    return at


def _listed(request: Request, name: str, offered: Collection[str] | None = None) -> list[str]:
    said = ",".join(request.query_params.getlist(name))
    found = list(dict.fromkeys(part.strip() for part in said.split(",") if part.strip()))
    if offered is not None and not set(found) <= set(offered):
        _fault(name, "field.not_offered")
    return [part for part in found if "\0" not in part]


def _whole(request: Request, name: str, otherwise: int, most: int) -> int:
    said = request.query_params.get(name, "").strip()
    if not said:
        return otherwise
    if not (said.isascii() and said.isdigit() and len(said) < 9 and 1 <= int(said) <= most):
        _fault(name, "field.not_offered")
    return int(said)


def _fault(name: str, key: str) -> NoReturn:
    raise BadReport({name: key})


def _request(one: PublicMatter, *, is_extended: bool) -> dict[str, Any]:
    """Every name of the specification; what a public matter lacks is empty."""
    at = one.published_at.astimezone(SHANGHAI).isoformat(timespec="seconds")
    told = {
        "service_request_id": one.number,
        "status": "open" if one.closing.value in OPEN else "closed",
        "status_notes": _notes(one),
        "service_name": one.kind_name,
        "service_code": one.kind,
        "description": one.problem,
        "agency_responsible": one.authority,
        "service_notice": None,
        "requested_datetime": at,
        "updated_datetime": at,
        "expected_datetime": None,
        "address": one.place,
        "address_id": one.place_code,
        "zipcode": None,
        "lat": None,
        "long": None,
        "media_url": None,
    }
    return {**told, **(_extended(one, at) if is_extended else {})}


def _notes(one: PublicMatter) -> str:
    finding = text(f"term.finding.{one.finding.value}")
    return f"{finding}；{text(f'term.order.{one.closing.value}')}。{one.measure}"


def _extended(one: PublicMatter, at: str) -> dict[str, Any]:
    attributes = {
        "title": one.title,
        "finding": one.finding.value,
        "closing": one.closing.value,
        "measure": one.measure,
    }
    notes = [{"datetime": at, "summary": both("open311.published"), "description": one.measure}]
    return {"extended_attributes": attributes, "notes": notes}
