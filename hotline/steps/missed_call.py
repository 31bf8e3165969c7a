"""漏接: a missed caller is on the list once, however often it rang, till one got through."""

import secrets
from typing import Final

from hotline.database import row, rows
from hotline.records import PhoneCall, new_id
from hotline.rules.phone import LineTerms

CAME_SINCE: Final = """
SELECT id FROM phone_call WHERE tenant_id = $1 AND jurisdiction = $2 AND caller_index = $3
  AND state IN ('talking', 'answered', 'voicemail') AND began_at > $4 LIMIT 1
"""
ADD: Final = """
INSERT INTO call_back (id, tenant_id, ref, jurisdiction, call_id, caller_index, missed, since,
  due_at, state, tries, version) VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $8, 'open', 0, 1)
ON CONFLICT (tenant_id, jurisdiction, caller_index) WHERE state = 'open'
DO UPDATE SET missed = call_back.missed + 1, version = call_back.version + 1
"""
# the very call was answered after all, or its caller has left a message: nobody is called back
NOT_NEEDED: Final = """
UPDATE call_back SET state = CASE WHEN call_id = $4 THEN 'withdrawn' ELSE 'came_again' END,
  closed_at = $5, version = version + 1
WHERE tenant_id = $1 AND jurisdiction = $2 AND caller_index = $3 AND state = 'open' AND since <= $5
"""


async def missed(call: PhoneCall, terms: LineTerms) -> None:
    """Within the transaction that holds the call. Who withheld the number cannot be called."""
    if call.caller_index is None:
        return
    whose = (call.tenant_id, call.jurisdiction, call.caller_index)
    since = call.missed_at or call.ended_at or call.began_at
    if await row(CAME_SINCE, *whose, since):
        return
    due = terms.call_back_due(since)
    await rows(ADD, new_id(), call.tenant_id, secrets.token_urlsafe(9), call.jurisdiction, call.id,
               call.caller_index, since, due)  # fmt: skip


async def not_missed(call: PhoneCall) -> None:
    """The caller has come through by now."""
    if call.caller_index is None:
        return
    at = call.answered_at or call.voicemail_at or call.began_at
    whose = (call.tenant_id, call.jurisdiction, call.caller_index)
    latest = max(at, call.missed_at or at)
    await rows(NOT_NEEDED, *whose, call.id, latest)
