"""学得模型: the versions a tenant keeps, how good they were found, and who put them to use."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from hotline.database import rows
from hotline.errors import NotFound
from hotline.records.learnt import IN_FORCE

# without its content, which is large and says nothing to a person
MODELS: Final = """
SELECT id, version, state, trained_at, active_from, examples, figures,
  octet_length(content) AS bytes FROM kind_model WHERE tenant_id = $1 ORDER BY version DESC
"""
HAPPENED: Final = """
SELECT e.aggregate_id, e.step, e.at, s.name AS who, d.detail->>'reason' AS reason
FROM event e
JOIN event_detail d ON d.tenant_id = e.tenant_id AND d.id = e.id
LEFT JOIN staff s ON s.tenant_id = e.tenant_id AND s.id::text = e.actor_id
WHERE e.tenant_id = $1 AND e.aggregate = 'model' ORDER BY e.at, e.seq
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """On texts it had not seen: how often right over all kinds, and the share left to a person."""

    macro_f1: float
    to_person: float


@dataclass(frozen=True, slots=True)
class OfKind:
    """One kind: how many matters taught it, and how it did where it was sure enough."""

    code: str
    matters: int
    precision: float
    recall: float


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of a model's history; `who`: "" for the operator's command line."""

    step: str
    at: datetime
    who: str
    reason: str


@dataclass(frozen=True, slots=True)
class ModelRow:
    """One version."""

    version: int
    state: str
    trained_at: datetime
    active_from: datetime | None
    examples: int
    bytes: int
    words_alone: Measured
    with_model: Measured
    kinds: tuple[OfKind, ...]
    history: tuple[Happened, ...]

    @property
    def is_in_force(self) -> bool:
        """Asked by every decision whose words leave the kind open."""
        return self.state == IN_FORCE


async def models(tenant_id: str) -> tuple[ModelRow, ...]:
    """The newest first."""
    happened = await rows(HAPPENED, tenant_id)
    return tuple(_model(one, happened) for one in await rows(MODELS, tenant_id))


async def model(tenant_id: str, version: str) -> ModelRow:
    """NotFound for a version that is not there."""
    for one in await models(tenant_id):
        if str(one.version) == version:
            return one
    raise NotFound("kind_model")


def _model(one: Mapping[str, Any], happened: list[dict[str, Any]]) -> ModelRow:
    figures = json.loads(one["figures"])
    return ModelRow(
        version=one["version"],
        state=one["state"],
        trained_at=one["trained_at"],
        active_from=one["active_from"],
        examples=one["examples"],
        bytes=one["bytes"],
        words_alone=_measured(figures["lexicon"]),
        with_model=_measured(figures["with_model"]),
        kinds=tuple(_of_kinds(figures)),
        history=tuple(_happened(line) for line in happened if line["aggregate_id"] == one["id"]),
    )


def _measured(said: Mapping[str, float]) -> Measured:
    return Measured(said["macro_f1"], said["to_person"])


def _of_kinds(figures: Mapping[str, Any]) -> list[OfKind]:
    """Those it learnt; what it never answers is no kind of its own."""
    found = figures["kinds"]
    return [
        OfKind(code, matters, found[code]["precision"], found[code]["recall"])
        for code, matters in figures["matters"].items()
        if code in found
    ]


def _happened(line: Mapping[str, Any]) -> Happened:
    return Happened(line["step"], line["at"], line["who"] or "", line["reason"] or "")
