"""模型入库、启用、停用: a trained model becomes a version of its tenant, at most one in force."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hotline.database import row, transaction
from hotline.errors import NotFound
from hotline.records import KindModel
from hotline.records.learnt import IN_FORCE, forget
from hotline.rules.kind_model import KindModel as Learnt
from hotline.rules.kind_model import packed


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learnt, from how many reports, and how it did on texts it had not seen."""

    model: Learnt
    examples: int
    figures: dict[str, Any]


async def learn(tenant_id: str, lesson: Lesson, now: datetime) -> int:
    """The version it is kept under; not in force yet."""
    async with transaction():
        await row("SELECT pg_advisory_xact_lock(hashtext('kind_model'), hashtext($1))", tenant_id)
        last = await KindModel.filter(tenant_id=tenant_id).order_by("-version").first()
        made = await KindModel.create(
            tenant_id=tenant_id,
            version=last.version + 1 if last else 1,
            trained_at=now,
            state="idle",
            examples=lesson.examples,
            figures=lesson.figures,
            content=packed(lesson.model),
        )
    return made.version


async def activate(tenant_id: str, version: int, now: datetime) -> None:
    """In force from now on, and the one before it no longer."""
    async with transaction():
        await _retire(tenant_id)
        changed = await KindModel.filter(tenant_id=tenant_id, version=version).update(
            state=IN_FORCE, active_from=now
        )
        if not changed:
            raise NotFound("kind_model")
    forget()


async def retire(tenant_id: str) -> bool:
    """None is in force from now on: what words leave open goes to a person. Was there one?"""
    async with transaction():
        changed = await _retire(tenant_id)
    forget()
    return bool(changed)


async def _retire(tenant_id: str) -> int:
    return await KindModel.filter(tenant_id=tenant_id, state=IN_FORCE).update(state="retired")
