"""清理: what nobody sent is gone after its time; what was sent stays."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from hotline.commands.launch.services import Services
from hotline.database import rows
from hotline.lookups.draft import draft
from hotline.policy.store import NATIONAL
from hotline.records import Attachment, Attempt, Draft
from hotline.settings import settings
from hotline.steps.attach import Holder, attach
from hotline.steps.draft import (
    LIFE,
    RECEIPT_LIFE,
    DraftKey,
    discard_draft,
    finish_draft,
    keep_draft,
)
from hotline.steps.expire_drafts import expire_drafts
from hotline.steps.sweep import forget_visits
from tests.steps.builders import NOW, registered
from tests.steps.test_erase import a_picture

KEY = DraftKey("520000", "citizen", "a token")


def kept_files() -> Iterator[Path]:
    return (path for path in settings().files.rglob("*") if path.is_file())


async def a_draft(now: datetime = NOW) -> UUID:
    draft_id = await keep_draft(KEY, {"text": "闻到臭味（虚构）"}, now)
    await attach(Holder(KEY.tenant_id, draft_id=draft_id), a_picture(), "x.png", now)
    return draft_id


async def test_a_draft_that_nobody_sent_goes_with_its_files_when_its_time_is_over(
    db: Services,
) -> None:
    before = set(kept_files())
    await a_draft()
    assert await expire_drafts(NOW + LIFE - timedelta(seconds=1)) == 0
    assert await expire_drafts(NOW + LIFE) == 1
    assert (await Draft.all().count(), await Attachment.all().count()) == (0, 0)
    assert set(kept_files()) == before


async def test_a_discarded_draft_goes_at_the_next_sweep(db: Services) -> None:
    await a_draft()
    await discard_draft(KEY, NOW)
    assert await expire_drafts(NOW) == 1
    assert await Attachment.all().count() == 0


async def test_the_files_of_a_draft_that_was_sent_stay_with_the_report(db: Services) -> None:
    await a_draft()
    receipt, view = await registered(), await draft(KEY.tenant_id, KEY.kind, KEY.token, NOW)
    assert view is not None
    await finish_draft(view.envelope, {"number": receipt.number}, receipt.request_id, NOW)
    assert await expire_drafts(NOW + RECEIPT_LIFE) == 1
    (picture,) = await Attachment.all()
    assert picture.wrapped_key is not None
    assert any(str(picture.id) in path.name for path in kept_files())


async def test_old_counts_are_forgotten_and_fresh_ones_are_not(db: Services) -> None:
    for hours in (1, 72):
        await Attempt.create(
            tenant_id=NATIONAL, bucket=bytes([hours]), window_start=NOW - timedelta(hours=hours)
        )
    await forget_visits(NOW)
    assert [bytes(one["bucket"]) for one in await rows("SELECT bucket FROM attempt")] == [b"\x01"]
