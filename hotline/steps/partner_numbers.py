"""对方编号: what else a platform calls a report; kept beside it, found by a search."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from hotline.database import rows
from hotline.records import new_id

KEEP: Final = """
INSERT INTO partner_number (id, tenant_id, request_id, channel, label, number, at)
SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[],
  $7::timestamptz[])
ON CONFLICT (tenant_id, request_id, label, number) DO NOTHING
"""


async def keep_numbers(
    tenant_id: str, request_id: UUID, channel: str, numbers: Mapping[str, str], now: datetime
) -> None:
    """Once each, however often it is told."""
    if not numbers:
        return
    many = len(numbers)
    await rows(
        KEEP, [new_id() for _ in numbers], [tenant_id] * many, [request_id] * many,
        [channel] * many, list(numbers), list(numbers.values()), [now] * many,
    )  # fmt: skip
