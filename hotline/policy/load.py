"""Policy packs on disk: read, ordered by inheritance, digested. Files are the import form only."""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from hotline.errors import PolicyGap
from hotline.policy.merge import merged_topics

HERE: Final = Path(__file__).parent
TOPICS: Final = (
    "identity",
    "places",
    "departments",
    "kinds",
    "routing",
    "clocks",
    "acceptance",
    "calendar",
    "texts",
    "reward",
    "disclosure",
    "phone",
    "protection",
    "referral",
    "assessment",
)

EVERY_FILE: Final = ("version", "valid_from")
WHO: Final = ("code", "name", "parent", "serves")


@dataclass(frozen=True, slots=True)
class TopicFile:
    """One topic of one pack, as it will stand in the service for ever under this digest."""

    version: str
    valid_from: date
    valid_to: date | None
    sha256: str
    content: Mapping[str, Any]  # JSON-ready: days are ISO strings


@dataclass(frozen=True, slots=True)
class PackFiles:
    """One pack's own files; what it inherits is not in it."""

    code: str
    name: str
    parent: str
    tenant: str  # the province of its chain; "" for the national root
    serves: bool
    topics: Mapping[str, TopicFile]


def packs_on_disk(folder: Path | None = None) -> dict[str, PackFiles]:
    """Every pack by its code. The calendars are the root's topic."""
    root = folder or HERE
    topics = [_topics(path) for path in sorted((root / "packs").iterdir()) if path.is_dir()]
    identities = {topic["identity"].content["code"]: topic["identity"].content for topic in topics}
    calendar = _calendar(root / "calendars")
    packs = {}
    for own in topics:
        code = own["identity"].content["code"]
        shared = {} if identities[code]["parent"] else calendar
        packs[code] = _pack(code, {**own, **shared}, _tenant(code, identities))
    return packs


def chain(packs: Mapping[str, PackFiles], code: str) -> list[PackFiles]:
    """The pack and those it inherits from, most specific first."""
    way: list[PackFiles] = []
    while code:
        if code not in packs:
            raise PolicyGap(code, "identity", "this pack")
        way.append(packs[code])
        code = packs[code].parent
    return way


def topics_of(packs: Mapping[str, PackFiles], code: str) -> dict[str, dict[str, Any]]:
    """Every topic as it holds for this pack, with what it inherits."""
    way = chain(packs, code)
    return merged_topics([{name: file.content for name, file in p.topics.items()} for p in way])


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical form: the same rules give the same digest whatever the layout."""
    form = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(form.encode()).hexdigest()


def _topics(folder: Path) -> dict[str, TopicFile]:
    files = {path.stem: _read(path) for path in sorted(folder.glob("*.toml"))}
    if "identity" not in files:
        raise PolicyGap(folder.name, "identity", "anything")
    for topic, content in files.items():
        wanted = (*EVERY_FILE, *(WHO if topic == "identity" else ()))
        if lacking := [name for name in wanted if name not in content]:
            raise PolicyGap(folder.name, topic, ", ".join(lacking))
    return {topic: _topic_file(content) for topic, content in files.items()}


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        try:
            content = tomllib.load(file)
        except tomllib.TOMLDecodeError as error:
            raise PolicyGap(
                path.parent.name, path.name, f"TOML that can be read: {error}"
            ) from None
    return {key: json_ready(value) for key, value in content.items()}


def json_ready(value: Any) -> Any:
    """Days as ISO strings: what is stored is JSON."""
    if isinstance(value, dict):
        return {key: json_ready(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [json_ready(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def _topic_file(content: Mapping[str, Any]) -> TopicFile:
    until = content.get("valid_to")
    return TopicFile(
        version=content["version"],
        valid_from=date.fromisoformat(content["valid_from"]),
        valid_to=date.fromisoformat(until) if until else None,
        sha256=digest(content),
        content=content,
    )


def _calendar(folder: Path) -> dict[str, TopicFile]:
    """All years in one topic: a deadline may run over New Year."""
    years = [_read(path) for path in sorted(folder.glob("*.toml"))]
    if not years:
        return {}
    content = {
        "version": years[-1]["version"],
        "valid_from": years[0]["valid_from"],
        "year": [{"code": str(year.pop("year")), **year} for year in years],
    }
    return {"calendar": _topic_file(content)}


def _tenant(code: str, identities: Mapping[str, Mapping[str, Any]]) -> str:
    """The ancestor that stands directly below the root."""
    if code not in identities:
        raise PolicyGap(code, "identity", "this pack")
    parent = identities[code]["parent"]
    return (_tenant(parent, identities) or code) if parent else ""


def _pack(code: str, topics: Mapping[str, TopicFile], tenant: str) -> PackFiles:
    identity = topics["identity"].content
    return PackFiles(
        code=code,
        name=identity["name"],
        parent=identity["parent"],
        tenant=tenant,
        serves=identity["serves"],
        topics=topics,
    )
