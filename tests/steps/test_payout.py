"""发放: one share leaves once, a file tells its results once, and the ledger says the same."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hotline.commands.launch.services import Services
from hotline.database import rows
from hotline.lookups.reward_book import book
from hotline.policy.store import packs
from hotline.records import (
    Message,
    PayoutLine,
    RewardCase,
    RewardClaim,
    RewardPosting,
    ServiceRequest,
)
from hotline.rules.clocks import SHANGHAI
from hotline.rules.payee import Way
from hotline.rules.payout import Result
from hotline.rules.reward_ledger import Account
from hotline.rules.terms import Channel, Role
from hotline.steps.claim_reward import Claim, claim
from hotline.steps.erase import erase
from hotline.steps.export_payout import export_payout
from hotline.steps.lapse_reward import lapse_due
from hotline.steps.make_payout import make_payout
from hotline.steps.revoke_reward import revoke
from hotline.steps.reward_case import Asked
from hotline.steps.reward_ledger import Book, balances_of
from hotline.steps.set_secret import set_secret
from hotline.steps.settle_payout import Taken, settle_payout
from hotline.steps.tell_reward import last_day
from tests.steps.builders import caller, decided
from tests.steps.desk import LATER, TENANT, at, refused, reporter, staff
from tests.steps.reward_desk import (
    ACCOUNT,
    APPROVER,
    PAYER,
    SOMEBODY,
    approved,
    claimant_of,
    claimed,
    paid,
    results,
    told,
)

BOOK = Book(TENANT, "522700", LATER.year)
PAID = Result(1, "paid", LATER.date(), voucher="2026-0001")


async def test_from_the_claim_to_the_ledger(db: Services) -> None:
    case = await claimed()
    number = await make_payout(by=PAYER, now=LATER)
    (line,) = await export_payout(number, "", by=PAYER, now=LATER)
    assert (line.fen, line.payee.account) == (10_000, ACCOUNT)
    with refused("reason.too_short"):
        await export_payout(number, "", by=PAYER, now=LATER)
    await export_payout(number, "财务系统导入失败，重新导出", by=PAYER, now=LATER)

    assert await settle_payout(number, results(PAID), by=PAYER, now=LATER) == Taken(paid=1)
    case = await RewardCase.get(id=case.id)
    assert (case.stage, case.paid_by) == ("paid", PAYER.id)
    stands = await balances_of(BOOK)
    assert (stands[Account.COMMITTED], stands[Account.PAID]) == (0, 10_000)
    assert sum(stands.values()) == 0
    newest = await book(APPROVER, LATER.year, most=1)
    assert ([one.target for one in newest.entries], newest.cut) == (["paid"], True)
    assert (newest.stands["paid"], newest.stands["budget"]) == (10_000, 90_000)


async def test_the_same_results_twice_change_nothing_and_others_are_refused(db: Services) -> None:
    await claimed()
    number = await make_payout(by=PAYER, now=LATER)
    file = results(PAID)
    await settle_payout(number, file, by=PAYER, now=LATER)
    before = await rows("SELECT * FROM reward_posting ORDER BY id")
    assert await settle_payout(number, file, by=PAYER, now=LATER) == Taken(again=True)
    told_anew = results(PAID, Result(1, "paid", LATER.date(), voucher="again"))
    assert await settle_payout(number, told_anew, by=PAYER, now=LATER) == Taken()
    for wrong, key in (
        (Result(1, "failed"), "conflict"),
        (Result(2, "paid", LATER.date()), "conflict"),
        (Result(1, "paid", LATER.date(), 9_000), "other_sum"),
        (Result(1, "paid", LATER.date() + timedelta(days=1)), "other_day"),
    ):
        with refused(f"payout.{key}"):
            await settle_payout(number, results(wrong), by=PAYER, now=LATER)
    assert await rows("SELECT * FROM reward_posting ORDER BY id") == before


async def test_two_payers_at_once_pay_once(db: Services) -> None:
    case = await claimed()
    other = staff(Role.PAYER)
    made = await asyncio.gather(
        *(make_payout(by=by, now=LATER) for by in (PAYER, other)), return_exceptions=True
    )
    (number,) = [one for one in made if isinstance(one, str)]
    files = (results(PAID), results(Result(1, "paid", LATER.date(), voucher="by another")))
    await asyncio.gather(
        *(
            settle_payout(number, one, by=by, now=LATER)
            for one, by in zip(files, (PAYER, other), strict=True)
        )
    )
    assert await PayoutLine.filter(case_id=case.id).count() == 1
    assert await RewardPosting.filter(case_id=case.id, to_account="paid").count() == 1


async def test_what_failed_is_claimed_anew_and_whom_to_pay_is_forgotten(db: Services) -> None:
    case = await claimed(wants_reply=True, contact=caller("13900000031"))
    number = await make_payout(by=PAYER, now=LATER)
    failed = results(Result(1, "failed", failure="account"))
    assert await settle_payout(number, failed, by=PAYER, now=LATER) == Taken(failed=1)
    assert (await RewardCase.get(id=case.id)).stage == "told"
    assert (await RewardClaim.get(case_id=case.id)).wrapped_key is None
    assert await Message.filter(template="request.reward_failed").count() == 1
    with refused("payout.nothing"):
        await make_payout(by=PAYER, now=LATER)

    await claim(claimant_of(case), Claim(Way.BANK, (SOMEBODY,), "1"), LATER)
    again = await make_payout(by=PAYER, now=LATER)
    await settle_payout(again, results(PAID), by=PAYER, now=LATER)
    assert (await RewardCase.get(id=case.id)).stage == "paid"


async def test_a_payment_that_failed_gives_whoever_claimed_in_time_the_term_anew(
    db: Services,
) -> None:
    case = await claimed()
    scheme = replace((await packs()).pack(case.jurisdiction).rewards[0], claim_days=90)
    number, late = await make_payout(by=PAYER, now=LATER), LATER + timedelta(days=200)
    await rows("UPDATE reward_case SET claim_until = $1", LATER.date())
    assert last_day(scheme, late) == late.astimezone(SHANGHAI).date() + timedelta(days=90)
    failed = results(Result(1, "failed", failure="account"))
    await settle_payout(number, failed, by=PAYER, now=late)
    assert await lapse_due(late + timedelta(days=1)) == 0
    await claim(claimant_of(case), Claim(Way.BANK, (SOMEBODY,), "1"), late)


async def test_whoever_had_a_hand_in_it_does_not_pay_it(db: Services) -> None:
    case = await approved()
    everything = staff(Role.PAYER, Role.APPROVER)
    await rows("UPDATE reward_case SET approved_by = $1", everything.id)
    await rows("UPDATE reward_case SET stage = 'told', told_at = now()")
    await claim(claimant_of(case), Claim(Way.BANK, (SOMEBODY,), "1"), LATER)
    with refused("payout.nothing"):
        await make_payout(by=everything, now=LATER)
    number = await make_payout(by=PAYER, now=LATER)
    with refused("reward.same_person"):
        await settle_payout(number, results(PAID), by=everything, now=LATER)
    assert (await RewardCase.get(id=case.id)).stage == "claimed"
    await settle_payout(number, results(PAID), by=PAYER, now=LATER)


async def test_nothing_is_revoked_while_its_file_is_out(db: Services) -> None:
    case = await claimed()
    await make_payout(by=PAYER, now=LATER)
    with refused("reward.under_way"):
        await revoke(Asked(case.number), "处罚决定书已被撤销", by=APPROVER, now=LATER)


async def test_a_claim_that_comes_too_late_or_while_it_is_counted_anew(db: Services) -> None:
    case, ask = await told(), Claim(Way.BANK, (SOMEBODY,), "1")
    await rows("UPDATE reward_case SET claim_until = $1", LATER.date())
    with refused("reward.too_late"):
        await claim(claimant_of(case), ask, LATER + timedelta(days=1))
    await rows("UPDATE reward_case SET recount_due = 'finding'")
    with refused("reward.being_recounted"):
        await claim(claimant_of(case), ask, LATER)


async def test_a_paid_case_is_paid(db: Services) -> None:
    case = await paid()
    with refused("reward.not_now"):
        await claim(claimant_of(case), Claim(Way.BANK, (SOMEBODY,), "1"), LATER)


async def test_words_drawn_by_a_code_that_others_know_are_told_to_the_reporter(
    db: Services,
) -> None:
    known: dict[str, Any] = {"wants_reward": True, "wants_reply": True}
    for channel, told_ in ((Channel.WEB, 0), (Channel.PHONE, 1)):
        request = await decided(channel=channel, contact=caller("13900000032"), **known)
        words = await set_secret(at(request), by=reporter(request), now=LATER)
        messages = await Message.filter(request_id=request.id, template="request.secret_set")
        assert len(messages) == told_
        assert not [one for one in messages if words[0] in str(one.fill) or one.sealed_fill]


async def test_whoever_is_erased_is_no_payee_any_more(db: Services) -> None:
    case = await claimed()
    request = await ServiceRequest.get(id=case.request_id)
    await erase(at(request), "本人要求删除个人信息", by=staff(Role.ADMIN), now=LATER)
    assert (await RewardClaim.get(case_id=case.id)).wrapped_key is None
    with refused("payout.nothing"):
        await make_payout(by=PAYER, now=LATER)
