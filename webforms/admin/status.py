"""D9 运行状况: live and ready for a load balancer, figures for Prometheus, a page with alarms."""

import hmac
from collections.abc import Iterator, Mapping
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from hotline.lookups.calendar import missing
from hotline.lookups.ended import ended_lately
from hotline.lookups.health import Health, database_answers, health
from hotline.lookups.rehearsal import broken_rows
from hotline.policy.sight import sight_of
from hotline.settings import settings
from webforms import doors
from webforms.staff.frame import staff_page
from webforms.staff.when import lasting, short
from webforms.visit import current
from workers.queues import depths

FORMAT: Final = "text/plain; version=0.0.4; charset=utf-8"
# what is worth a person's look: a figure and from which value on
LIMITS: Final = {
    "inbox_age_seconds": 60,
    "oldest_unsent_seconds": 900,
    "messages_dead": 1,
    "orders_overdue": 1,
    "deliveries_held": 1,
    "emergencies_unconfirmed": 1,
    "jobs_failed": 1,
    "processes_ended": 1,
}


async def live(request: Request) -> Response:
    """The process answers."""
    del request
    return JSONResponse({"status": "live"})


async def ready(request: Request) -> Response:
    """It can take reports: 200, else 503. A queue that is away delays, and turns nobody down."""
    del request
    stands = await database_answers()
    queue = await run_in_threadpool(depths) is not None
    told = {"status": "ready" if stands else "unavailable", "database": stands, "queue": queue}
    return JSONResponse(told, 200 if stands else 503)


async def metrics(request: Request) -> Response:
    """For Prometheus, which has the token; without one it is told to nobody."""
    if not _may_read(request):
        return PlainTextResponse("forbidden\n", 403)
    found = await health(current().now)
    queues = await run_in_threadpool(depths)
    return PlainTextResponse("\n".join(_lines(found, queues)) + "\n", media_type=FORMAT)


async def show(request: Request) -> Response:
    """The figures, what of them is worth a look, and what no longer fits in the rules."""
    within = (await sight_of(doors.actor(request))).jurisdictions
    found = await health(current().now)
    queues = await run_in_threadpool(depths)
    ended = ended_lately(settings().home / "log", current().now)
    failed = {"jobs_failed": float((queues or {}).get("failed", 0))}
    ends = {"processes_ended": float(sum(one.times for one in ended))}
    counts = {**found.counts, **failed, **ends}
    return staff_page(
        "admin/status",
        counts=counts,
        figure=lambda name: _figure(name, counts[name]),
        alarming={name for name, least in LIMITS.items() if counts.get(name, 0) >= least},
        ended=ended,
        short=short,
        doors=found.doors,
        queues=queues,
        years=await missing(within),
        broken=[one for one in await broken_rows() if one.jurisdiction in within],
    )


def _figure(name: str, value: float) -> str:
    return lasting(value) if name.endswith("_seconds") else f"{value:.0f}"


def _may_read(request: Request) -> bool:
    """By the token alone: whoever comes through a proxy of this machine comes from this machine."""
    token = settings().metrics_token
    sent = request.headers.get("authorization", "").removeprefix("Bearer ")
    return bool(token) and hmac.compare_digest(sent.encode(), token.encode())


def _lines(found: Health, queues: Mapping[str, Any] | None) -> Iterator[str]:
    for name, value in found.counts.items():
        yield from (f"# TYPE hotline_{name} gauge", f"hotline_{name} {value:g}")
    yield "# TYPE hotline_reports_today gauge"
    yield from (f'hotline_reports_today{{door="{door}"}} {n}' for door, n in found.doors.items())
    yield from ("# TYPE hotline_queue_up gauge", f"hotline_queue_up {int(queues is not None)}")
    if queues is not None:
        yield from ("# TYPE hotline_jobs_failed gauge", f"hotline_jobs_failed {queues['failed']}")
        yield "# TYPE hotline_jobs_waiting gauge"
        for queue, n in queues["waiting"].items():
            yield f'hotline_jobs_waiting{{queue="{queue}"}} {n}'
