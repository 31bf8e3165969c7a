"""奖励台账 in the transaction at hand; one jurisdiction's year is moved by one at a time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from hotline.database import row, rows
from hotline.records import RewardPosting, new_id
from hotline.records.writing import add
from hotline.rules.actor import Actor
from hotline.rules.reward_ledger import Account, Move, balances
from hotline.rules.terms import Step

LOCK: Final = "SELECT pg_advisory_xact_lock($1::int, hashtext($2))"
STANDS: Final = """
SELECT from_account, to_account, sum(fen)::bigint AS fen FROM reward_posting
WHERE tenant_id = $1 AND jurisdiction = $2 AND year = $3 GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Book:
    """One jurisdiction's year."""

    tenant_id: str
    jurisdiction: str
    year: int


async def locked_balances(book: Book) -> dict[Account, int]:
    """What stands on each account, unchanged by others till the transaction ends."""
    await row(LOCK, int(book.tenant_id), f"reward:{book.jurisdiction}:{book.year}")
    return await balances_of(book)


async def balances_of(book: Book) -> dict[Account, int]:
    """What stands on each account."""
    found = await rows(STANDS, book.tenant_id, book.jurisdiction, book.year)
    return balances(
        Move(Account(one["from_account"]), Account(one["to_account"]), one["fen"]) for one in found
    )


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a sum moves: which case (None: the budget itself), by which step, whose, when."""

    case_id: UUID | None
    step: Step
    by: Actor
    at: datetime


async def post(book: Book, move: Move, cause: Cause) -> None:
    """One row, never changed afterwards."""
    await add(
        RewardPosting(
            id=new_id(),
            tenant_id=book.tenant_id,
            jurisdiction=book.jurisdiction,
            year=book.year,
            case_id=cause.case_id,
            from_account=move.source.value,
            to_account=move.target.value,
            fen=move.fen,
            step=cause.step.value,
            by=cause.by.id,
            at=cause.at,
        )
    )
