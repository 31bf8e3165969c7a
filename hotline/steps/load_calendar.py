"""放假安排入库: a year's announced days become a version; terms that waited for them are counted.

A date that was provisional is provisional no longer, and its alarm ends.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hotline.errors import StepRefused
from hotline.policy.calendar import TOPIC, with_year
from hotline.policy.store import NATIONAL, contents, packs
from hotline.rules.actor import Actor
from hotline.rules.clocks import SHANGHAI
from hotline.steps.enact import Enactment, enact
from hotline.steps.public_terms import recount_public
from hotline.steps.recount import Recounted, recount


@dataclass(frozen=True, slots=True)
class Loaded:
    """The version that stands now, and what was counted again."""

    version: str
    recounted: Recounted


async def load_calendar(
    jurisdiction: str, row: dict[str, Any], *, by: Actor, now: datetime
) -> Loaded:
    """StepRefused("enact.same") when the year is known just so; NotAllowed, PolicyGap."""
    topics = await contents()
    stands = topics.get(jurisdiction, {}).get(TOPIC, {})
    await _check_announced(jurisdiction, int(row["code"]))
    ask = Enactment(
        jurisdiction=jurisdiction,
        content=with_year(stands, row),
        valid_from=now.astimezone(SHANGHAI).date(),
        reason=f"{row['code']}: {row['source']}"[:400],
        replaces=str(stands.get("version", "")),
        topic=TOPIC,
    )
    version = await enact(ask, by=by, now=now)
    await recount_public()
    return Loaded(version, await recount(now))


async def _check_announced(jurisdiction: str, year: int) -> None:
    """A place's own days say nothing of the nation's: those have to be known before."""
    if jurisdiction == NATIONAL:
        return
    if year not in (await packs()).pack(jurisdiction).calendar.known_years:
        raise StepRefused("calendar.nation_first", year=year)
