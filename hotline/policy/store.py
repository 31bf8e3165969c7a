"""The packs in force, as the service reads them: built from immutable versions in the database."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, Final
from uuid import UUID

from hotline.database import row, rows
from hotline.errors import PolicyGap
from hotline.policy.merge import merged, merged_topics
from hotline.policy.pack import Pack, from_topics

FRESH_FOR: Final = 5.0  # seconds between looks for newer versions
NATIONAL: Final = "000000"
TODAY: Final = "(now() AT TIME ZONE 'Asia/Shanghai')::date"
# What was put in force at a desk stands before whatever the files say; of the same make the later
# day, and of one day the later arrival.
IN_FORCE: Final = f"""
SELECT DISTINCT ON (jurisdiction, topic) id, jurisdiction, topic, version, content
FROM policy_version, (SELECT coalesce($1::date, {TODAY}) AS day) d
WHERE valid_from <= day AND (valid_to IS NULL OR valid_to >= day)
ORDER BY jurisdiction, topic, enacted DESC, valid_from DESC, imported_at DESC
"""  # noqa: S608

_held: dict[date | None, tuple[float, str, "Packs"]] = {}


@dataclass(frozen=True)
class Packs:
    """Every pack in force on one day."""

    by_code: Mapping[str, Pack]

    def pack(self, jurisdiction: str) -> Pack:
        """The pack of a jurisdiction; PolicyGap when there is none."""
        try:
            return self.by_code[jurisdiction]
        except KeyError:
            raise PolicyGap(jurisdiction, "identity", "any pack of this code") from None

    def serving(self) -> list[Pack]:
        """Packs that take reports, the widest first."""
        return [*self._serving]

    def tenants(self) -> list[Pack]:
        """One pack a tenant: the root of its chain."""
        return [*self._tenants]

    def tenant_of_number(self, number: str) -> str:
        """The prefix names the jurisdiction; a foreign one is looked for like any other."""
        prefix = number.rstrip("0123456789")
        return next((pack.tenant for pack in self.serving() if pack.prefix == prefix), "000000")

    def serving_county(self, tenant_id: str, county: str | None) -> Pack:
        """The most specific serving pack of the tenant whose places contain the county."""
        root = self.pack(tenant_id)
        path = {place.code for place in root.gazetteer.path(county)} if county else set()
        inside = [p for p in self.serving() if p.tenant == tenant_id and p.code in path]
        return inside[-1] if inside else root

    @cached_property
    def _serving(self) -> tuple[Pack, ...]:
        serving = (pack for pack in self.by_code.values() if pack.serves)
        return tuple(sorted(serving, key=lambda pack: pack.code))

    @cached_property
    def _tenants(self) -> tuple[Pack, ...]:
        return tuple(pack for pack in self._serving if pack.code == pack.tenant)


async def packs(on: date | None = None) -> Packs:
    """The packs in force on a day (None: today); re-read when a version or a day came in."""
    held = _held.get(on)
    now = time.monotonic()
    if held and now - held[0] < FRESH_FOR:
        return held[2]
    if held:  # one asks anew; whoever comes meanwhile takes what is held
        _held[on] = (now, held[1], held[2])
    mark = await _mark()
    if not (held and held[1] == mark):
        versions = await _versions(on)
        held = _held.get(on)  # at the start many ask at once: the first builds for all
    found = held[2] if held and held[1] == mark else Packs(_built(versions))
    _held[on] = (now, mark, found)
    return found


def forget() -> None:
    """Read afresh next time: after an import in this process, and between tests."""
    _held.clear()


async def _mark() -> str:
    found = await row(
        f"SELECT count(*) || ':' || max(imported_at) || ':' || {TODAY} AS mark FROM policy_version"  # noqa: S608
    )
    return str(found["mark"]) if found else ""


def _built(versions: list[dict[str, Any]]) -> dict[str, Pack]:
    topics: dict[str, dict[str, Any]] = {}
    ids: dict[str, dict[str, UUID]] = {}
    for version in versions:
        code, topic = version["jurisdiction"], version["topic"]
        topics.setdefault(code, {})[topic] = json.loads(version["content"])
        ids.setdefault(code, {})[topic] = version["id"]
    # a pack whose identity begins on a day to come is not there yet, whatever else of it is
    serving = [c for c, known in topics.items() if known.get("identity", {}).get("serves")]
    ways = {code: chain(code, topics) for code in serving}
    return {code: _pack(code, ways, topics, ids) for code in serving}


async def _versions(on: date | None) -> list[dict[str, Any]]:
    return await rows(IN_FORCE, on)


async def contents(on: date | None = None) -> dict[str, dict[str, Any]]:
    """What each pack itself says on each topic on a day (None: today), without what it inherits."""
    topics: dict[str, dict[str, Any]] = {}
    for version in await _versions(on):
        own = topics.setdefault(version["jurisdiction"], {})
        own[version["topic"]] = json.loads(version["content"])
    return topics


def _pack(
    code: str,
    ways: Mapping[str, list[str]],
    topics: Mapping[str, Mapping[str, Any]],
    ids: Mapping[str, Mapping[str, UUID]],
) -> Pack:
    way, content = ways[code], _laid(code, ways, topics)
    used = {topic: found for step in reversed(way) for topic, found in ids[step].items()}
    chains = {
        topic: tuple(ids[step][topic] for step in way if topic in ids[step]) for topic in used
    }
    return replace(from_topics(code, content), versions=used, chains=chains)


def topics_laid(code: str, topics: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Every topic as it holds for one pack, with what it inherits."""
    serving = [one for one, known in topics.items() if known.get("identity", {}).get("serves")]
    return _laid(code, {one: chain(one, topics) for one in serving}, topics)


def _laid(
    code: str, ways: Mapping[str, list[str]], topics: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    content = merged_topics([topics[step] for step in ways[code]])
    # a report is located before it is known who handles it: one knows the places of those below
    below = [topics[one] for one, up in ways.items() if code in up[1:] and "places" in topics[one]]
    content["places"] = merged([content["places"], *(one["places"] for one in below)])
    return content


def chain(code: str, topics: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The pack and its parents, most specific first; PolicyGap when a parent is not there."""
    way = [code]
    while parent := topics[way[-1]]["identity"].get("parent"):
        if "identity" not in topics.get(parent, {}) or parent in way:
            raise PolicyGap(code, "identity", f"parent {parent}")
        way.append(parent)
    return way
