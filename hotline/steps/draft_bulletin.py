"""起草通报: the system counts a month or a year and drafts its bulletin; once a span."""

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from hotline.database import row, rows, transaction
from hotline.errors import StepRefused
from hotline.policy.pack import Pack
from hotline.policy.store import packs
from hotline.records import Release
from hotline.rules.actor import Actor
from hotline.rules.bulletin import CHANNELS, Figures, Span, drafted, span_of
from hotline.rules.clocks import SHANGHAI
from hotline.rules.lifecycle import check_may
from hotline.rules.release import SYSTEM, ReleaseKind
from hotline.rules.suppressing_tables import suppressed_table
from hotline.rules.suppression import suppressed
from hotline.rules.terms import ActorKind, Step
from hotline.steps.releases import told
from hotline.steps.write_release import new_release

SERVICE: Final = Actor(ActorKind.SYSTEM, SYSTEM)
LOCK: Final = "SELECT pg_advisory_xact_lock(hashtext($1))"
IN_SPAN: Final = """
FROM service_request r WHERE r.tenant_id = $1 AND r.jurisdiction = ANY($2)
  AND r.registered_at >= $3 AND r.registered_at < $4 AND NOT r.historical
"""
TOTALS: Final = f"""
SELECT count(*) AS registered, count(*) FILTER (WHERE r.stage = 'refused') AS refused,
  count(*) FILTER (WHERE r.stage NOT IN ('received', 'triage', 'refused', 'withdrawn'))
    AS accepted {IN_SPAN}
"""
BY_CHANNEL: Final = f"SELECT r.channel AS name, count(*) AS n {IN_SPAN} GROUP BY 1"
KINDS: Final = f"""
SELECT k.name, coalesce(r.county, '') AS county, count(DISTINCT r.id) AS n
FROM service_request r CROSS JOIN LATERAL (
  SELECT DISTINCT split_part(one, '.', 1) AS name FROM unnest(r.kinds) one) k
WHERE r.id IN (SELECT r.id {IN_SPAN}) AND r.tenant_id = $1 GROUP BY 1, 2
"""  # noqa: S608
PLACES: Final = f"SELECT coalesce(r.county, '') AS name, count(*) AS n {IN_SPAN} GROUP BY 1"
CLOSED: Final = """
SELECT count(*) AS n FROM work_order o WHERE o.tenant_id = $1 AND o.jurisdiction = ANY($2)
  AND o.closed_at >= $3 AND o.closed_at < $4 AND NOT o.historical
"""


async def draft_bulletin(
    jurisdiction: str, kind: ReleaseKind, day: date, *, now: datetime, by: Actor = SERVICE
) -> str:
    """Of the span the day lies in, when it is over. Returns the number. StepRefused."""
    check_may(Step.WRITE_RELEASE, by)
    span = span_of(kind, day)
    if span.until >= now.astimezone(SHANGHAI).date():
        raise StepRefused("release.span_not_over")
    pack = (await packs()).pack(jurisdiction)
    async with transaction():
        await row(LOCK, f"bulletin:{jurisdiction}:{kind}:{span.since}")
        if await standing(pack, span):
            raise StepRefused("release.drafted")
        figures, table = await _counted(pack, span)
        release = new_release(pack, kind, drafted(span, pack.name, figures), now)
        release.figures = {**figures.kept(), "table": table}
        release.since, release.until, release.written_by = span.since, span.until, SYSTEM
        await release.save(force_create=True)
        await told(release, Step.WRITE_RELEASE, by, now)
    return str(release.number)


async def worth(pack: Pack, kind: ReleaseKind, day: date, now: datetime) -> bool:
    """Whether the span is over, has no bulletin yet, and anything came in it."""
    span = span_of(kind, day)
    if span.until >= now.astimezone(SHANGHAI).date() or await _ever(pack, span):
        return False
    where = (pack.tenant, await _inside(pack), *_moments(span.since, span.until))
    return (await _row(TOTALS, *where))["registered"] > 0


async def _ever(pack: Pack, span: Span) -> bool:
    """One that was withdrawn is not drafted again by itself."""
    of_span = Release.filter(tenant_id=pack.tenant, jurisdiction=pack.code, since=span.since)
    return await of_span.filter(kind=span.kind.value).exists()


async def standing(pack: Pack, span: Span) -> bool:
    """Whether the span has its bulletin, at whatever stage."""
    of_span = Release.filter(
        tenant_id=pack.tenant, jurisdiction=pack.code, kind=span.kind.value, since=span.since
    )
    return await of_span.exclude(stage="withdrawn").exists()


async def _counted(pack: Pack, span: Span) -> tuple[Figures, dict[str, Any]]:
    """Nothing small is kept, so that nothing small can be told later by whoever reads the row."""
    where = (pack.tenant, await _inside(pack), *_moments(span.since, span.until))
    before = span_of(span.kind, span.since - timedelta(days=1))
    earlier = (*where[:2], *_moments(before.since, before.until))
    totals = await _row(TOTALS, *where)
    totals["before"] = (await _row(TOTALS, *earlier))["registered"]
    totals["closed"] = (await _row(CLOSED, *where))["n"]
    channels = {CHANNELS[one["name"]]: int(one["n"]) for one in await rows(BY_CHANNEL, *where)}
    places = {one["name"]: int(one["n"]) for one in await rows(PLACES, *where)}
    by_both = await rows(KINDS, *where)
    kinds: dict[str, int] = {}
    table: dict[str, dict[str, int]] = {}
    for one in by_both:
        kind, place = _kind(pack, one["name"]), _place(pack, one["county"])
        kinds[kind] = kinds.get(kind, 0) + int(one["n"])
        table.setdefault(place, {})[kind] = int(one["n"])
    figures = Figures(
        totals=_totals(totals),
        channels=suppressed(channels),
        kinds=suppressed(kinds),
        places=suppressed({_place(pack, code): n for code, n in places.items()}),
    )
    whole = {place: {kind: of.get(kind, 0) for kind in kinds} for place, of in table.items()}
    return figures, suppressed_table(whole)


def _totals(totals: dict[str, int]) -> dict[str, int | None]:
    """Accepted and refused are parts of one whole; the others stand by themselves."""
    parts = suppressed({name: totals[name] for name in ("accepted", "refused")})
    alone = {name: n for name, n in totals.items() if name not in parts}
    return parts | {name: suppressed({name: n})[name] for name, n in alone.items()}


async def _inside(pack: Pack) -> list[str]:
    """The jurisdiction and those that lie in it."""
    known = await packs()
    return sorted(
        one.code
        for one in known.by_code.values()
        if one.tenant == pack.tenant
        and any(place.code == pack.code for place in one.gazetteer.path(one.code))
    )


async def _row(sql: str, *values: object) -> dict[str, int]:
    found = await row(sql, *values) or {}
    return {name: int(count) for name, count in found.items()}


def _moments(since: date, until: date) -> tuple[datetime, datetime]:
    end = until + timedelta(days=1)
    return datetime.combine(since, time(), SHANGHAI), datetime.combine(end, time(), SHANGHAI)


def _kind(pack: Pack, code: str) -> str:
    kind = pack.lexicon.kind(code)
    return kind.name if kind else code


def _place(pack: Pack, code: str) -> str:
    place = pack.gazetteer.get(code) if code else None
    return place.short if place else "地点不明"
