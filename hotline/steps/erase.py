"""删除个人信息: the data keys of a 来件 are destroyed; no copy, backups included, opens again.

What happened stays countable: number, place, kinds, stages and times remain, a tombstone stands for
the words, and the chain still verifies without the details.
"""

from datetime import datetime
from typing import Any, Final

from hotline.database import rows, transaction
from hotline.errors import StepRefused
from hotline.records import (
    Attachment,
    Draft,
    Feedback,
    FollowUpTry,
    IdentityAsk,
    Message,
    Nuisance,
    Review,
    Signature,
    Supplement,
    Turn,
    Vault,
    WorkOrder,
    files,
)
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may
from hotline.rules.terms import RequestStage, Step
from hotline.rules.wording import reason
from hotline.steps.forget_calls import forget_calls_of
from hotline.steps.own import check_covered, locked_order_of
from hotline.steps.staged_files import bind_files
from hotline.steps.transition import RequestChange, Target, request_transition
from hotline.steps.withdraw_exports import withdraw_exports

TOMBSTONE: Final = "〔已删除〕"
FORGET_TALK: Final = """
UPDATE wechat_message SET wrapped_key = NULL, body = NULL, answer = '', media = 'none'
WHERE tenant_id = $1 AND draft_id IN (SELECT delivery_id::uuid FROM delivery
  WHERE tenant_id = $1 AND request_id = $2 AND channel LIKE 'wechat:%')
"""
# 待修复来件 that a person made into this report: the same words lie there
FORGET_HELD: Final = """
UPDATE held_delivery SET wrapped_key = NULL, body = '' WHERE tenant_id = $1 AND request_id = $2
"""
# 领奖: whom to pay, and what would prove to be the reporter; sums and postings remain
FORGET_CLAIM: Final = (
    """
UPDATE reward_claim k SET wrapped_key = NULL, sealed = NULL, wiped_at = now()
FROM reward_case c WHERE c.tenant_id = k.tenant_id AND c.id = k.case_id
  AND k.tenant_id = $1 AND c.request_id = $2 AND k.wrapped_key IS NOT NULL
""",
    "DELETE FROM reward_secret WHERE tenant_id = $1 AND id = $2",
    "DELETE FROM claim_code WHERE tenant_id = $1 AND request_id = $2",
)


async def erase(target: Target, why: str, *, by: Actor, now: datetime) -> None:
    """Everything by which the reporter is known. NotAllowed, NotFound, Stale, StepRefused."""
    check_may(Step.ERASE, by)
    async with transaction():
        await locked_order_of(target)  # before the report, as every step that needs both
        stored = await _erase(target, why, by, now)
    # once more: a table that was begun meanwhile read the words as they stood
    stored += await withdraw_exports(target, now)
    await files.delete(*stored)  # unreadable already; a crash here leaves sealed bytes, no words


async def _erase(target: Target, why: str, by: Actor, now: datetime) -> list[str]:
    async with request_transition(target, Step.ERASE, by, now) as change:
        await check_covered(change.request, by)
        if change.request.stage == RequestStage.RECEIVED:
            raise StepRefused("erase.not_decided")  # the worker is about to read it
        change.detail["reason"] = reason(why)
        _bury(change)
        stored = await _destroy_keys(change)
        await _forget_words(change)
        stored += await withdraw_exports(target, now)
        await rows("SELECT erase_details($1, $2)", target.tenant_id, target.id)
    return stored


def _bury(change: RequestChange) -> None:
    """Masked words are still somebody's; indexes would find the person again."""
    request = change.request
    request.title, request.text = TOMBSTONE, TOMBSTONE
    request.landmark, request.target = "", ""
    request.longitude = request.latitude = request.accuracy_m = None
    request.suggestions = []
    request.sender_index, request.body_key = None, None


async def _destroy_keys(change: RequestChange) -> list[str]:
    """Of the report, its files and its draft; returns the files that are to be deleted."""
    held = _held(change)
    await bind_files(change.request)  # what came while the report was being decided
    await Vault.filter(tenant_id=change.request.tenant_id, id=change.request.id).update(
        wrapped_key=None, report=None, contact=None, corrected=None, answer=None, sent=None
    )
    await Draft.filter(**held).update(wrapped_key=None, sealed=b"")
    for forget in (FORGET_TALK, FORGET_HELD, *FORGET_CLAIM):
        await rows(forget, change.request.tenant_id, change.request.id)
    attached = Attachment.filter(**held, removed_at__isnull=True)
    stored = [
        name for one in await attached for name in (one.stored, one.derivative) if name is not None
    ]
    await attached.update(wrapped_key=None, meta=b"", removed_at=change.now)
    request = change.request
    return [*stored, *await forget_calls_of(request.tenant_id, request.id, change.now)]


async def _forget_words(change: RequestChange) -> None:
    """What hangs on the report: supplements, ratings, unsent messages, the order's title."""
    held = _held(change)
    await Supplement.filter(**held).update(sealed=None, text=TOMBSTONE)
    await Feedback.filter(**held).update(sealed=None, text="")
    await FollowUpTry.filter(**held).update(note="")
    await Review.filter(**held).update(sealed=None, text=TOMBSTONE)
    await Signature.filter(tenant_id=change.request.tenant_id, id=change.request.id).delete()
    await Turn.filter(**held).update(sealed=None, text=TOMBSTONE)
    await IdentityAsk.filter(**held).update(why=TOMBSTONE, answer="")
    await Nuisance.filter(**held).delete()
    await Message.filter(**held).update(sealed_fill=None)
    await Message.filter(**held, state="queued").update(state="unreachable", error="erased")
    await WorkOrder.filter(
        tenant_id=change.request.tenant_id, first_request_id=change.request.id
    ).update(title=TOMBSTONE)


def _held(change: RequestChange) -> dict[str, Any]:
    return {"tenant_id": change.request.tenant_id, "request_id": change.request.id}
