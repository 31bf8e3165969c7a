"""Reports and doers for tests. Every name, number and firm here is made up（虚构）."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from hotline.records import ServiceRequest
from hotline.rules.actor import Actor
from hotline.rules.report import Contact, Delivery, Report, Story
from hotline.rules.terms import ActorKind, Channel, RequestStage, Wish
from hotline.steps.decide import decide
from hotline.steps.register import Receipt, register

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)  # a Friday, 11:00 in Shanghai
REPORTER = Actor(ActorKind.REPORTER, "web")
ODOUR = "都匀市小围寨街道有个塑料厂，每天半夜排放刺鼻臭气，熏得睡不着觉。"


def a_report(text: str = ODOUR, **given: Any) -> Report:
    """A report by the web form, anonymous unless told otherwise."""
    story = Story(text=text, **given.pop("story", {}))
    base = {"tenant_id": "520000", "jurisdiction": "522700", "channel": Channel.WEB}
    return Report(**{**base, "wish": Wish.REPORT, "story": story, **given})


def a_delivery(body: bytes = b"body", **given: Any) -> Delivery:
    """A delivery of its own."""
    return Delivery(given.pop("channel", "web"), given.pop("delivery_id", uuid4().hex), body)


async def registered(text: str = ODOUR, **given: Any) -> Receipt:
    """A report that the door has answered."""
    return await register(a_report(text, **given), a_delivery(), by=REPORTER, now=NOW)


async def decided(text: str = ODOUR, **given: Any) -> ServiceRequest:
    """A report that the worker has decided."""
    receipt = await registered(text, **given)
    await decide("520000", receipt.request_id, NOW)
    return await ServiceRequest.get(tenant_id="520000", id=receipt.request_id)


async def stage_of(receipt: Receipt) -> RequestStage:
    """Where the report stands now."""
    found = await ServiceRequest.get(tenant_id="520000", id=receipt.request_id)
    return RequestStage(found.stage)


def caller(phone: str) -> Contact:
    """A made-up caller."""
    return Contact(name="陈某某（虚构）", phone=phone)
