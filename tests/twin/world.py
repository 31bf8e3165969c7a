"""One service of two: reports come, orders are handled, and what stands is told in plain values.

Every name and firm here is made up（虚构）.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from hotline.errors import NotAllowed, NotFound, Stale, StepRefused
from hotline.records import Membership, ServiceRequest, WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.terms import ActorKind, Finding, Relation, Role, TextKind, Wish
from hotline.steps.accept import Acceptance, accept
from hotline.steps.answer import answer
from hotline.steps.close import close
from hotline.steps.correct import Correction, correct
from hotline.steps.decide import decide
from hotline.steps.disclose import Proposal, approve, propose
from hotline.steps.find import Conclusion, find
from hotline.steps.follow_up import Rating, follow_up
from hotline.steps.join import Joining, join
from hotline.steps.merge import Merging, merge
from hotline.steps.redo import redo
from hotline.steps.register import Receipt
from hotline.steps.sign import sign
from hotline.steps.split import Splitting, split
from hotline.steps.submit import submit
from hotline.steps.supplement import supplement
from hotline.steps.transition import Target
from hotline.steps.unmerge import Unmerging, unmerge
from hotline.steps.withdraw import withdraw
from hotline.steps.write import Writing, write
from tests.steps.builders import NOW, caller, registered

TENANT, PREFECTURE = "520000", "522700"
WHY = "经核实，情况如上所述"
TEXTS = {
    TextKind.LETTER: "关于群众反映问题的复函。",
    TextKind.RESULT: "经现场检查，已责令改正。",
    TextKind.REPLY: "您反映的问题已核实处理，感谢监督。",
}
CODE = "1234567812345678"
REFUSALS = (StepRefused, NotAllowed, NotFound, Stale)


@dataclass(frozen=True)
class Said:
    """One report before it comes: its words, its sender, and what the sender asks for."""

    text: str
    phone: str
    wants_reward: bool = False


@dataclass
class World:
    """A service, its reports in the order they came, and its clock."""

    reports: list[Receipt] = field(default_factory=list)
    now: datetime = NOW

    def tick(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    # reports

    async def comes(self, said: Said) -> int:
        """A report is registered; which one it is."""
        receipt = await registered(
            said.text,
            wish=Wish.REPORT,
            contact=caller(said.phone),
            wants_reply=True,
            wants_reward=said.wants_reward,
            code=CODE,
        )
        self.reports.append(receipt)
        return len(self.reports) - 1

    async def stands_alone(self, which: int) -> None:
        """The service decides; what it leaves to a person is accepted as understood."""
        request = await self.request(which)
        await decide(TENANT, request.id, self.now)
        request = await self.request(which)
        if request.stage == "triage":
            assert request.county
            ask = Acceptance(request.county, request.township, tuple(request.kinds))
            await accept(self.target(which), ask, by=person(Role.TRIAGE), now=self.now)

    async def decided(self, which: int) -> None:
        """The service alone decides."""
        await decide(TENANT, self.reports[which].request_id, self.now)

    async def joins(self, which: int, other: int, relation: Relation = Relation.SAME) -> None:
        """An agent joins it to the order that another report is in."""
        ask = Joining((await self.order(other)).number, relation)
        await join(self.target(which), ask, by=person(Role.AGENT), now=self.now)

    # orders

    async def parts(self, *which: int) -> None:
        """拆出."""
        order = await self.order(which[0])
        ask = Splitting(tuple(self.reports[one].number for one in which), WHY)
        await split(Target(TENANT, order.id), ask, by=person(Role.TRIAGE), now=self.now)

    async def merges(self, which: int, into: int) -> UUID:
        """合并: the order of one report goes into that of another. Its id."""
        order, other = await self.order(which), await self.order(into)
        ask = Merging(other.number, WHY)
        await merge(Target(TENANT, order.id), ask, by=person(Role.TRIAGE), now=self.now)
        return order.id

    async def unmerges(self, order: UUID) -> None:
        """解除合并."""
        await unmerge(Target(TENANT, order), Unmerging(WHY), by=person(Role.TRIAGE), now=self.now)

    async def tried(self, act: Callable[[], Awaitable[object]]) -> str:
        """Done, or the name of the refusal."""
        try:
            await act()
        except REFUSALS as refusal:
            return f"{type(refusal).__name__} {getattr(refusal, 'key', '')}"
        return "done"

    async def handled(self, which: int, act: str, kinds: tuple[str, ...] = ()) -> str:
        """Somebody takes a step with the order a report is in."""
        order = await self.order(which)
        at, now = Target(TENANT, order.id), self.now
        handler = person(Role.HANDLER, order.lead or "")
        reviewer, chief = person(Role.REVIEWER), person(Role.SUPERVISOR)

        async def texts() -> None:
            await find(at, Conclusion(Finding.TRUE, kinds), by=handler, now=now)
            for kind, said in TEXTS.items():
                await write(at, Writing(kind, said), by=handler, now=now)
            await submit(at, by=handler, now=now)

        async def publish() -> None:
            told = Proposal("某企业扰民", "附近企业影响生活。", "已要求整改。")
            number = await propose(at, told, by=handler, now=now)
            await approve(TENANT, number, by=person(Role.PUBLISHER), now=now)

        async def corrected() -> None:
            ask = Correction(order.county or "", order.township, kinds)
            await correct(at, ask, by=person(Role.TRIAGE), now=now)

        return await self.tried(
            {
                "sign": lambda: sign(at, by=handler, now=now),
                "texts": texts,
                "answer": lambda: answer(at, by=reviewer, now=now),
                "close": lambda: close(at, by=chief, now=now),
                "interim": lambda: close(at, interim=True, left=WHY, by=chief, now=now),
                "redo": lambda: redo(at, WHY, by=chief, now=now),
                "publish": publish,
                "correct": corrected,
            }[act]
        )

    async def told(self, which: int, act: str) -> str:
        """A reporter does something with the own report."""
        at, now = self.target(which), self.now
        by = Actor(ActorKind.REPORTER, str(self.reports[which].request_id))
        rating = Rating(2, solved=False, wants_redo=True, text="还有味道")
        return await self.tried(
            {
                "supplement": lambda: supplement(at, "昨晚又闻到了气味", by=by, now=now),
                "rate": lambda: follow_up(at, rating, by=by, now=now),
                "withdraw": lambda: withdraw(at, "", by=by, now=now),
            }[act]
        )

    # rows

    def target(self, which: int) -> Target:
        return Target(TENANT, self.reports[which].request_id)

    async def request(self, which: int) -> ServiceRequest:
        return await ServiceRequest.get(tenant_id=TENANT, id=self.reports[which].request_id)

    async def order(self, which: int) -> WorkOrder:
        """The order a report is in."""
        held = await Membership.get_or_none(
            tenant_id=TENANT, request_id=self.reports[which].request_id, to_at=None
        )
        if held is None:
            raise NotFound("order")
        return await WorkOrder.get(tenant_id=TENANT, id=held.order_id)


def person(role: Role, department: str = "") -> Actor:
    """Whoever sits there; each role is another person."""
    who = f"00000000-0000-4000-8000-{list(Role).index(role):012d}"
    return Actor(ActorKind.STAFF, who, frozenset({role}), department, PREFECTURE, "某（虚构）")
