"""导出收回: a table that was drawn holds words of a report erased since; it is to be drawn again.

By the days and the month a table is of, not by its rows: whoever made it cannot tell who it was.
"""

from datetime import datetime
from typing import Final

from hotline.database import rows
from hotline.steps.transition import Target

REDRAW: Final = "export.redraw"
CHINA: Final = "AT TIME ZONE 'Asia/Shanghai'"
WITHDRAWN: Final = f"""
UPDATE desk_export e SET stage = 'failed', failure = $3, finished_at = $4, wrapped_key = NULL
WHERE e.tenant_id = $1 AND e.stage IN ('running', 'done') AND e.wrapped_key IS NOT NULL AND (
  e.what = 'cases' AND EXISTS (SELECT FROM service_request r WHERE r.tenant_id = $1 AND r.id = $2
    AND (r.registered_at {CHINA})::date BETWEEN (e.wanted #>> '{{more,since}}')::date
      AND (e.wanted #>> '{{more,until}}')::date)
  OR e.what = 'assessment' AND EXISTS (SELECT FROM work_order o WHERE o.tenant_id = $1
    AND o.first_request_id = $2 AND date_trunc('month', o.opened_at {CHINA})::date
      = (e.wanted #>> '{{more,month}}')::date))
RETURNING e.stored
"""  # noqa: S608


async def withdraw_exports(erased: Target, now: datetime) -> list[str]:
    """The files that are to be deleted: unreadable already. One being written is stopped too."""
    found = await rows(WITHDRAWN, erased.tenant_id, erased.id, REDRAW, now)
    return [one["stored"] for one in found if one["stored"]]
