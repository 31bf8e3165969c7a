"""What becomes public: proposed by the department, approved by a publisher, taken back."""

from hotline.commands.demonstration.book import one_of, page
from hotline.commands.demonstration.scene import Turn
from hotline.commands.demonstration.writing import told_anew
from hotline.records import Publication
from hotline.rules.actor import Actor
from hotline.rules.terms import Role
from hotline.steps.disclose import approve, propose
from hotline.steps.retract import retract


async def proposed(turn: Turn) -> None:
    """公开, proposed by the department that leads."""
    desk = await turn.desk()
    ask = told_anew(turn.lots, turn.scene.pack, desk.order)
    await propose(desk.target, ask, by=desk.handler, now=turn.at)


async def approved(turn: Turn) -> None:
    """Approved: from now on public."""
    number = await _number(turn)
    await approve(turn.target.tenant_id, number, by=await _publisher(turn), now=turn.at)


async def retracted(turn: Turn) -> None:
    """撤回公开, with the reason."""
    why, number = one_of(turn.lots, page("remarks")["retract"]), await _number(turn)
    await retract(turn.target.tenant_id, number, why, by=await _publisher(turn), now=turn.at)


async def _number(turn: Turn) -> str:
    order = await turn.order()
    found = await Publication.get(tenant_id=order.tenant_id, order_id=order.id)
    return str(found.number)


async def _publisher(turn: Turn) -> Actor:
    return await turn.scene.cast.of(Role.PUBLISHER)
