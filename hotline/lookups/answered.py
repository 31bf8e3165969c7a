"""答复 beside its report: one report in its order, and the reply as it was approved last."""

from typing import Final

# $1 tenant, $2 number, $3 jurisdictions; the reply is `x.text`
ANSWERED: Final = """
FROM service_request r
JOIN membership m ON m.tenant_id = r.tenant_id AND m.request_id = r.id AND m.to_at IS NULL
JOIN work_order o ON o.tenant_id = m.tenant_id AND o.id = m.order_id
LEFT JOIN LATERAL (SELECT text FROM order_text t WHERE t.tenant_id = o.tenant_id
  AND t.order_id = o.id AND t.kind = 'reply' AND t.approved_at IS NOT NULL
  ORDER BY t.version DESC LIMIT 1) x ON true
WHERE r.tenant_id = $1 AND r.number = $2 AND r.jurisdiction = ANY($3)
"""
