"""模型入库: a trained model becomes a version of its tenant; 启用 is a step of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from hotline.database import row, transaction
from hotline.errors import NotAllowed
from hotline.policy.sight import sight_of
from hotline.records import KindModel
from hotline.rules.actor import Actor
from hotline.rules.kind_model import KindModel as Learnt
from hotline.rules.kind_model import packed
from hotline.rules.lifecycle import check_may
from hotline.rules.terms import ActorKind, Aggregate, Step
from hotline.steps.append import Chain, Happening, append

IDLE = "idle"


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learnt, from how many reports, and how it did on texts it had not seen."""

    model: Learnt
    examples: int
    figures: dict[str, Any]


async def learn(tenant_id: str, lesson: Lesson, *, by: Actor, now: datetime) -> int:
    """The version it is kept under; not in force yet."""
    check_may(Step.LEARN, by)
    content = packed(lesson.model)
    async with transaction():
        await lock_models(tenant_id)
        last = await KindModel.filter(tenant_id=tenant_id).order_by("-version").first()
        made = await KindModel.create(
            tenant_id=tenant_id,
            version=last.version + 1 if last else 1,
            trained_at=now,
            state=IDLE,
            examples=lesson.examples,
            figures=lesson.figures,
            content=content,
        )
        detail = {"examples": lesson.examples, "sha256": sha256(content).hexdigest()}
        await note(made, Happening(Step.LEARN, IDLE, by, now), detail)
    return made.version


async def lock_models(tenant_id: str) -> None:
    """One at a time: versions are counted, and one is in force at most."""
    await row("SELECT pg_advisory_xact_lock(hashtext('kind_model'), hashtext($1))", tenant_id)


async def check_answers(tenant_id: str, step: Step, by: Actor) -> None:
    """A model serves the whole tenant: whoever answers for a part of it decides nothing here."""
    check_may(step, by)
    if by.kind is ActorKind.STAFF and tenant_id not in (await sight_of(by)).jurisdictions:
        raise NotAllowed(step.value)


async def note(model: KindModel, happening: Happening, detail: Mapping[str, Any]) -> None:
    """One event in the model's own history."""
    chain = Chain(model.tenant_id, Aggregate.MODEL, model.id)
    await append(chain, happening, {"version": model.version, **detail})
