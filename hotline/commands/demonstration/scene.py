"""What an act finds: the cast, the rules, and every report as far as it has come."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from hotline.commands.demonstration.book import Lots, lots
from hotline.commands.demonstration.cast import Cast
from hotline.commands.demonstration.plan import SEED, Planned
from hotline.policy.pack import Pack
from hotline.records import ServiceRequest, WorkOrder
from hotline.records.rarity import NOTHING, Known
from hotline.rules.actor import Actor
from hotline.rules.terms import ActorKind, RequestStage
from hotline.steps.own import order_of
from hotline.steps.transition import Target


@dataclass(frozen=True, slots=True)
class Registered:
    """A report that has its number."""

    planned: Planned
    id: UUID
    number: str
    code: str = field(repr=False)


@dataclass(slots=True)
class Scene:
    """The stage: reports by the key of the plan."""

    pack: Pack
    cast: Cast
    now: datetime
    reports: dict[str, Registered] = field(default_factory=dict)
    known: Known = NOTHING  # how seldom words are by then


@dataclass(frozen=True, slots=True)
class Turn:
    """One act under way: of which report, when, and with which draws."""

    scene: Scene
    planned: Planned
    name: str
    at: datetime

    @property
    def report(self) -> Registered:
        """The report it happens to."""
        return self.scene.reports[self.planned.key]

    @property
    def target(self) -> Target:
        """The same, for a step."""
        return Target(self.scene.pack.tenant, self.report.id)

    @property
    def reporter(self) -> Actor:
        """Whoever knows the code."""
        return Actor(ActorKind.REPORTER, str(self.report.id))

    @property
    def lots(self) -> Lots:
        """This turn's own draws."""
        return lots(SEED, self.planned.key, self.name, self.at.isoformat())

    @property
    def detail(self) -> str:
        """What stands behind the act's name: rate.bad is a bad rating."""
        return self.name.partition(".")[2]

    async def stage(self) -> RequestStage:
        """Where the report stands."""
        found = await ServiceRequest.get(tenant_id=self.target.tenant_id, id=self.target.id)
        return RequestStage(found.stage)

    async def order(self) -> WorkOrder:
        """The order it is in."""
        found = await order_of(self.target)
        assert found is not None, f"{self.planned.key} has no order at {self.name}"
        return found

    async def desk(self) -> "Desk":
        """The order where it lies now, and who handles it there."""
        order = await self.order()
        handler = await self.scene.cast.handler(order.lead) if order.lead else None
        return Desk(order, Target(order.tenant_id, order.id), handler)


@dataclass(frozen=True, slots=True)
class Desk:
    """One order, as an act finds it."""

    order: WorkOrder
    target: Target
    _handler: Actor | None

    @property
    def handler(self) -> Actor:
        """Of the department that leads."""
        assert self._handler is not None, f"{self.order.number} lies with nobody"
        return self._handler
