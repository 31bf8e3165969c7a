"""Somebody takes some step with some matter, allowed or not. Every name here is made up（虚构）."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random
from uuid import uuid4

from hotline.database import rows
from hotline.errors import NotAllowed, NotFound, Stale, StepRefused
from hotline.rules.actor import Actor
from hotline.rules.checking import CheckOutcome
from hotline.rules.following_up import Asked
from hotline.rules.reviewing import ReviewOutcome
from hotline.rules.terms import ActorKind, Finding, Role, TextKind
from hotline.steps.accept import Acceptance, accept
from hotline.steps.answer import answer
from hotline.steps.answer_on_spot import answer_on_spot
from hotline.steps.archive import archive
from hotline.steps.ask_extension import Asking, ask_extension
from hotline.steps.ask_review import ask_review
from hotline.steps.check import Visit, check
from hotline.steps.close import close
from hotline.steps.confirm_forward import confirm_forward, confirm_report
from hotline.steps.deny_extension import deny_extension
from hotline.steps.disclose import Proposal, approve, propose
from hotline.steps.dispatch import dispatch
from hotline.steps.extend import extend
from hotline.steps.find import Conclusion, find
from hotline.steps.finish_part import finish_part
from hotline.steps.follow_up import Rating, follow_up
from hotline.steps.forward import Outward, forward, forward_report
from hotline.steps.give_part import Task, give_part
from hotline.steps.holders import Holders
from hotline.steps.join import Joining, join
from hotline.steps.merge import Merging, merge
from hotline.steps.object import Objection, object_to
from hotline.steps.redo import redo
from hotline.steps.refuse import Refusal, refuse
from hotline.steps.retract import retract
from hotline.steps.review import Opinion, review
from hotline.steps.rule import Ruling, rule
from hotline.steps.send_back import send_back
from hotline.steps.sign import sign
from hotline.steps.split import Splitting, split
from hotline.steps.submit import submit
from hotline.steps.supplement import supplement
from hotline.steps.take_back import take_back, take_back_report
from hotline.steps.transition import Target
from hotline.steps.try_follow_up import Attempt, try_follow_up
from hotline.steps.unarchive import unarchive
from hotline.steps.unmask import unmask
from hotline.steps.unmerge import Unmerging, unmerge
from hotline.steps.waive_part import waive_part
from hotline.steps.withdraw import withdraw
from hotline.steps.write import Writing, write

Act = Callable[[], Awaitable[object]]
TENANT, PREFECTURE, COUNTY = "520000", "522700", "522701"
WHY = "经核实，情况如上所述"
OUT = Outward("某单位（虚构）", "拨打 00000（虚构）", WHY)
SAID = {
    TextKind.LETTER: "关于群众反映问题的复函。",
    TextKind.RESULT: "经现场检查，已责令改正。",
    TextKind.REPLY: "您反映的问题已核实处理，感谢监督。",
}
REFUSALS = (StepRefused, NotAllowed, NotFound, Stale)


@dataclass(frozen=True)
class Thing:
    """One order or report as it stood when somebody looked at it; the order a report is in, and the
    body its waiting review waits for.
    """

    target: Target
    number: str
    lead: str
    stage: str
    order: Target | None = None
    above: str | None = None


@dataclass
class Walk:
    """Chance, time and people."""

    chance: Random
    now: datetime

    def person(self, role: Role, lead: str = "") -> Actor:
        """One of three people of a role; mostly of the department that leads."""
        other = f"{COUNTY}.water"
        department = lead if self.chance.random() < 0.9 else other
        wide = role not in (Role.HANDLER, Role.REVIEWER) or self.chance.random() < 0.5
        at = "" if wide and role is not Role.HANDLER else department
        who = f"00000000-0000-4000-8000-{self.chance.randrange(3):012d}"
        return Actor(ActorKind.STAFF, who, frozenset({role}), at, PREFECTURE, "某（虚构）")

    def above(self, body: str | None) -> Actor:
        """One of three of the body above, who have answered nothing; mostly of the right one."""
        department = body if self.chance.random() < 0.9 else f"{COUNTY}.water"
        own = f"00000000-0000-4000-8000-{10 + self.chance.randrange(3):012d}"
        return replace(self.person(Role.SUPERVISOR), id=own, department=department or "")

    async def take(self, act: Act) -> str:
        """Done, or the name of the refusal; anything else is a fault of ours."""
        try:
            await act()
        except REFUSALS as refusal:
            return type(refusal).__name__
        return "done"


def order_acts(walk: Walk, at: Thing, orders: list[Thing]) -> dict[str, Act]:
    """Everything that may be tried on an order, by a fitting person mostly."""
    handler = walk.person(Role.HANDLER, at.lead)
    reviewer, chief = walk.person(Role.REVIEWER, at.lead), walk.person(Role.SUPERVISOR)
    triage, publisher = walk.person(Role.TRIAGE), walk.person(Role.PUBLISHER)
    police = f"{COUNTY}.police"
    target, now, to = at.target, walk.now, Holders(f"{COUNTY}.housing", (police,))
    part, assisting = Task(police, WHY, 3), walk.person(Role.HANDLER, police)

    async def texts() -> None:
        finding = walk.chance.choice(list(Finding))
        await find(target, Conclusion(finding), by=handler, now=now)
        for kind, said in SAID.items():
            await write(target, Writing(kind, said), by=handler, now=now)

    async def publish() -> None:
        told = Proposal("某企业扰民", "附近企业影响生活。", "已要求整改。")
        number = await propose(target, told, by=handler, now=now)
        await approve(TENANT, number, by=publisher, now=now)
        if walk.chance.random() < 0.5:
            await retract(TENANT, number, WHY, by=publisher, now=now)

    seen = Visit(now, walk.chance.choice(list(CheckOutcome)), WHY)
    into = walk.chance.choice(orders).number
    ruling = Ruling(WHY, to if walk.chance.random() < 0.5 else None)
    interim = walk.chance.random() < 0.3
    more = Asking(walk.chance.choice((1, 10, 40)), WHY)
    return {
        "sign": lambda: sign(target, by=handler, now=now),
        "object": lambda: object_to(target, Objection(WHY), by=handler, now=now),
        "rule": lambda: rule(target, ruling, by=chief, now=now),
        "dispatch": lambda: dispatch(target, to, by=triage, now=now),
        "texts": texts,
        "submit": lambda: submit(target, by=handler, now=now),
        "give_part": lambda: give_part(target, part, by=handler, now=now),
        "finish_part": lambda: finish_part(target, WHY, by=assisting, now=now),
        "waive_part": lambda: waive_part(target, police, WHY, by=handler, now=now),
        "ask_extension": lambda: ask_extension(target, more, by=handler, now=now),
        "extend": lambda: extend(target, WHY, by=reviewer, now=now),
        "deny_extension": lambda: deny_extension(target, WHY, by=chief, now=now),
        "send_back": lambda: send_back(target, WHY, by=reviewer, now=now),
        "answer": lambda: answer(target, by=reviewer, now=now),
        "close": lambda: close(target, interim=interim, left=WHY, by=chief, now=now),
        "redo": lambda: redo(target, WHY, by=chief, now=now),
        "forward": lambda: forward(target, OUT, by=triage, now=now),
        "confirm_forward": lambda: confirm_forward(target, "T-1", by=triage, now=now),
        "take_back": lambda: take_back(target, WHY, by=triage, now=now),
        "check": lambda: check(target, seen, by=chief, now=now),
        "archive": lambda: archive(target, by=chief, now=now),
        "unarchive": lambda: unarchive(target, WHY, by=chief, now=now),
        "publish": publish,
        "merge": lambda: merge(target, Merging(into, WHY), by=chief, now=now),
        "unmerge": lambda: unmerge(target, Unmerging(WHY), by=chief, now=now),
    }  # fmt: skip


def report_acts(walk: Walk, at: Thing, orders: list[Thing]) -> dict[str, Act]:
    """Everything that may be tried on a report, by its reporter or at a desk."""
    own = at.target.id if walk.chance.random() < 0.95 else uuid4()
    reporter = Actor(ActorKind.REPORTER, str(own))
    triage, agent = walk.person(Role.TRIAGE), walk.person(Role.AGENT)
    handler = walk.person(Role.HANDLER, at.lead)
    target, now = at.target, walk.now
    order = walk.chance.choice(orders).number if orders else ""
    above = walk.above(at.above)
    opinion = Opinion(walk.chance.choice(list(ReviewOutcome)), "经复查，意见如上。")
    rating = Rating(walk.chance.randint(1, 5), solved=False, wants_redo=True, text="还有味道")
    place = Acceptance(COUNTY, None, ("air.odour",), order if walk.chance.random() < 0.3 else "")
    return {
        "supplement": lambda: supplement(target, "昨晚又闻到了气味", by=reporter, now=now),
        "rate": lambda: follow_up(target, rating, by=reporter, now=now),
        "ask_review": lambda: ask_review(target, WHY, by=reporter, now=now),
        "review": lambda: review(target, opinion, by=above, now=now),
        "try": lambda: try_follow_up(target, Attempt(Asked.MISSED), by=agent, now=now),
        "withdraw": lambda: withdraw(target, "", by=reporter, now=now),
        "accept": lambda: accept(target, place, by=triage, now=now),
        "refuse": lambda: refuse(target, Refusal("court"), by=triage, now=now),
        "join": lambda: join(target, Joining(order), by=agent, now=now),
        "spot": lambda: answer_on_spot(target, "请向社区咨询。", by=triage, now=now),
        "forward_report": lambda: forward_report(target, OUT, by=triage, now=now),
        "confirm_report": lambda: confirm_report(target, "T-1", by=triage, now=now),
        "take_back_report": lambda: take_back_report(target, WHY, by=triage, now=now),
        "unmask": lambda: unmask(target, WHY, by=handler, now=now),
        "split": lambda: split(
            at.order or target, Splitting((at.number,), WHY), by=triage, now=now
        ),
    }


async def orders_now() -> list[Thing]:
    """Every order."""
    found = await rows("SELECT id, number, lead, stage FROM work_order ORDER BY number")
    return [
        Thing(Target(TENANT, one["id"]), one["number"], one["lead"] or "", one["stage"])
        for one in found
    ]


async def reports_now() -> list[Thing]:
    """Every report, with the department that leads its order."""
    found = await rows(
        "SELECT r.id, r.number, r.stage, o.lead, o.id AS order_id, (SELECT body FROM review v"
        " WHERE v.request_id = r.id AND v.decided_at IS NULL LIMIT 1) AS above"
        " FROM service_request r LEFT JOIN membership m"
        " ON m.request_id = r.id AND m.to_at IS NULL LEFT JOIN work_order o ON o.id = m.order_id"
        " ORDER BY r.number"
    )
    return [
        Thing(
            Target(TENANT, one["id"]),
            one["number"],
            one["lead"] or "",
            one["stage"],
            Target(TENANT, one["order_id"]) if one["order_id"] else None,
            one["above"],
        )
        for one in found
    ]
