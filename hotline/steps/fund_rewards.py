"""奖励预算: what a jurisdiction may spend on rewards in a year."""

from datetime import datetime
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from hotline.database import transaction
from hotline.errors import StepRefused
from hotline.policy.store import packs
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may
from hotline.rules.reward_ledger import Account, funding
from hotline.rules.terms import Aggregate, Step
from hotline.steps.append import Chain, Happening, append
from hotline.steps.reward_ledger import Book, Cause, locked_balances, post

MOST_FEN: Final = 10**13
YEARS: Final = range(2000, 2200)


async def fund(year: int, fen: int, *, by: Actor, now: datetime) -> None:
    """The whole of the year's budget; never less than is set aside or paid. StepRefused."""
    check_may(Step.FUND_REWARDS, by)
    if year not in YEARS or not 0 <= fen <= MOST_FEN:
        raise StepRefused("reward.no_such_budget")
    book = Book((await packs()).pack(by.jurisdiction).tenant, by.jurisdiction, year)
    async with transaction():
        stands = await locked_balances(book)
        move = funding(-stands[Account.APPROPRIATION], fen, stands[Account.BUDGET])
        if move is None:
            return
        await post(book, move, Cause(None, Step.FUND_REWARDS, by, now))
        await _record(book, fen, by, now)


async def _record(book: Book, fen: int, by: Actor, now: datetime) -> None:
    """One history a year of a jurisdiction."""
    id_ = uuid5(NAMESPACE_URL, f"reward-budget:{book.tenant_id}:{book.jurisdiction}:{book.year}")
    chain = Chain(book.tenant_id, Aggregate.REWARD, id_)
    detail = {"jurisdiction": book.jurisdiction, "year": book.year, "fen": fen}
    await append(chain, Happening(Step.FUND_REWARDS, "funded", by, now), detail)
