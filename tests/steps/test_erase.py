"""删除: the words are gone for good, count and chain stay. All persons are made up（虚构）."""

import io
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from PIL import Image

from hotline.commands.launch.services import Services
from hotline.database import rows
from hotline.errors import NotAllowed, NotFound, StepRefused
from hotline.lookups.draft import draft
from hotline.lookups.history_check import check_history
from hotline.records import Attachment, Message, ServiceRequest, Signature, Vault
from hotline.records.constraints import TABLES
from hotline.records.sealing import UnreadableError, open_envelope
from hotline.rules.actor import Actor
from hotline.rules.report import Contact
from hotline.rules.terms import ActorKind, Role
from hotline.settings import settings
from hotline.steps.attach import Holder, attach
from hotline.steps.decide import decide
from hotline.steps.draft import RECEIPT_LIFE, DraftKey, finish_draft, keep_draft
from hotline.steps.erase import TOMBSTONE, erase
from hotline.steps.register import register
from hotline.steps.supplement import supplement
from hotline.steps.transition import Target
from tests.steps.builders import NOW, REPORTER, a_delivery, a_report, decided, registered

CONTACT = Contact(name="陈某某（虚构）", phone="13800000000", email="reporter@example.org")
ADMIN = Actor(ActorKind.STAFF, "a", frozenset({Role.ADMIN}), "", "520000")
WHY = "举报人书面申请删除"
WORDS = "陈某某家旁边的塑料厂每天半夜排放刺鼻臭气"


def a_picture() -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (64, 64), "green").save(drawn, "PNG")
    return drawn.getvalue()


def kept_files(name: str) -> Iterator[Path]:
    return settings().files.rglob(name)


async def erased() -> ServiceRequest:
    request = await decided(f"都匀市小围寨街道，{WORDS}。", contact=CONTACT, wants_reply=True)
    target = Target(request.tenant_id, request.id)
    reporter = Actor(ActorKind.REPORTER, str(request.id))
    await supplement(target, f"昨晚又闻到了，{WORDS}", by=reporter, now=NOW)
    await attach(Holder(request.tenant_id, request_id=request.id), a_picture(), "x.png", NOW)
    await erase(target, WHY, by=ADMIN, now=NOW + timedelta(days=1))
    return await ServiceRequest.get(tenant_id=request.tenant_id, id=request.id)


async def test_no_word_of_the_reporter_is_left_in_any_table(db: Services) -> None:
    request = await erased()
    for table in set(TABLES) - {"policy_version"}:
        for one in await rows(f"SELECT t::text AS line FROM {table} t"):
            assert "塑料厂" not in one["line"], table
            assert "刺鼻" not in one["line"], table
    assert (request.text, request.sender_index) == (TOMBSTONE, None)
    assert not await Signature.exists(id=request.id)


async def test_the_data_key_is_gone_so_that_a_backup_does_not_open_either(db: Services) -> None:
    request = await decided(f"都匀市小围寨街道，{WORDS}。", contact=CONTACT, wants_reply=True)
    copied = await Vault.get(tenant_id=request.tenant_id, id=request.id)
    await erase(Target(request.tenant_id, request.id), WHY, by=ADMIN, now=NOW)
    stands = await Vault.get(tenant_id=request.tenant_id, id=request.id)
    assert (stands.wrapped_key, stands.report, stands.contact) == (None, None, None)
    with pytest.raises(UnreadableError):
        open_envelope(copied.tenant_id, copied.id, copied.kek_id, stands.wrapped_key)


async def test_pictures_lose_key_and_files(db: Services) -> None:
    request = await erased()
    (picture,) = await Attachment.filter(request_id=request.id)
    assert (picture.wrapped_key, picture.meta) == (None, b"")
    assert picture.removed_at is not None
    assert list(kept_files(f"*{picture.id}*")) == []


async def test_nothing_more_is_sent(db: Services) -> None:
    request = await erased()
    told = await Message.filter(request_id=request.id)
    assert {(one.state, one.error) for one in told} == {("unreachable", "erased")}


async def test_the_chain_still_holds_and_says_who_erased_and_why(db: Services) -> None:
    request = await erased()
    verdict = await check_history()
    assert verdict.breaks == []
    assert verdict.details < verdict.events
    (last,) = await rows(
        "SELECT e.step, e.actor_id, d.detail FROM event e JOIN event_detail d ON d.id = e.id"
        " WHERE e.aggregate_id = $1",
        request.id,
    )
    assert (last["step"], last["actor_id"]) == ("erase", "a")
    detail = last["detail"]
    assert (json.loads(detail) if isinstance(detail, str) else detail) == {"reason": WHY}


async def test_number_place_and_stage_stay_countable(db: Services) -> None:
    request = await erased()
    assert request.number
    assert (request.county, request.stage) == ("522701", "accepted")


async def test_only_an_administrator_erases_and_not_before_it_was_decided(db: Services) -> None:
    request = await decided(contact=CONTACT)
    handler = Actor(ActorKind.STAFF, "h", frozenset({Role.HANDLER}), "", "520000")
    with pytest.raises(NotAllowed):
        await erase(Target(request.tenant_id, request.id), WHY, by=handler, now=NOW)
    fresh = await registered()
    with pytest.raises(StepRefused):
        await erase(Target("520000", fresh.request_id), WHY, by=ADMIN, now=NOW)
    with pytest.raises(StepRefused):
        await erase(Target(request.tenant_id, request.id), "", by=ADMIN, now=NOW)


async def test_nobody_erases_in_another_jurisdiction(db: Services) -> None:
    request = await decided(contact=CONTACT, county="522701", story={"landmark": "某村"})
    elsewhere = Actor(ActorKind.STAFF, "a", frozenset({Role.ADMIN}), "", "522700")
    above = Target(request.tenant_id, request.id)
    await ServiceRequest.filter(id=request.id).update(jurisdiction="520000")

    with pytest.raises(NotFound):
        await erase(above, WHY, by=elsewhere, now=NOW)


async def test_a_picture_that_came_while_the_report_was_decided_goes_too(db: Services) -> None:
    draft = uuid4()
    receipt = await register(
        a_report(contact=CONTACT), a_delivery(delivery_id=str(draft)), by=REPORTER, now=NOW
    )
    await decide("520000", receipt.request_id, NOW)
    late = await attach_before_sending(draft)

    await erase(Target("520000", receipt.request_id), WHY, by=ADMIN, now=NOW)

    assert (await Attachment.get(id=late)).wrapped_key is None
    assert list(kept_files(f"*{late}*")) == []


async def attach_before_sending(draft: UUID) -> UUID:
    """Staged while nothing was delivered yet, and counted a moment after the decision."""
    other = uuid4()
    await attach(Holder("520000", draft_id=other), a_picture(), "x.png", NOW)
    await Attachment.filter(draft_id=other).update(draft_id=draft)
    return UUID(str((await Attachment.get(draft_id=draft)).id))


async def test_no_picture_is_staged_for_what_was_sent(db: Services) -> None:
    draft = uuid4()
    await register(a_report(), a_delivery(delivery_id=str(draft)), by=REPORTER, now=NOW)

    with pytest.raises(StepRefused, match=r"file\.too_late"):
        await attach(Holder("520000", draft_id=draft), a_picture(), "x.png", NOW)


async def test_a_second_tab_adds_nothing_to_what_was_sent(db: Services) -> None:
    key = DraftKey("520000", "citizen", "token of a made-up browser")
    await keep_draft(key, {"text": WORDS, "phone": CONTACT.phone}, NOW)
    open_one = await draft("520000", "citizen", key.token, NOW)
    assert open_one is not None
    await finish_draft(open_one.envelope, {"number": "QN1"}, uuid4(), NOW)

    await keep_draft(key, {"text": WORDS}, NOW)

    found = await draft("520000", "citizen", key.token, NOW)
    assert found is not None
    assert dict(found.answers) == {"number": "QN1"}
    assert found.expires_at == NOW + RECEIPT_LIFE
