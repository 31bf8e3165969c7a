"""消息用语: what is said now, in which version since when, and every version before."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from hotline.database import rows
from hotline.errors import NotFound
from hotline.policy.sight import sight_of
from hotline.policy.wordings import LANGUAGES, catalogue, given
from hotline.rules.actor import Actor
from hotline.rules.wordings import Template

VERSIONS: Final = """
SELECT w.key, w.language, w.version, w.subject, w.body, w.short, w.state, w.reason, w.made_at,
  w.approved_at, m.name AS made_by, a.name AS approved_by, w.made_by = 'staff:' || $3 AS own
FROM wording w
LEFT JOIN staff m ON m.tenant_id = w.tenant_id AND 'staff:' || m.id = w.made_by
LEFT JOIN staff a ON a.tenant_id = w.tenant_id AND 'staff:' || a.id = w.approved_by
WHERE w.tenant_id = $1 AND ($2 = '' OR w.key = $2) ORDER BY w.key, w.language, w.version DESC
"""
SHIPPED: Final = "shipped"


@dataclass(frozen=True, slots=True)
class Version:
    """One version of one wording."""

    template: Template
    language: str
    state: str  # shipped | proposed | in_force | past | refused
    reason: str = ""
    made_by: str = ""
    made_at: datetime | None = None
    approved_by: str = ""
    approved_at: datetime | None = None
    own: bool = False


@dataclass(frozen=True, slots=True)
class Worded:
    """One message in one language: what is in force, and its history, the newest first."""

    key: str
    language: str
    stands: Template
    versions: tuple[Version, ...]
    known: tuple[str, ...]  # the values it may hold

    @property
    def proposed(self) -> bool:
        """Somebody waits for a second pair of eyes."""
        return any(one.state == "proposed" for one in self.versions)


async def wordings(by: Actor) -> list[Worded]:
    """Every message in every language."""
    made = await _versions(by, "")
    return [
        _worded(key, language, [one for one in made if _is(one, key, language)])
        for key in catalogue(LANGUAGES[0])
        for language in LANGUAGES
    ]


async def worded(by: Actor, key: str, language: str) -> Worded:
    """One message in one language. NotFound."""
    if language not in LANGUAGES or key not in catalogue(language):
        raise NotFound("wording")
    made = await _versions(by, key)
    return _worded(key, language, [one for one in made if _is(one, key, language)])


def _is(one: Version, key: str, language: str) -> bool:
    return one.template.key == key and one.language == language


def _worded(key: str, language: str, made: list[Version]) -> Worded:
    shipped = catalogue(language)[key]
    stands = next((one.template for one in made if one.state == "in_force"), shipped)
    versions = (*made, Version(shipped, language, SHIPPED))
    known = tuple(sorted(given(key)))
    return Worded(key, language, stands, versions, known)


async def _versions(by: Actor, key: str) -> list[Version]:
    tenant = (await sight_of(by)).tenant_id
    found = await rows(VERSIONS, tenant, key, by.id)
    return [
        Version(
            Template(one["key"], one["version"], one["subject"], one["body"], one["short"]),
            one["language"],
            one["state"],
            one["reason"],
            one["made_by"] or "",
            one["made_at"],
            one["approved_by"] or "",
            one["approved_at"],
            bool(one["own"]),
        )
        for one in found
    ]
