"""发布稿: two people, consent, bulletins in which nothing small stands. Made up（虚构）."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from hotline.commands.launch.services import Services
from hotline.database import rows
from hotline.errors import BadReport, NotAllowed
from hotline.lookups.history_check import check_history
from hotline.lookups.releases import release
from hotline.records import PublicVersion, Release
from hotline.rules.release import ReleaseKind, ReleaseStage, ReleaseText
from hotline.rules.terms import Role
from hotline.steps.approve_release import approve_release, return_release
from hotline.steps.draft_bulletin import draft_bulletin
from hotline.steps.send_release import Sent, send_release
from hotline.steps.withdraw_release import withdraw_release
from hotline.steps.write_release import Writing, begin_release, write_release
from tests.steps.builders import NOW, ODOUR, decided
from tests.steps.desk import refused, staff

WRITER, PUBLISHER = staff(Role.MEDIA), staff(Role.PUBLISHER)
CASE = ReleaseText("某企业废气直排案（虚构）", "经查，该企业废气未经处理直接排放，已责令改正。")
NEXT = NOW.replace(day=1) + timedelta(days=40)


async def test_one_writes_another_publishes_and_what_is_taken_down_has_its_reason(
    db: Services,
) -> None:
    number = await begin_release(ReleaseKind.TYPICAL, Writing(CASE), by=WRITER, now=NOW)
    with refused("release.not_now"):  # nobody has handed it in
        await approve_release(number, seen=None, by=PUBLISHER, now=NOW)
    await write_release(number, Writing(CASE, offered=True), seen=1, by=PUBLISHER, now=NOW)
    for own in (PUBLISHER, replace(staff(Role.PUBLISHER), on_behalf=PUBLISHER.id)):
        with refused("release.own"):
            await approve_release(number, seen=None, by=own, now=NOW)
    with pytest.raises(NotAllowed):
        await approve_release(number, seen=None, by=WRITER, now=NOW)
    other = staff(Role.PUBLISHER)
    with refused("release.changed"):
        await approve_release(number, seen=1, by=other, now=NOW)
    await return_release(number, "数字请再核对一遍", seen=2, by=other, now=NOW)
    await write_release(number, Writing(CASE, offered=True), seen=3, by=WRITER, now=NOW)
    await approve_release(number, seen=4, by=PUBLISHER, now=NOW)
    with refused("release.not_now"):
        await write_release(number, Writing(CASE), seen=None, by=WRITER, now=NOW)
    await send_release(number, Sent("某都市报（虚构）", "mail"), by=WRITER, now=NOW)
    await withdraw_release(number, "处罚决定已被撤销", seen=None, by=PUBLISHER, now=NOW)
    states = await PublicVersion.all().order_by("seq")
    assert [(one.what, one.reason) for one in states] == [
        ("shown", ""),
        ("gone", "处罚决定已被撤销"),
    ]
    assert (await check_history()).is_whole


async def test_nobody_is_praised_without_consent_and_no_reporter_is_told_of(db: Services) -> None:
    praised = ReleaseText("先进典型：志愿者（虚构）", "联系人：王小明（虚构）长期参与护河。")
    with pytest.raises(BadReport) as found:
        await begin_release(
            ReleaseKind.EXEMPLAR, Writing(praised, offered=True), by=WRITER, now=NOW
        )
    assert found.value.errors["consent"] == "release.need_consent"
    agreed = ReleaseText(praised.title, praised.body, "本人书面同意（虚构）", NOW.date())
    await begin_release(ReleaseKind.EXEMPLAR, Writing(agreed, offered=True), by=WRITER, now=NOW)
    telling = ReleaseText("某案", "举报人电话13800138000。", "本人书面同意（虚构）", NOW.date())
    for kind in (ReleaseKind.TYPICAL, ReleaseKind.EXEMPLAR):
        with pytest.raises(BadReport):
            await begin_release(kind, Writing(telling, offered=True), by=WRITER, now=NOW)


async def test_a_bulletin_counts_its_month_hides_what_is_small_and_waits_for_a_person(
    db: Services,
) -> None:
    for _ in range(5):
        await decided(ODOUR)
    await decided("福泉市金山街道河道被养殖场直排粪污，河水发黑。")
    await rows("UPDATE service_request SET registered_at = $1", NOW)
    with refused("release.span_not_over"):
        await draft_bulletin("522700", ReleaseKind.MONTHLY, NOW.date(), now=NOW, by=WRITER)
    number = await draft_bulletin("522700", ReleaseKind.MONTHLY, NOW.date(), now=NEXT)
    with refused("release.drafted"):
        await draft_bulletin("522700", ReleaseKind.MONTHLY, NOW.date(), now=NEXT)
    found = await release(PUBLISHER, number)
    assert found.figures["totals"]["registered"] == 6
    assert found.figures["places"] == {"都匀市": None, "福泉市": None}  # 6 less 5 would tell
    assert "共收到生态环境诉求6件" in found.body
    assert "可能大于总数" in found.body
    assert "福泉市" not in found.body
    text = ReleaseText(found.title, found.body)
    assert found.is_drafted
    assert found.stage is ReleaseStage.DRAFT
    await write_release(number, Writing(text, offered=True), seen=1, by=WRITER, now=NEXT)
    await approve_release(number, seen=None, by=PUBLISHER, now=NEXT)
    published = await Release.get(number=number)
    assert (published.stage, published.since) == ("published", date(NOW.year, NOW.month, 1))
