"""联名份额: shared to the fen; what failed waits for another account, and nothing is paid twice."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace

from hotline.commands.launch.services import Services
from hotline.database import rows
from hotline.errors import StepRefused
from hotline.lookups.own_reward import own_reward
from hotline.lookups.payouts import waiting
from hotline.lookups.rewards import reward
from hotline.records import RewardCase, RewardClaim
from hotline.records.sealing import open_envelope
from hotline.rules.payee import Payee, Way
from hotline.rules.payout import Result
from hotline.rules.reward_ledger import Account
from hotline.steps.claim_reward import PAYEES, Claim, claim
from hotline.steps.export_payout import export_payout
from hotline.steps.make_payout import make_payout
from hotline.steps.renew_payees import renew_payees
from hotline.steps.settle_payout import settle_payout
from tests.steps.desk import LATER, refused
from tests.steps.reward_desk import PAYER, PROPOSER, SOMEBODY, claimant_of, results, told
from tests.steps.test_reward_changes import stands


async def test_joint_reporters_share_where_the_scheme_says_how(db: Services) -> None:
    case = await told()
    three = tuple(replace(SOMEBODY, account=f"622202123456789012{n}") for n in range(3))
    with refused("claim.payees"):  # Guizhou does not say: one of them is paid for all
        await claim(claimant_of(case), Claim(Way.BANK, three, "1"), LATER)
    await claim(claimant_of(case), Claim(Way.BANK, three[:1], "1"), LATER)
    await shared_by(three)
    number = await make_payout(by=PAYER, now=LATER)
    lines = await rows("SELECT place, fen FROM payout_line ORDER BY place")
    assert [one["fen"] for one in lines] == [3334, 3333, 3333]
    bad = Result(2, "failed", failure="account")
    await settle_payout(number, results(bad), by=PAYER, now=LATER)
    assert await own_failed(case) == {}  # what becomes of the others is waited for
    mixed = results(Result(1, "paid", LATER.date()), Result(3, "failed", failure="name"))
    await settle_payout(number, mixed, by=PAYER, now=LATER)
    assert (await RewardCase.get(id=case.id)).stage == "claimed"

    with refused("payout.nothing"):  # nothing is tried again where it failed
        await make_payout(by=PAYER, now=LATER)
    assert (await waiting(PAYER)).many == 0
    assert await own_failed(case) == {1: "account", 2: "name"}
    fresh = {n: replace(SOMEBODY, account=f"622202123456789999{n}") for n in (1, 2)}
    for wrong in ({1: fresh[1]}, {**fresh, 0: SOMEBODY}):
        with refused("claim.shares"):
            await renew_payees(claimant_of(case), Way.BANK, wrong, LATER)
    assert await renewed_at_once(case, fresh) == 1  # pressed twice at once
    assert await own_failed(case) == {}
    old = await export_payout(number, "", by=PAYER, now=LATER)
    assert [one.payee.account for one in old] == [three[0].account, "", ""]
    assert ((await waiting(PAYER)).many, (await waiting(PAYER)).fen) == (1, 6666)
    again = await make_payout(by=PAYER, now=LATER)
    sent = await export_payout(again, "", by=PAYER, now=LATER)
    assert [(one.fen, one.payee) for one in sent] == [(3333, fresh[1]), (3333, fresh[2])]
    rest = results(*(Result(n, "paid", LATER.date()) for n in (1, 2)))
    await settle_payout(again, rest, by=PAYER, now=LATER)
    assert (await RewardCase.get(id=case.id)).stage == "paid"
    assert (await stands())[Account.PAID] == 10_000


async def shared_by(payees: Sequence[Payee]) -> None:
    """As a scheme with equal shares lets them claim."""
    (held,) = await RewardClaim.all()
    assert held.wrapped_key
    key = open_envelope(held.tenant_id, held.id, held.kek_id, held.wrapped_key)
    held.payees = len(payees)
    held.sealed = key.seal(PAYEES, json.dumps([asdict(one) for one in payees]).encode())
    await held.save()


async def own_failed(case: RewardCase) -> dict[int, str]:
    """What its reporter is asked to enter anew, and what the officer reads of it."""
    stands = await own_reward(case.tenant_id, case.request_id, LATER)
    found = {one.payee: one.failure for one in stands.failed}
    read = (await reward(PROPOSER, case.number)).failed
    assert {one.payee: one.failure for one in read if not one.renewed}.items() >= found.items()
    return found


async def renewed_at_once(case: RewardCase, payees: Mapping[int, Payee]) -> int:
    """How many of two took it."""
    asked = (renew_payees(claimant_of(case), Way.BANK, payees, LATER) for _ in range(2))
    done = await asyncio.gather(*asked, return_exceptions=True)
    assert all(one is None or isinstance(one, StepRefused) for one in done), done
    return done.count(None)
