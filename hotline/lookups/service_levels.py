"""服务水平: the line's counts by day or by hour, and the calls they are counted from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final, Literal

from hotline.database import row, rows
from hotline.policy.sight import sight_of
from hotline.policy.store import packs
from hotline.records import PhoneCall, ServiceRequest, Staff
from hotline.records.phone_seal import sealed_of
from hotline.rules.actor import Actor
from hotline.rules.clocks import SHANGHAI
from hotline.rules.phone import CallState, LineTerms, tail
from hotline.rules.service_levels import Counts
from hotline.rules.terms import Channel

MOST: Final = 300
OTHER_MEDIA: Final = [
    one.value
    for one in Channel
    if one not in (Channel.PHONE, Channel.LETTER, Channel.VISIT, Channel.MEDIA, Channel.IMPORT)
]
Unit = Literal["day", "hour"]
AT: Final = "date_trunc('{unit}', {column} AT TIME ZONE 'Asia/Shanghai')"
WHOSE: Final = "tenant_id = $1 AND jurisdiction = ANY($2) AND {column} >= $3 AND {column} < $4"

CALLS: Final = """
SELECT {at} AS at, count(*) AS calls, count(answered_at) AS connected,
  count(answered_at) FILTER (WHERE offered_at IS NOT NULL) AS timed,
  count(*) FILTER (WHERE answered_at - offered_at <= make_interval(secs => $5)) AS quick,
  count(*) FILTER (WHERE state = 'missed') AS missed,
  count(*) FILTER (WHERE state = 'missed' AND missed_at IS NULL) AS hung_up,
  count(voicemail_at) AS messages,
  count(*) FILTER (WHERE settled_at - voicemail_at <= make_interval(hours => $6)) AS heard,
  count(*) FILTER (WHERE voicemail_at IS NOT NULL AND (settled_at IS NOT NULL
    OR voicemail_at + make_interval(hours => $6) < $7)) AS heard_of
FROM phone_call WHERE {whose} GROUP BY 1
"""
CALL_BACKS: Final = """
SELECT {at} AS at, count(*) FILTER (WHERE closed_at <= due_at) AS called_back,
  count(*) FILTER (WHERE closed_at IS NOT NULL OR due_at < $5) AS called_back_of
FROM call_back WHERE {whose} AND state <> 'withdrawn' GROUP BY 1
"""
# the first step after the registration: taken up, refused, or laid before a person
MEDIA: Final = """
SELECT {at} AS at, count(*) AS media,
  count(*) FILTER (WHERE (SELECT e.at FROM event e WHERE e.tenant_id = r.tenant_id
    AND e.aggregate = 'request' AND e.aggregate_id = r.id AND e.seq = 2)
    <= registered_at + make_interval(mins => $5)) AS media_quick
FROM service_request r WHERE {whose} AND channel = ANY($6) AND NOT historical GROUP BY 1
"""
OLDEST: Final = """
SELECT min(voicemail_at) AS left_at FROM phone_call
WHERE tenant_id = $1 AND jurisdiction = ANY($2) AND state = 'voicemail' AND settled_at IS NULL
"""
OF: Final[Mapping[str, dict[str, Any]]] = {
    "calls": {},
    "connected": {"answered_at__isnull": False},
    "missed": {"state": CallState.MISSED.value},
    "messages": {"voicemail_at__isnull": False},
}


@dataclass(frozen=True, slots=True)
class Levels:
    """A span: each day or hour with something in it, and all of them together."""

    rows: tuple[tuple[datetime, Counts], ...]
    total: Counts
    terms: LineTerms
    oldest_message: datetime | None


@dataclass(frozen=True, slots=True)
class CallRow:
    """One call behind a figure. No number: its tail."""

    began_at: datetime
    line: str
    tail: str
    state: CallState
    waited: int | None  # seconds
    agent: str
    report: str


async def levels(by: Actor, since: datetime, until: datetime, unit: Unit, now: datetime) -> Levels:
    """Within this person's sight, by the terms of the own jurisdiction."""
    sight, terms = await sight_of(by), (await packs()).pack(by.jurisdiction).line
    whose = (sight.tenant_id, sorted(sight.jurisdictions), since, until)
    found: dict[datetime, Counts] = {}
    for sql, column, values in (
        (CALLS, "began_at", (terms.answer_seconds or 0, terms.mailbox_hours or 0, now)),
        (CALL_BACKS, "since", (now,)),
        (MEDIA, "registered_at", (terms.media_minutes or 0, OTHER_MEDIA)),
    ):
        at, span = AT.format(unit=unit, column=column), WHOSE.format(column=column)
        for one in await rows(sql.format(at=at, whose=span), *whose, *values):
            when = one.pop("at")
            found[when] = found.get(when, Counts()) + Counts(**one)
    oldest = await row(OLDEST, *whose[:2])
    ordered = tuple(sorted(found.items(), reverse=True))
    total = sum((counts for _, counts in ordered), Counts())
    return Levels(ordered, total, terms, oldest["left_at"] if oldest else None)


async def calls(by: Actor, of: str, since: datetime, until: datetime) -> list[CallRow]:
    """The calls behind a figure, in the order they came. `of`: a key of OF."""
    sight = await sight_of(by)
    found = (
        await PhoneCall.filter(
            tenant_id=sight.tenant_id,
            jurisdiction__in=sorted(sight.jurisdictions),
            began_at__gte=since,
            began_at__lt=until,
            **OF[of],
        )
        .order_by("began_at")
        .limit(MOST)
    )
    agents = Staff.filter(tenant_id=sight.tenant_id, id__in=[one.staff_id for one in found])
    names = {one.id: one.name for one in await agents}
    reports = ServiceRequest.filter(
        tenant_id=sight.tenant_id, id__in=[one.request_id for one in found if one.request_id]
    )
    numbers = {one.id: one.number for one in await reports}
    return [_row(one, names, numbers) for one in found]


def span(first: date, last: date) -> tuple[datetime, datetime]:
    """From the first day's midnight to that after the last, in Shanghai."""
    until = datetime.combine(last + timedelta(days=1), time(), SHANGHAI)
    return datetime.combine(first, time(), SHANGHAI), until


def _row(call: PhoneCall, names: Mapping[Any, str], numbers: Mapping[Any, str]) -> CallRow:
    waited = call.answered_at - call.offered_at if call.answered_at and call.offered_at else None
    return CallRow(
        began_at=call.began_at,
        line=call.line,
        tail=tail(str(sealed_of(call).get("caller", ""))),
        state=CallState(call.state),
        waited=int(waited.total_seconds()) if waited is not None else None,
        agent=names.get(call.staff_id, ""),
        report=numbers.get(call.request_id, ""),
    )
