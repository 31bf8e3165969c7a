"""微信: fetch what people sent, register talks that were left, take up what nobody answered."""

import time
from typing import Final

import structlog

from hotline.errors import NotFound, StepRefused
from hotline.lookups.wechat_account import wechat_account
from hotline.rules.report import Delivery
from hotline.settings import settings
from hotline.steps.conclude import conclude, conclude_silent
from hotline.steps.converse import converse, settle_answer
from hotline.steps.hold import hold
from hotline.steps.talk_turn import Finished, Reply
from hotline.steps.wechat_media import (
    Medium,
    Waiting,
    keep_medium,
    lease_media,
    media_done,
    media_failed,
    medium,
)
from hotline.steps.wechat_store import Heard, sweep_messages, unanswered
from notifications.wechat_api import STALE, Api, ApiFailed
from workers.job import run, utc_now
from workers.queues import INTAKE, wake
from workers.wechat_tokens import SharedTokens

LONGEST: Final = 30.0  # seconds; messages to people wait on the same line
TWICE: Final = "file.twice"

log = structlog.get_logger()


def fetch_media() -> int:
    """RQ job; may run twice, may run beside another. Returns how many it settled."""
    return run(fetch_all())


def finish_talks() -> int:
    """RQ job: talks that were left are registered as they stand."""
    return run(finish_all())


async def fetch_all() -> int:
    """Everything that is due, for as long as the platform answers.

    Leased one at a time: what was not tried has used up no try.
    """
    settled, until = 0, time.monotonic() + LONGEST
    while time.monotonic() < until and (found := await lease_media(1, utc_now())):
        if not await _fetch_one(found[0]):
            break  # the platform is away: nobody else waits for it
        settled += 1
    return settled


async def finish_all() -> int:
    """Silent talks, unanswered messages, seals that nothing needs any longer."""
    for one in await unanswered(utc_now()):
        await _take_up(one)
    concluded = await conclude_silent(utc_now())
    await sweep_messages(utc_now())
    if concluded:
        wake(INTAKE)
    return concluded


async def _fetch_one(one: Waiting) -> bool:
    """False when there was no way to the platform at all."""
    found = await medium(one)
    if found is None:
        await media_done(one)
        return True
    try:
        await keep_medium(found, await _content(one, found), utc_now())
        await media_done(one)
    except StepRefused as refused:
        if refused.key == TWICE:
            await media_done(one)
        else:  # too late: the report has been made meanwhile, and takes it next time
            await _failed(one, refused.key, permanent=refused.key != "file.too_late")
    except ApiFailed as failed:
        await _failed(one, failed.code, permanent=failed.permanent)
        return failed.code.lstrip("-").isdigit()
    return True


async def _content(one: Waiting, found: Medium) -> bytes:
    api, tokens = Api(settings().wechat_api, settings().outgoing_within), SharedTokens()
    token = await tokens.token(one.account)
    try:
        return await api.media(token, found.media_id)
    except ApiFailed as failed:
        if failed.code not in STALE:
            raise
    token = await tokens.token(one.account, refused=token)
    return await api.media(token, found.media_id)


async def _failed(one: Waiting, error: str, *, permanent: bool) -> None:
    over = await media_failed(one, error, utc_now(), permanent=permanent)
    if over:
        log.error("wechat.media_failed", error=error, attempts=one.attempts)


async def _take_up(one: Heard) -> None:
    """A process ended between storing and answering; the person reads no answer by now."""
    account = await wechat_account(one.account)
    if account is None:
        return
    found = await converse(one, account.jurisdiction, utc_now())
    if isinstance(found, Finished):
        await _conclude(one, found)
        await settle_answer(one, Reply())
    elif not isinstance(found, Reply):
        if found.spoken.rest:  # 补充: a person adds it
            words = Delivery(account.channel, one.id.hex, found.said.text.encode())
            await hold(one.tenant_id, words, "wechat.unanswered", utc_now())
        await settle_answer(one, Reply())


async def _conclude(one: Heard, found: Finished) -> None:
    try:
        await conclude(one.tenant_id, found.draft_id, utc_now())
    except NotFound:
        return
