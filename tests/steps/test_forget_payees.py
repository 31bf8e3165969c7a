"""收款信息 goes when its term is over and nothing comes back; the books stay. 均为虚构."""

from datetime import timedelta

from hotline.commands.launch.services import Services
from hotline.database import rows
from hotline.records import RewardClaim
from hotline.rules.reward_ledger import Account
from hotline.steps.forget_payees import forget_payees
from tests.steps.desk import LATER
from tests.steps.reward_desk import paid
from tests.steps.test_reward_changes import stands
from tests.support.packs import saying

DAY = timedelta(days=1)


async def test_whom_to_pay_goes_after_the_packs_days_and_the_ledger_still_balances(
    db: Services,
) -> None:
    case = await paid()
    assert await forget_payees(LATER + 99_999 * DAY) == 0  # no delivered pack names days
    async with saying(db, "522700", "protection", {"payee_days": 400}):
        assert await forget_payees(LATER + 400 * DAY) == 0
        await rows("UPDATE reward_case SET recount_due = 'penalty'")
        assert await forget_payees(LATER + 401 * DAY) == 0  # something of it may have to come back
        await rows("UPDATE reward_case SET recount_due = ''")
        assert await forget_payees(LATER + 401 * DAY) == 1
        assert await forget_payees(LATER + 401 * DAY) == 0
    claim = await RewardClaim.get(case_id=case.id)
    assert (claim.wrapped_key, claim.sealed) == (None, None)
    assert claim.wiped_at
    assert (await stands())[Account.PAID] == 10_000
