"""Openings of the signatures that were made before there were any: they too tell matters apart."""

from typing import Any

from tortoise import migrations
from tortoise.migrations import operations as ops

from hotline.rules.signature import opening_signature

PAGE = 2000
WITHOUT = """
SELECT s.tenant_id, s.id, r.text FROM signature s
JOIN service_request r ON r.tenant_id = s.tenant_id AND r.id = s.id
WHERE s.opening = '{}' AND r.text <> '' AND s.id > $1 ORDER BY s.id LIMIT $2
"""
FILL = "UPDATE signature SET opening = $3 WHERE tenant_id = $1 AND id = $2"
FIRST = "00000000-0000-0000-0000-000000000000"


async def fill_all(_: Any, editor: Any) -> None:
    """A page at a time, by id: what has no words to open with is passed by."""
    last: Any = FIRST
    while page := await editor.client.execute_query_dict(WITHOUT, [last, PAGE]):
        last = page[-1]["id"]
        await editor.client.execute_many(FILL, [_row(one) for one in page])


def _row(one: dict[str, Any]) -> list[Any]:
    return [one["tenant_id"], one["id"], list(opening_signature(one["text"]))]


class Migration(migrations.Migration):
    dependencies = [("hotline", "0016_scanning")]

    initial = False

    operations = [ops.RunPython(fill_all)]
