"""公开期限: days to publish, days to withdraw, and what was public when."""

from datetime import date, timedelta
from uuid import UUID

from hotline.commands.launch.services import Services
from hotline.database import rows
from hotline.lookups.public_history import earlier, on_day, versions
from hotline.records import Publication, PublicTerm
from hotline.rules.terms import Finding, Role, Step
from hotline.steps.affirm import affirm
from hotline.steps.disclose import Proposal, approve, propose
from hotline.steps.find import Conclusion, find
from hotline.steps.redo import redo
from hotline.steps.retract import retract
from hotline.steps.warn_public import warn_public
from hotline.steps.withhold import withhold
from tests.steps.desk import LATER, TENANT, at, dispatched, handler_of, refused, staff, until
from tests.steps.referral_desk import a_chief

OLD = Proposal("一家企业异味问题", "收集设施破损，生产时有异味。", "已责令限期修复设施。")
NEW = Proposal("一家企业异味问题（复查）", "经复查，原认定有误。", "异味来自相邻单位，已另行立案。")
PUBLISHER = staff(Role.PUBLISHER)
DAY = timedelta(days=1)


async def running() -> dict[str, PublicTerm]:
    return {one.rule: one for one in await PublicTerm.filter(stopped_at=None)}


async def test_a_result_is_due_in_twenty_working_days_and_once_public_is_due_no_more(
    db: Services,
) -> None:
    order = await until(Step.CLOSE, await dispatched())
    due = (await running())["create"]
    assert (due.count, due.unit, due.holder_id) == (20, "working_day", order.id)
    assert due.due_on >= LATER.date() + timedelta(days=26)
    number = await propose(at(order), OLD, by=handler_of(order), now=LATER)
    await approve(TENANT, number, by=PUBLISHER, now=LATER)
    assert await running() == {}
    assert (await PublicTerm.get(id=due.id)).outcome == "published"


async def test_what_is_not_published_has_its_reason_and_is_asked_about_once(db: Services) -> None:
    order = await until(Step.ANSWER, await dispatched())
    await withhold(at(order), "涉及商业秘密，不予公开", by=PUBLISHER, now=LATER)
    with refused("withhold.nothing"):
        await withhold(at(order), "涉及商业秘密，不予公开", by=PUBLISHER, now=LATER)


async def test_a_changed_basis_is_withdrawn_in_three_working_days_and_told_anew_with_its_history(
    db: Services,
) -> None:
    order = await until(Step.CLOSE, await dispatched())
    by = handler_of(order)
    first = await propose(at(order), OLD, by=by, now=LATER)
    await approve(TENANT, first, by=PUBLISHER, now=LATER)
    with refused("disclose.already"):  # nothing newer to say
        await propose(at(order), NEW, by=by, now=LATER)
    await redo(at(order), "群众反映仍有异味", by=staff(Role.SUPERVISOR), now=LATER)
    doubted = (await running())["withdraw"]
    assert (doubted.count, doubted.cause) == (3, "redo")
    await affirm(TENANT, first, "复核后仍成立，暂不撤回", by=PUBLISHER, now=LATER + DAY)
    assert "withdraw" not in await running()
    await find(at(order), Conclusion(Finding.UNFOUNDED), by=by, now=LATER)
    assert (await running())["withdraw"].cause == "find"
    with refused("affirm.other_finding"):
        await affirm(TENANT, first, "复核后仍成立，暂不撤回", by=PUBLISHER, now=LATER + DAY)
    for personal in ("举报人13800138000说错了", "只\u200b有我家投诉，系误报"):
        with refused("retract.personal"):
            await retract(TENANT, first, personal, by=PUBLISHER, now=LATER)
    await retract(TENANT, first, "原结论有误，依法撤回", by=PUBLISHER, now=LATER + 3 * DAY)
    assert await running() == {}
    await until(Step.CLOSE, order)
    second = await propose(at(order), NEW, by=by, now=LATER + 4 * DAY)
    await approve(TENANT, second, by=PUBLISHER, now=LATER + 5 * DAY)
    assert (await Publication.get(number=second)).earlier_id is not None

    told = await versions(PUBLISHER, second)
    assert [(one.number, one.what) for one in told] == [
        (first, "shown"),
        (first, "gone"),
        (second, "shown"),
    ]
    (before,) = await earlier(TENANT, second)
    assert (before.number, before.reason) == (first, "原结论有误，依法撤回")
    shown = on_day(told, (LATER + 4 * DAY).date())
    assert shown is None  # taken back, and not yet told anew
    old, new = on_day(told, LATER.date()), on_day(told, date(2099, 1, 1))
    assert old is not None
    assert new is not None
    assert (old.content["title"], new.content["title"]) == (OLD.title, NEW.title)


async def test_a_newer_result_takes_the_place_of_what_is_public(db: Services) -> None:
    order = await until(Step.CLOSE, await dispatched())
    by = handler_of(order)
    first = await propose(at(order), OLD, by=by, now=LATER)
    await approve(TENANT, first, by=PUBLISHER, now=LATER)
    await redo(at(order), "群众反映仍有异味", by=staff(Role.SUPERVISOR), now=LATER)
    await until(Step.ANSWER, order)
    second = await propose(at(order), NEW, by=by, now=LATER + DAY)
    await approve(TENANT, second, by=PUBLISHER, now=LATER + 2 * DAY)
    stages = {one.number: one.stage for one in await Publication.all()}
    assert stages == {first: "retracted", second: "published"}
    assert await running() == {}


async def test_a_term_is_told_of_once_before_on_and_after_its_last_day_and_overdue_upwards(
    db: Services,
) -> None:
    publisher = UUID((await a_chief(Role.PUBLISHER)).id)
    above = UUID((await a_chief()).id)
    order = await until(Step.CLOSE, await dispatched())
    first = await propose(at(order), OLD, by=handler_of(order), now=LATER)
    assert (await warn_public(LATER)).terms == 0
    due = (await running())["create"].due_at
    for at_ in (due - 2 * DAY, due - 2 * DAY, due - timedelta(hours=5)):
        await warn_public(at_)
    await approve(TENANT, first, by=PUBLISHER, now=due)
    await redo(at(order), "群众反映仍有异味", by=staff(Role.SUPERVISOR), now=due)
    late = (await running())["withdraw"].due_at + 9 * DAY
    assert (await warn_public(late)).terms == 1  # the clock was away: overdue alone is said
    assert (await warn_public(late)).terms == 0
    told = await rows("SELECT template, staff_id FROM message WHERE recipient = 'duty'"
                      " AND template LIKE 'duty.%' AND staff_id = ANY($1) ORDER BY seq, staff_id",
                      sorted((publisher, above)))  # fmt: skip
    assert [(one["template"], one["staff_id"]) for one in told] == [
        ("duty.publish_soon", publisher),
        ("duty.publish_today", publisher),
        *(("duty.withdraw_late", one) for one in sorted((publisher, above))),
    ]
