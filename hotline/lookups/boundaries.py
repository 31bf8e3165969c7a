"""边界清单: which outlines are in force, without their rings."""

from dataclasses import dataclass
from datetime import datetime

from hotline.database import rows


@dataclass(frozen=True, slots=True)
class Standing:
    """One division's outline."""

    tenant_id: str
    code: str
    name: str
    source: str
    review_number: str
    imported_at: datetime


async def standing() -> list[Standing]:
    """Every tenant's, in order of code."""
    found = await rows(
        "SELECT tenant_id, code, name, source, review_number, imported_at FROM boundary"
        " ORDER BY tenant_id, code"
    )
    return [Standing(**one) for one in found]
