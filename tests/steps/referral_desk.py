"""Referrals on their way. Every name here is made up（虚构）."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

from hotline.records import Clock, Referral, WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.terms import Role
from hotline.steps.enrol import Person, enrol
from hotline.steps.invite import OPERATOR, Post
from hotline.steps.refer import Referring, refer
from tests.steps.accounts import PASSWORD
from tests.steps.desk import LATER, dispatched, staff

OTHER = staff(Role.SUPERVISOR)
CHIEF = staff(Role.SUPERVISOR)
GROUNDS = "该厂私设暗管，经检测含有毒物质，涉嫌构成犯罪，现提请移送。"
PAPERS = ("letter", "report", "items")


def police(**given: Any) -> Referring:
    base = {
        "kind": "police",
        "addressees": ("522701.police",),
        "grounds": GROUNDS,
        "officers": ("张一（虚构）", "李二（虚构）"),
    }
    return Referring(**{**base, **given})


async def opened(ask: Referring, by: Actor = CHIEF, **given: Any) -> tuple[WorkOrder, str]:
    order = await dispatched(**given)
    return order, await refer(order.number, ask, by=by, now=LATER)


async def running(number: str) -> dict[str, Any]:
    one = await Referral.get(number=number)
    clocks = await Clock.filter(holder_id=one.id, stopped_at=None)
    return {clock.scheme: clock.due_at - clock.started_at for clock in clocks}


async def a_chief(role: Role = Role.SUPERVISOR) -> Actor:
    """Somebody with an account, whom a message can reach."""
    post = Post("522700", frozenset({role}), "")
    person = Person(f"chief.{uuid4().hex[:8]}", "某督办人（虚构）", PASSWORD)
    chief = staff(role)
    return replace(chief, id=str(await enrol(person, post, OPERATOR, LATER)))
