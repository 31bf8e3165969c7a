"""奖励台: cases by state, and one case with its computation; never a word of who reported."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from hotline.database import row, rows
from hotline.errors import NotFound
from hotline.lookups.names import Named, kind_names, place_label
from hotline.policy.labelled import labelled_scheme
from hotline.policy.pack import Pack
from hotline.policy.sight import sight_of
from hotline.policy.store import packs
from hotline.records.own_kinds import order_kinds
from hotline.records.payout_shares import shares_of
from hotline.records.sealing import UnreadableError, open_envelope
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import ROLES
from hotline.rules.numbering import asked
from hotline.rules.payout import Share
from hotline.rules.reward_case import CHANGEABLE, is_apart, steps_of
from hotline.rules.reward_scheme import scheme_called
from hotline.rules.reward_stage import RewardStage
from hotline.rules.sight import Sight
from hotline.rules.terms import Step

MOST: Final = 100
TABS: Final[Mapping[str, tuple[str, ...]]] = {
    "recount": (),  # what has changed since the approval, whatever the state
    "blocked": ("blocked",),
    "proposed": ("proposed",),
    "reviewed": ("reviewed",),
    "approved": ("approved", "told"),
    "claimed": ("claimed",),
    "paid": ("paid",),
    "refused": ("refused", "waived", "revoked", "recovered"),
    "lapsed": ("lapsed",),
}
LISTED: Final = """
SELECT c.*, o.number AS order_number, o.county, o.township, o.kinds, o.finding AS order_finding,
  (SELECT k.id FROM reward_claim k WHERE k.tenant_id = c.tenant_id AND k.case_id = c.id
    ORDER BY k.claimed_at DESC LIMIT 1) AS claim_id,
  (SELECT k.honour FROM reward_claim k WHERE k.tenant_id = c.tenant_id AND k.case_id = c.id
    ORDER BY k.claimed_at DESC LIMIT 1) AS consent,
  (SELECT f.number FROM reward_case f WHERE f.tenant_id = c.tenant_id AND f.id = c.tops_up_id)
    AS tops_up,
  ARRAY(SELECT t.number::text FROM reward_case t WHERE t.tenant_id = c.tenant_id
    AND t.tops_up_id = c.id ORDER BY t.opened_at) AS top_ups
FROM reward_case c JOIN work_order o ON o.tenant_id = c.tenant_id AND o.id = c.order_id
WHERE c.tenant_id = $1 AND c.jurisdiction = ANY($2){own}
"""
COUNTED: Final = """
SELECT stage, count(*) AS n, count(*) FILTER (WHERE recount_due <> '') AS again
FROM reward_case c WHERE tenant_id = $1 AND jurisdiction = ANY($2){own} GROUP BY stage
"""
BESIDE: Final = """
 AND EXISTS (SELECT FROM work_order o WHERE o.tenant_id = $1 AND o.id = c.order_id{own})
"""
HANDS: Final = ("proposed_by", "reviewed_by", "approved_by", "paid_by")
NAMES: Final = "SELECT id::text AS id, name FROM staff WHERE tenant_id = $1 AND id::text = ANY($2)"
VAULT: Final = "SELECT kek_id, wrapped_key FROM vault WHERE tenant_id = $1 AND id = $2"


@dataclass(frozen=True, slots=True)
class RewardRow:
    """One case in a list."""

    number: str
    order: str
    stage: RewardStage
    place: str
    kind: Named
    reported_on: date
    sum_fen: int | None
    min_fen: int | None
    max_fen: int | None
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class RewardView(RewardRow):
    """One case for a decision. `sealed`: lines that point at the reporter exist."""

    version: int
    scheme: str
    source: str
    finding: str
    facts: Mapping[str, Any]
    lines: tuple[Mapping[str, Any], ...]
    identity_lines: tuple[Mapping[str, Any], ...]
    sealed: bool
    missing: tuple[str, ...]
    reason: str
    end_reason: str
    hands: Mapping[str, str]
    claim_until: date | None
    approved: bool
    recount_due: str
    recover_fen: int | None
    labelled: str  # 专项: the scheme that a label of its order lays over it
    tops_up: str  # 补发: the number of the entry that was paid before, "" for a first one
    top_ups: tuple[str, ...]
    honour: str
    failed: tuple[Share, ...]  # 未成: what of the last claim could not be paid, and why
    consent: str  # to an honour; "" before the claim
    may: frozenset[Step]
    barred: bool  # a step of theirs that this person's earlier hand forbids


async def queue(by: Actor, tab: str) -> list[RewardRow]:
    """The cases of one state, the oldest first."""
    sight = await sight_of(by)
    found = await rows(
        f"{_listed(sight)} AND (c.stage = ANY($3) OR $4 AND c.recount_due <> '')"
        " ORDER BY c.opened_at LIMIT $5",
        *(sight.tenant_id, sorted(sight.jurisdictions), list(TABS[tab]), tab == "recount", MOST),
    )
    known = await packs()
    return [RewardRow(**_shared(one, known.pack(one["jurisdiction"]))) for one in found]


async def counts(by: Actor) -> dict[str, int]:
    """How many there are of each state."""
    sight = await sight_of(by)
    own = order_kinds(sight)
    sql = COUNTED.format(own=BESIDE.format(own=own) if own else "")
    found = await rows(sql, sight.tenant_id, sorted(sight.jurisdictions))
    of_stage = {one["stage"]: int(one["n"]) for one in found}
    counted = {tab: sum(of_stage.get(one, 0) for one in stages) for tab, stages in TABS.items()}
    return counted | {"recount": sum(int(one["again"]) for one in found)}


async def reward(by: Actor, number: str) -> RewardView:
    """One case within this person's sight. NotFound."""
    sight = await sight_of(by)
    sql = f"{_listed(sight)} AND c.number = $3"
    one = await row(sql, sight.tenant_id, sorted(sight.jurisdictions), asked(number))
    if one is None:
        raise NotFound("reward")
    pack = (await packs()).pack(one["jurisdiction"])
    offered = _steps(one, by)
    scheme = scheme_called(pack.rewards, one["scheme"])
    return RewardView(
        **_shared(one, pack),
        version=one["version"],
        scheme=scheme.title if scheme else one["scheme"],
        source=scheme.source if scheme else "",
        finding=one["order_finding"] or "",
        facts=_read(one["facts"]),
        lines=tuple(_read(one["lines"])),
        identity_lines=await _identity(one, by),
        sealed=one["sealed_lines"] is not None,
        missing=tuple(one["missing"]),
        reason=one["reason"],
        end_reason=one["end_reason"],
        hands=await _hands(one),
        claim_until=one["claim_until"],
        approved=one["approved_at"] is not None,
        recount_due=one["recount_due"],
        recover_fen=one["recover_fen"],
        labelled=await labelled_scheme(pack, one["order_id"], one["reported_on"]),
        tops_up=one["tops_up"] or "",
        top_ups=tuple(one["top_ups"]),
        honour=one["honour"],
        failed=await _failed(one),
        consent=one["consent"] or "",
        may=frozenset(step for step in offered if is_apart(by.id, _earlier(one), step)),
        barred=any(not is_apart(by.id, _earlier(one), step) for step in offered),
    )


async def _failed(one: Mapping[str, Any]) -> tuple[Share, ...]:
    """Of the last claim; nothing of whom it was to go to."""
    shares = await shares_of(one["tenant_id"], one["claim_id"]) if one["claim_id"] else ()
    return tuple(share for share in shares if share.state == "failed")


def _listed(sight: Sight) -> str:
    return LISTED.format(own=order_kinds(sight))


def _shared(one: Mapping[str, Any], pack: Pack) -> dict[str, Any]:
    return {
        "number": one["number"],
        "order": one["order_number"],
        "stage": RewardStage(one["stage"]),
        "place": place_label(pack, one["county"], one["township"]),
        "kind": kind_names(pack, one["kinds"][:1] or [""])[0],
        "reported_on": one["reported_on"],
        "sum_fen": one["sum_fen"],
        "min_fen": one["min_fen"],
        "max_fen": one["max_fen"],
        "opened_at": one["opened_at"],
    }


def _steps(one: Mapping[str, Any], by: Actor) -> list[Step]:
    return [
        step
        for step in steps_of(RewardStage(one["stage"]))
        if any(by.may(role) for role in ROLES[step]) and _fits(one, step)
    ]


def _fits(one: Mapping[str, Any], step: Step) -> bool:
    """Beside the stage: some steps answer to what has changed, or to a consent."""
    return {
        Step.RECOUNT_REWARD: RewardStage(one["stage"]) in CHANGEABLE and not one["tops_up_id"],
        Step.KEEP_REWARD: bool(one["recount_due"]),
        Step.CLAW_BACK: bool(one["recount_due"]),
        Step.RECOVER_REWARD: one["recover_fen"] is not None,
        Step.GRANT_HONOUR: one["consent"] in ("unnamed", "named"),
    }.get(step, True)


def _earlier(one: Mapping[str, Any]) -> dict[Step, tuple[str | None, ...]]:
    both = (one["proposed_by"], one["reviewed_by"])
    return {
        Step.REVIEW_REWARD: (one["proposed_by"],),
        Step.APPROVE_REWARD: both,
        Step.REFUSE_REWARD: both,
        Step.CLAW_BACK: (one["paid_by"],),
    }


async def _hands(one: Mapping[str, Any]) -> dict[str, str]:
    hands = {name: one[name] for name in HANDS if one[name]}
    found = await rows(NAMES, one["tenant_id"], list(hands.values()))
    names = {each["id"]: each["name"] for each in found}
    return {hand: names.get(who, "") for hand, who in hands.items()}


async def _identity(one: Mapping[str, Any], by: Actor) -> tuple[Mapping[str, Any], ...]:
    """For those who may see identity; nothing once the reporter's data is erased."""
    if one["sealed_lines"] is None or not by.roles & ROLES[Step.UNMASK]:
        return ()
    vault = await row(VAULT, one["tenant_id"], one["request_id"])
    if vault is None or vault["wrapped_key"] is None:
        return ()
    wrapped = bytes(vault["wrapped_key"])
    try:
        key = open_envelope(one["tenant_id"], one["request_id"], vault["kek_id"], wrapped)
        return tuple(json.loads(key.unseal("reward.lines", bytes(one["sealed_lines"]))))
    except UnreadableError:
        return ()


def _read(said: Any) -> Any:
    return json.loads(said) if isinstance(said, str) else said
