"""补发: what died of an outage waits again as soon as the same way takes messages again.

By itself, and only what failed in passing: a refusal for good is for a person. For a
week; its thread has gone on meanwhile, and a late word is better than none.
"""

from datetime import datetime, timedelta
from typing import Final

from hotline.database import rows

RECENT: Final = timedelta(minutes=15)  # a way that took a message since then is working
LONGEST: Final = timedelta(days=7)
MOST: Final = 500
# a way is known by how its routes begin
STUCK: Final = """
WITH working AS (
  SELECT DISTINCT CASE WHEN route LIKE 'sms:%' THEN 'short' WHEN route = 'smtp' THEN 'mail'
    WHEN route LIKE 'partner%' THEN 'partner' ELSE route END AS way
  FROM message WHERE state = 'sent' AND sent_at > $1),
last AS (
  SELECT m.tenant_id, m.id, a.way, a.permanent, a.at FROM message m
  CROSS JOIN LATERAL (SELECT way, permanent, at FROM message_attempt t
    WHERE t.tenant_id = m.tenant_id AND t.message_id = m.id ORDER BY at DESC LIMIT 1) a
  WHERE m.state = 'dead' AND m.created_at > $2 AND a.at < $1)
UPDATE message m SET state = 'queued', attempts = $4, available_at = $3, leased_until = NULL
FROM (SELECT l.tenant_id, l.id FROM last l JOIN working w ON w.way = split_part(l.way, ':', 1)
  WHERE NOT l.permanent ORDER BY l.at LIMIT $5) s
WHERE m.tenant_id = s.tenant_id AND m.id = s.id AND m.state = 'dead'
RETURNING m.id
"""
LAST_TRIES: Final = 5  # already made: some four more, over an hour


async def replay_stuck(now: datetime) -> int:
    """How many wait again."""
    found = await rows(STUCK, now - RECENT, now - LONGEST, now, LAST_TRIES, MOST)
    return len(found)
