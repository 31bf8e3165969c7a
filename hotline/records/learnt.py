"""学得模型: what a tenant's decided orders taught of kinds, in versions, at most one in force."""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from tortoise import fields

from hotline.records.base import Row, code, maybe_when, when
from hotline.rules.kind_model import KindModel as Learnt
from hotline.rules.kind_model import unpacked

FRESH: Final = timedelta(seconds=30)
IN_FORCE: Final = "active"


class KindModel(Row):
    """One trained model: pairs of characters that stood in several matters, and their weights."""

    version = fields.IntField()
    trained_at = when()
    state = code(12)  # idle | active | retired
    active_from = maybe_when()
    examples = fields.IntField()
    figures: fields.Field[Any] = fields.JSONField(default=dict)
    content = fields.BinaryField()

    class Meta:
        table = "kind_model"
        unique_together = (("tenant_id", "version"),)


_kept: dict[str, tuple[datetime, UUID | None, Learnt | None]] = {}


async def in_force(tenant_id: str, now: datetime) -> Learnt | None:
    """The model in force; read once, and again when another one is."""
    since, known, model = _kept.get(tenant_id, (None, None, None))
    if since is not None and timedelta(0) <= now - since < FRESH:
        return model
    found = await KindModel.get_or_none(tenant_id=tenant_id, state=IN_FORCE).only("id", "version")
    if found is None:
        model, known = None, None
    elif found.id != known:
        row = await KindModel.get(tenant_id=tenant_id, id=found.id)
        model, known = unpacked(row.content, row.version), row.id
    _kept[tenant_id] = (now, known, model)
    return model


def forget() -> None:
    """Read afresh next time: after a change in this process, and between tests."""
    _kept.clear()
