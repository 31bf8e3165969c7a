"""奖励预算: what stands on each account of a jurisdiction's year."""

from typing import Final

from hotline.database import rows
from hotline.policy.store import packs
from hotline.rules.actor import Actor
from hotline.rules.reward_ledger import Account, Move, balances

STANDS: Final = """
SELECT from_account, to_account, sum(fen)::bigint AS fen FROM reward_posting
WHERE tenant_id = $1 AND jurisdiction = $2 AND year = $3 GROUP BY 1, 2
"""


async def budget(by: Actor, year: int) -> dict[str, int]:
    """Fen by account of the person's own jurisdiction; `whole` is what was appropriated."""
    tenant_id = (await packs()).pack(by.jurisdiction).tenant
    found = await rows(STANDS, tenant_id, by.jurisdiction, year)
    stands = balances(
        Move(Account(one["from_account"]), Account(one["to_account"]), one["fen"]) for one in found
    )
    named = {account.value: fen for account, fen in stands.items()}
    return {**named, "whole": -named["appropriation"]}
