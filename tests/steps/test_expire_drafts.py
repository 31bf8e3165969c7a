"""Old drafts go with their files; what was sent keeps them."""

from datetime import timedelta
from io import BytesIO

from PIL import Image

from hotline.commands.launch.services import Services
from hotline.records import Attachment, Draft, files
from hotline.steps.attach import Holder, attach
from hotline.steps.draft import LIFE, DraftKey, keep_draft
from hotline.steps.expire_drafts import expire_drafts
from hotline.steps.register import register
from tests.steps.builders import NOW, REPORTER, a_delivery, a_report

KEY = DraftKey("520000", "citizen", "a-token-of-a-browser")
AFTER = NOW + LIFE


async def draft_with_picture() -> Attachment:
    draft_id = await keep_draft(KEY, {"text": "异味（虚构）"}, NOW)
    drawn = BytesIO()
    Image.new("RGB", (64, 64), "green").save(drawn, "PNG")
    await attach(Holder("520000", draft_id=draft_id), drawn.getvalue(), "p.png", NOW)
    return await Attachment.get(draft_id=draft_id)


async def is_stored(path: str) -> bool:
    try:
        return bool(await files.get(path))
    except FileNotFoundError:
        return False


async def test_a_draft_is_kept_until_its_time_is_over(db: Services) -> None:
    await draft_with_picture()
    assert await expire_drafts(AFTER - timedelta(seconds=1)) == 0
    assert await Draft.all().count() == 1


async def test_an_abandoned_draft_goes_with_its_files(db: Services) -> None:
    staged = await draft_with_picture()
    assert await is_stored(staged.stored)
    assert await expire_drafts(AFTER) == 1
    assert not await Draft.exists()
    assert not await Attachment.exists()
    assert not await is_stored(staged.stored)
    assert not await is_stored(staged.derivative or "")


async def test_files_of_a_report_that_waits_to_be_decided_stay(db: Services) -> None:
    staged = await draft_with_picture()
    delivery = a_delivery(delivery_id=str(staged.draft_id))
    await register(a_report(), delivery, by=REPORTER, now=NOW)
    assert await expire_drafts(AFTER) == 1
    assert await Attachment.exists()
    assert await is_stored(staged.stored)
