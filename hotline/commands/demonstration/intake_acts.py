"""What happens to a report: it comes in, is decided, joined, refused, answered, taken back."""

import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Final

from hotline.commands.demonstration.book import one_of, page
from hotline.commands.demonstration.pictures import photograph
from hotline.commands.demonstration.scene import Registered, Turn
from hotline.commands.demonstration.special import reply_to
from hotline.rules.actor import Actor
from hotline.rules.report import Delivery, Report, Story
from hotline.rules.terms import ActorKind, Channel, RequestStage, Role
from hotline.steps.accept import Acceptance, accept
from hotline.steps.answer_on_spot import answer_on_spot
from hotline.steps.attach import Holder, attach
from hotline.steps.claim import MOST_ATTEMPTS, Claimed
from hotline.steps.clue import Clue, keep_clue
from hotline.steps.decide import decide, fail
from hotline.steps.join import Joining, join
from hotline.steps.numbers import fresh_code
from hotline.steps.refuse import Refusal, refuse
from hotline.steps.register import register
from hotline.steps.supplement import supplement
from hotline.steps.withdraw import withdraw

HELD_FOR: Final = timedelta(days=30)  # what the demonstration shows as just come in
PLAYED_FOR: Final = timedelta(hours=1)  # meanwhile no worker takes what the plan decides
PHOTOGRAPHED: Final = 0.3
BY_AGENT: Final = frozenset({Channel.PHONE, Channel.LINE_12345, Channel.LETTER, Channel.VISIT})
WEB: Final = Actor(ActorKind.REPORTER, "web")
CHAT: Final = Actor(ActorKind.PARTNER, "wechat", frozenset({Role.MACHINE}))


async def come_in(turn: Turn) -> None:
    """登记 at the door the report came by."""
    report, by = _report(turn), await _door(turn)
    receipt = await register(report, _delivery(turn, report, by), by=by, now=turn.at)
    planned = turn.planned
    known = Registered(planned, receipt.request_id, receipt.number, report.code or "")
    turn.scene.reports[planned.key] = known
    if planned.telling.outlet:
        await _keep_clue(turn)
    if (
        planned.telling.about
        and report.channel is Channel.WEB
        and turn.lots.random() < PHOTOGRAPHED
    ):
        await _photographed(turn)


async def decided(turn: Turn) -> None:
    """The intake decides, as its worker would have."""
    await decide(turn.target.tenant_id, turn.target.id, turn.at, turn.scene.known)


async def failed(turn: Turn) -> None:
    """The intake gave up; a person sees it."""
    claimed = Claimed(turn.target.tenant_id, turn.target.id, None, MOST_ATTEMPTS)
    await fail(claimed, TimeoutError(), turn.at)


async def looked_at(turn: Turn) -> None:
    """受理 by a person, where the intake left it open."""
    if await turn.stage() is RequestStage.TRIAGE:
        await accept(turn.target, _acceptance(turn), by=await _triage(turn), now=turn.at)


async def joined(turn: Turn) -> None:
    """并单 by a person; the very same words had joined by themselves."""
    if await turn.stage() is RequestStage.TRIAGE:
        ask = Joining((await _followed(turn).order()).number)
        await join(turn.target, ask, by=await _triage(turn), now=turn.at)


async def linked(turn: Turn) -> None:
    """重犯: accepted as new, and linked to the closed order."""
    if await turn.stage() is RequestStage.TRIAGE:
        earlier = (await _followed(turn).order()).number
        ask = _acceptance(turn, earlier)
        await accept(turn.target, ask, by=await _triage(turn), now=turn.at)


async def refused(turn: Turn) -> None:
    """不受理 by a person, for the reason in the act's name."""
    await refuse(turn.target, Refusal(turn.detail), by=await _triage(turn), now=turn.at)


async def answered_at_once(turn: Turn) -> None:
    """即时答复: while the caller is on the line, or at the triage desk."""
    text = reply_to(turn.planned.telling.text)
    by = await turn.scene.cast.of(Role.AGENT if turn.planned.held else Role.TRIAGE)
    await answer_on_spot(turn.target, text, by=by, now=turn.at)


async def taken_back(turn: Turn) -> None:
    """撤回诉求 by the reporter."""
    why = one_of(turn.lots, page("remarks")["withdraw"])
    await withdraw(turn.target, why, by=turn.reporter, now=turn.at)


async def supplemented(turn: Turn) -> None:
    """补充 by the reporter."""
    words = one_of(turn.lots, page("remarks")["supplement"])
    await supplement(turn.target, words, by=turn.reporter, now=turn.at)


def _report(turn: Turn) -> Report:
    told, person, pack = turn.planned.telling, turn.planned.person, turn.scene.pack
    until = HELD_FOR if turn.planned.held else PLAYED_FOR
    return Report(
        tenant_id=pack.tenant,
        jurisdiction=pack.jurisdiction,
        channel=person.channel,
        wish=person.wish,
        contact=person.contact,
        secrecy=person.secrecy,
        wants_reply=person.wants_reply,
        wants_reward=person.wants_reward,
        may_publish=person.may_publish,
        story=Story(
            text=told.text,
            title=told.title,
            landmark=told.landmark,
            source_name=told.source,
            occurred=told.occurred,
            outlet=told.outlet,
            url=told.url,
        ),
        county=told.county or None,
        township=told.township or None,
        kinds=told.kinds,
        notice_version=pack.privacy_notice_version,
        registered_at=turn.at,
        is_demo=True,
        code=fresh_code(),
        hold_until=datetime.now(UTC) + until,
    )


async def _door(turn: Turn) -> Actor:
    channel = turn.planned.person.channel
    if channel in BY_AGENT:
        return await turn.scene.cast.of(Role.AGENT)
    if channel is Channel.MEDIA:
        return await turn.scene.cast.of(Role.MEDIA)
    return WEB if channel is Channel.WEB else CHAT


def _delivery(turn: Turn, report: Report, by: Actor) -> Delivery:
    names = {Channel.WEB: "web", Channel.MEDIA: "media", Channel.WECHAT: "hook:wechat"}
    name = names.get(report.channel, f"agent:{by.id}")
    body = json.dumps(asdict(report.story), ensure_ascii=False).encode()
    return Delivery(name, f"demo:{turn.planned.key}", body)


async def _keep_clue(turn: Turn) -> None:
    told = turn.planned.telling
    published = turn.at - timedelta(hours=turn.lots.uniform(2, 40))
    clue = Clue(told.outlet, told.url, published, told.title)
    await keep_clue(turn.target.tenant_id, turn.target.id, clue)


async def _photographed(turn: Turn) -> None:
    holder = Holder(turn.target.tenant_id, request_id=turn.target.id)
    lots, about = turn.lots, turn.planned.telling.about
    for place in range(lots.randint(1, 2)):
        name = f"{turn.at:%Y%m%d}_{place + 1}.jpg"
        await attach(holder, photograph(lots, about), name, turn.at)


def _acceptance(turn: Turn, earlier: str = "") -> Acceptance:
    told = turn.planned.telling
    spot, kinds = told.spot, told.kinds or (told.about,)
    return Acceptance(spot.county, spot.township, kinds, earlier)


def _followed(turn: Turn) -> Turn:
    first = turn.scene.reports[turn.planned.follows].planned
    return Turn(turn.scene, first, turn.name, turn.at)


async def _triage(turn: Turn) -> Actor:
    return await turn.scene.cast.of(Role.TRIAGE)
