"""奖励变更: counted again, withdrawn before payment, demanded back after; waived, lapsed, kept."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hotline.commands.launch.services import Services
from hotline.database import rows
from hotline.records import Membership, RewardCase, WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.payee import Consent, Honour, Way
from hotline.rules.reward import Penalty
from hotline.rules.reward_ledger import Account
from hotline.rules.terms import Finding, Role, Step
from hotline.steps.claim_reward import Claim, claim
from hotline.steps.claw_back import claw_back, keep, recover
from hotline.steps.find import Conclusion, find
from hotline.steps.grant_honour import grant_honour
from hotline.steps.lapse_reward import lapse_due
from hotline.steps.make_payout import make_payout
from hotline.steps.merge import Merging, merge
from hotline.steps.open_reward import open_by_hand
from hotline.steps.recount_reward import Changed, look_again, penalty_changed
from hotline.steps.redo import redo
from hotline.steps.revoke_reward import revoke
from hotline.steps.reward_case import Asked
from hotline.steps.reward_ledger import Book, balances_of
from hotline.steps.waive_reward import waive
from tests.steps.builders import ODOUR, registered
from tests.steps.desk import (
    LATER,
    TENANT,
    at,
    dispatched,
    handler_of,
    refused,
    staff,
    until,
)
from tests.steps.reward_desk import (
    APPROVER,
    PAYER,
    PROPOSER,
    SOMEBODY,
    answered,
    case_of,
    claimant_of,
    claimed,
    paid,
    reviewed,
    told,
)

BOOK = Book(TENANT, "522700", LATER.year)
WHY = "处罚决定书经复议变更（虚构）"


async def stands() -> dict[Account, int]:
    found = await balances_of(BOOK)
    assert sum(found.values()) == 0
    return found


async def test_what_was_paid_too_much_is_demanded_back_and_comes_back(db: Services) -> None:
    case = await paid()
    which = Asked(case.number)
    await rows('UPDATE reward_case SET facts = facts || \'{"tier": "no such grade"}\'')
    await penalty_changed(which, Changed(Penalty(500), WHY), by=PROPOSER, now=LATER)
    assert (await RewardCase.get(id=case.id)).recount_due == "penalty"
    with refused("reward.nothing_to_recover"):  # what is due is not known: nothing is guessed
        await claw_back(which, WHY, by=APPROVER, now=LATER)
    await rows("UPDATE reward_case SET facts = jsonb_set(facts, '{changed,due_fen}', '4000')")
    with refused("reward.same_person"):
        await claw_back(which, WHY, by=staff_of(case.paid_by or ""), now=LATER)
    await claw_back(which, WHY, by=APPROVER, now=LATER)
    assert (await stands())[Account.RECEIVABLE] == 6_000
    order = await WorkOrder.get(id=case.order_id)
    with refused("reward.already"):  # something of it was kept
        await open_by_hand(order.number, by=PROPOSER, now=LATER)
    await recover(which, "银行回单 2026-17", by=PROPOSER, now=LATER)
    after = await stands()
    assert (after[Account.RECEIVABLE], after[Account.PAID]) == (0, 4_000)
    with refused("reward.not_now"):
        await recover(which, "银行回单 2026-17", by=PROPOSER, now=LATER)


def staff_of(who: str) -> Actor:
    """Somebody with the approver's role and this account."""
    return replace(staff(Role.APPROVER), id=who)


async def test_a_full_file_leaves_the_rest_to_the_next(
    db: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hotline.steps.make_payout.MOST", 1)
    for text in (ODOUR, "瓮安县雍阳街道某采石场（虚构）放炮扬尘，庄稼都白了。"):
        await claimed(text=text)
    for _ in range(2):  # what is on its way takes nobody's place
        await make_payout(by=PAYER, now=LATER)
    with refused("payout.nothing"):
        await make_payout(by=PAYER, now=LATER)


async def test_before_payment_it_is_revoked_and_opened_by_what_has_changed(db: Services) -> None:
    case = await claimed()
    await rows('UPDATE reward_case SET facts = facts || \'{"tier": "较重"}\'')
    said = Changed(Penalty(500, LATER.date()), WHY)
    await penalty_changed(Asked(case.number), said, by=PROPOSER, now=LATER)
    with refused("payout.nothing"):
        await make_payout(by=PAYER, now=LATER)
    await revoke(Asked(case.number), WHY, by=APPROVER, now=LATER)
    assert (await stands())[Account.COMMITTED] == 0
    new = await RewardCase.get(order_id=case.order_id, stage="proposed")
    assert (new.facts["penalty"]["fine_fen"], new.min_fen) == (500, 20_000)


async def test_another_finding_holds_a_promised_reward_back(db: Services) -> None:
    case = await claimed()
    order = await WorkOrder.get(id=case.order_id)
    await redo(at(order), "反映人不满意，重新核查", by=staff(Role.REVIEWER), now=LATER)
    with refused("payout.nothing"):  # what is true is open again
        await make_payout(by=PAYER, now=LATER)
    await find(at(order), Conclusion(Finding.UNFOUNDED), by=handler_of(order), now=LATER)
    assert await look_again(LATER) == 1
    assert await look_again(LATER) == 0
    held = await RewardCase.get(id=case.id)
    assert (held.stage, held.recount_due) == ("claimed", "finding")
    await revoke(Asked(case.number), "复查不属实（虚构）", by=APPROVER, now=LATER)
    assert not await RewardCase.filter(order_id=case.order_id).exclude(id=case.id).exists()


async def test_it_may_stand_and_an_open_one_is_counted_at_once(db: Services) -> None:
    case = await told()
    await rows("UPDATE work_order SET finding = 'partly'")
    assert await look_again(LATER) == 1
    await rows("UPDATE reward_case SET claim_until = $1", (LATER - timedelta(days=9)).date())
    await keep(Asked(case.number), "部分属实仍属奖励范围", by=APPROVER, now=LATER)
    assert await look_again(LATER) == 0
    assert await lapse_due(LATER) == 0  # nothing could be claimed meanwhile: the term runs anew
    await claim(claimant_of(case), Claim(Way.BANK, (SOMEBODY,), "1"), LATER)


async def test_what_was_kept_is_looked_at_again_when_something_else_changes(db: Services) -> None:
    case = await claimed()
    which, other = Asked(case.number), await registered("虚构的另一件。", wants_reward=True)
    await rows("UPDATE work_order SET finding = 'partly'")
    assert await look_again(LATER) == 1
    await keep(which, "部分属实仍属奖励范围", by=APPROVER, now=LATER)
    member = await Membership.get(order_id=case.order_id, to_at__isnull=True)
    await Membership.filter(id=member.id).update(request_id=other.request_id)
    assert await look_again(LATER) == 1
    same = Penalty(500, LATER.date())
    await penalty_changed(which, Changed(same, WHY), by=PROPOSER, now=LATER)
    assert (await RewardCase.get(id=case.id)).recount_due == "first"  # no penalty makes them first
    with refused("payout.nothing"):
        await make_payout(by=PAYER, now=LATER)
    await keep(which, "另一件系同一人重复反映（虚构）", by=APPROVER, now=LATER)
    assert await look_again(LATER) == 0
    await rows("UPDATE work_order SET finding = 'true'")
    assert await look_again(LATER) == 1
    await keep(which, "结论恢复为属实（虚构）", by=APPROVER, now=LATER)
    await make_payout(by=PAYER, now=LATER)  # kept for them beside whoever is first


async def test_what_was_kept_is_paid_though_nobody_of_the_matter_asks_any_more(
    db: Services,
) -> None:
    case = await claimed()
    await rows("UPDATE membership SET to_at = $1", LATER)
    assert await look_again(LATER) == 1
    with refused("payout.nothing"):
        await make_payout(by=PAYER, now=LATER)
    await keep(Asked(case.number), "首报人的来件拆出，仍属其举报（虚构）", by=APPROVER, now=LATER)
    assert await look_again(LATER) == 0
    await make_payout(by=PAYER, now=LATER)


async def test_one_whose_reporter_was_erased_keeps_nobody_elses_from_being_counted(
    db: Services,
) -> None:
    case = await reviewed()
    await rows("UPDATE vault SET wrapped_key = NULL")
    await rows("UPDATE work_order SET finding = 'partly'")
    assert await look_again(LATER) == 1
    assert (await RewardCase.get(id=case.id)).stage == "revoked"
    assert await look_again(LATER) == 0


async def test_an_unapproved_case_follows_the_order_at_once(db: Services) -> None:
    case = await reviewed()
    await rows("UPDATE work_order SET finding = 'unfounded'")
    assert await look_again(LATER) == 1
    case = await RewardCase.get(id=case.id)
    assert (case.stage, case.max_fen, case.reviewed_by) == ("blocked", 0, None)
    assert await look_again(LATER) == 0


async def test_who_was_first_is_looked_at_again_and_nobody_left_ends_it(db: Services) -> None:
    case = await case_of(await answered())
    other = await registered("都匀市某塑料厂（虚构）半夜排臭气。", wants_reward=True)
    member = await Membership.get(order_id=case.order_id, to_at__isnull=True)
    await Membership.filter(id=member.id).update(request_id=other.request_id)
    assert await look_again(LATER) == 1
    assert (await RewardCase.get(id=case.id)).request_id == other.request_id
    await Membership.filter(id=member.id).update(request_id=case.request_id)
    assert await look_again(LATER) == 1
    assert (await RewardCase.get(id=case.id)).request_id == case.request_id
    await Membership.filter(id=member.id).update(to_at=LATER)
    await look_again(LATER)
    assert (await RewardCase.get(id=case.id)).stage == "revoked"


async def test_what_was_paid_before_its_order_was_merged_is_not_paid_again(db: Services) -> None:
    case = await paid()
    before = await WorkOrder.get(id=case.order_id)
    await redo(at(before), "反映人不满意，重新核查", by=staff(Role.REVIEWER), now=LATER)
    into = await dispatched(text="都匀市平浪镇有养猪场（虚构）粪水直排，臭气熏天。")
    ask = Merging(into.number, "两件系同一事项（虚构）")
    await merge(at(before), ask, by=staff(Role.TRIAGE), now=LATER)
    await until(Step.ANSWER, into)
    assert not await RewardCase.filter(order_id=into.id).exists()
    with refused("reward.already"):
        await open_by_hand(into.number, by=PROPOSER, now=LATER)


async def test_given_up_or_not_claimed_in_time_the_sum_goes_back(db: Services) -> None:
    case = await claimed()
    await waive(claimant_of(case), LATER)
    assert (await RewardCase.get(id=case.id)).stage == "waived"
    assert (await stands())[Account.BUDGET] == 100_000

    await rows("UPDATE reward_case SET stage = 'refused'")
    text = "都匀市平浪镇有养猪场（虚构）粪水直排，臭气熏天。"
    late = await told(text=text)
    assert late.claim_until is None
    assert await lapse_due(LATER + timedelta(days=400)) == 0  # the pack names no term: a gap
    await rows("UPDATE reward_case SET claim_until = $1 WHERE id = $2", LATER.date(), late.id)
    assert await lapse_due(LATER) == 0
    assert await lapse_due(LATER + timedelta(days=1)) == 1
    assert (await RewardCase.get(id=late.id)).stage == "lapsed"
    assert (await stands())[Account.BUDGET] == 100_000


async def test_an_honour_needs_the_claimants_word(db: Services) -> None:
    case = await told()
    await claim(claimant_of(case), Claim(Way.BANK, (SOMEBODY,), "1"), LATER)
    with refused("reward.no_consent"):
        await grant_honour(Asked(case.number), Honour.PRAISE, by=APPROVER, now=LATER)
    await rows("UPDATE reward_claim SET honour = $1", Consent.UNNAMED.value)
    await grant_honour(Asked(case.number), Honour.CERTIFICATE, by=APPROVER, now=LATER)
    assert (await RewardCase.get(id=case.id)).honour == "certificate"
