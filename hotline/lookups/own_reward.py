"""奖励 as its own reporter may know of it: how it stands, and whether the secret is set."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal
from uuid import UUID

from hotline.database import row
from hotline.policy.store import packs
from hotline.records.payout_shares import shares_of
from hotline.records.sealing import UnreadableError, open_envelope
from hotline.rules.clocks import SHANGHAI
from hotline.rules.payee import payees_due
from hotline.rules.payout import Share, to_renew
from hotline.rules.reward_scheme import scheme_called
from hotline.rules.reward_stage import RewardStage
from hotline.rules.secret_words import AGAIN_WITHIN

STANDS: Final = """
SELECT r.wants_reward, s.made_at, c.stage, c.sum_fen, c.claim_until, c.recount_due, c.scheme,
  c.jurisdiction, c.already_fen, k.id AS claim_id, k.way, d.recover_fen, c.sealed_facts, v.kek_id,
  v.wrapped_key,
  jsonb_path_query_first(c.lines, '$[*].rule ? (@ starts with "excluded.")') #>> '{}' AS excluded
FROM service_request r
LEFT JOIN reward_secret s ON s.tenant_id = r.tenant_id AND s.id = r.id
LEFT JOIN vault v ON v.tenant_id = r.tenant_id AND v.id = r.id
LEFT JOIN LATERAL (SELECT * FROM reward_case c WHERE c.tenant_id = r.tenant_id
  AND c.request_id = r.id
  -- 补发 that nobody has promised yet, or that came to nothing, says nothing of what was paid
  ORDER BY c.tops_up_id IS NOT NULL AND c.stage NOT IN ('told', 'claimed', 'paid'),
    c.opened_at DESC, c.id DESC LIMIT 1) c ON true
LEFT JOIN reward_claim k ON k.tenant_id = r.tenant_id AND k.case_id = c.id AND k.ended_at IS NULL
-- of whichever entry it is demanded back
CROSS JOIN LATERAL (SELECT sum(b.recover_fen)::bigint AS recover_fen FROM reward_case b
  WHERE b.tenant_id = r.tenant_id AND b.request_id = r.id AND b.recovered_at IS NULL) d
WHERE r.tenant_id = $1 AND r.id = $2
"""
# 审核中: which hand it lies in is nobody's outside
UNDER_REVIEW: Final = frozenset(
    {RewardStage.BLOCKED, RewardStage.PROPOSED, RewardStage.REVIEWED, RewardStage.APPROVED}
)
PROMISED: Final = frozenset({RewardStage.TOLD, RewardStage.CLAIMED, RewardStage.PAID})
WAIVABLE: Final = frozenset({RewardStage.TOLD, RewardStage.CLAIMED})
Secret = Literal["", "none", "fresh", "stands"]


@dataclass(frozen=True, slots=True)
class OwnReward:
    """`stage` None: no case is theirs. `secret` "": no reward was wished for."""

    secret: Secret
    stage: RewardStage | None = None
    under_review: bool = False
    sum_fen: int | None = None
    claim_until: date | None = None
    title: str = ""
    excluded: str = ""  # the rule by which nothing is due
    may_claim: bool = False
    may_waive: bool = False
    payees: int = 1  # 联名: how many share the sum
    recover_fen: int | None = None  # demanded back and not yet there
    already_fen: int = 0  # 补发: what was paid before it
    way: str = ""  # as it was claimed
    failed: tuple[Share, ...] = ()  # 联名: shares for which another account is asked


async def own_reward(tenant_id: str, request_id: UUID, now: datetime) -> OwnReward:
    """Whoever asks has been proved to be the reporter."""
    found = await row(STANDS, tenant_id, request_id)
    if found is None or not found["wants_reward"]:
        return OwnReward("")
    if found["stage"] is None:
        return OwnReward(_secret(found["made_at"], now))
    stage = RewardStage(found["stage"])
    scheme = scheme_called((await packs()).pack(found["jurisdiction"]).rewards, found["scheme"])
    until, today = found["claim_until"], now.astimezone(SHANGHAI).date()
    return OwnReward(
        secret=_secret(found["made_at"], now),
        stage=stage,
        under_review=stage in UNDER_REVIEW or bool(found["recount_due"]),
        sum_fen=found["sum_fen"] if stage in PROMISED else None,
        claim_until=until,
        title=scheme.title if scheme else "",
        excluded=found["excluded"] or "" if stage is RewardStage.REFUSED else "",
        may_claim=stage is RewardStage.TOLD
        and not found["recount_due"]
        and (until is None or today <= until),
        may_waive=stage in WAIVABLE and not found["recount_due"],
        payees=payees_due(scheme.joint if scheme else "", _joint(found, tenant_id, request_id)),
        recover_fen=found["recover_fen"],
        already_fen=found["already_fen"] or 0,
        way=found["way"] or "",
        failed=await _failed(tenant_id, found, stage),
    )


async def _failed(
    tenant_id: str, found: Mapping[str, Any], stage: RewardStage
) -> tuple[Share, ...]:
    if stage is not RewardStage.CLAIMED or found["claim_id"] is None or found["recount_due"]:
        return ()
    return to_renew(await shares_of(tenant_id, found["claim_id"]))


def _joint(found: Mapping[str, Any], tenant_id: str, request_id: UUID) -> int:
    """How many signed; sealed, for it tells of the reporters."""
    if found["sealed_facts"] is None or found["wrapped_key"] is None:
        return 1
    try:
        wrapped = bytes(found["wrapped_key"])
        key = open_envelope(tenant_id, request_id, found["kek_id"], wrapped)
        told = json.loads(key.unseal("reward.facts", bytes(found["sealed_facts"])))
    except UnreadableError:
        return 1
    return int(told.get("joint_reporters") or 1)


def _secret(made_at: datetime | None, now: datetime) -> Secret:
    if made_at is None:
        return "none"
    return "fresh" if now - made_at <= AGAIN_WITHIN else "stands"
