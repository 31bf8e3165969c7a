"""常用筛选 as its owner sees it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from hotline.database import rows
from hotline.policy.sight import sight_of
from hotline.rules.actor import Actor

MINE: Final = """
SELECT name, wanted FROM saved_filter WHERE tenant_id = $1 AND owner = $2 ORDER BY name
"""


@dataclass(frozen=True, slots=True)
class Saved:
    """One view by name, and what it is narrowed to."""

    name: str
    wanted: Mapping[str, str]


async def saved_filters(by: Actor) -> list[Saved]:
    """By name."""
    found = await rows(MINE, (await sight_of(by)).tenant_id, by.id)
    return [Saved(one["name"], json.loads(one["wanted"])) for one in found]
