"""分别受理: six bodies of one province accept by themselves, each with desk, numbers and terms."""

from dataclasses import replace

import pytest

from hotline.errors import NotFound
from hotline.lookups.accepting import TakenBy
from hotline.lookups.progress import progress_of
from hotline.lookups.triage import queue
from hotline.policy.store import packs
from hotline.records import Clock, Message, ServiceRequest, WorkOrder
from hotline.rules.accepting import accepting_body
from hotline.rules.actor import Actor
from hotline.rules.clocks import Scheme, Unit
from hotline.rules.message import Outgoing
from hotline.rules.terms import Role, Step
from hotline.steps.accept import Acceptance, accept
from hotline.steps.clocks import concerns, start_request_clocks
from hotline.steps.decide import decide
from hotline.steps.hand_on import HandingOn, hand_on, hand_on_report, turn_terms
from hotline.steps.ready import ready
from tests.steps.builders import NOW, registered
from tests.steps.desk import LATER, at, refused, staff

pytestmark = pytest.mark.usefixtures("five")
JILIN, COUNTY = "220000", "220104"  # 朝阳区
FOREST = "有人偷排，林子里的树也死了，希望尽快查处。"


async def arrived(text: str) -> ServiceRequest:
    receipt = await registered(text, tenant_id=JILIN, jurisdiction=JILIN)
    await decide(JILIN, receipt.request_id, NOW)
    return await ServiceRequest.get(tenant_id=JILIN, id=receipt.request_id)


async def test_each_of_the_six_accepts_under_its_own_number() -> None:
    pack = (await packs()).pack(JILIN)
    assert len(pack.accepting) == 6
    assert len({one.prefix for one in pack.accepting.values()} | {pack.prefix}) == 7
    county = f"{COUNTY}.forestry"
    assert accepting_body(pack.accepting, pack.departments, county) == "220000.forestry"
    assert accepting_body(pack.accepting, pack.departments, "220000.police") is None

    request = await arrived(FOREST)
    by = staff(Role.TRIAGE, jurisdiction=JILIN)
    for kind, prefix in (("ecology.forest", "JLLCG"), ("air.odour", "JLHJG")):
        number = await accept(at(request), Acceptance(COUNTY, None, (kind,)), by=by, now=LATER)
        assert number.startswith(prefix)
        request = await arrived(f"{FOREST}{kind}")


async def test_a_bodys_desk_has_its_own_and_what_is_nobodys_yet() -> None:
    request = await arrived(FOREST)
    await ServiceRequest.filter(id=request.id).update(body="220000.forestry")
    forestry = staff(Role.TRIAGE, department="220000.forestry", jurisdiction=JILIN)
    water = staff(Role.TRIAGE, department="220000.water", jurisdiction=JILIN)
    everybody = staff(Role.TRIAGE, jurisdiction=JILIN)
    seen = [[row.number for row in (await queue(by, LATER)).rows] for by in (forestry, water)]
    assert seen == [[request.number], []]
    assert (await queue(everybody, LATER)).counts["request"] == 1


async def test_a_term_may_be_of_one_body_alone() -> None:
    request = await arrived(FOREST)
    request.body = "220000.forestry"
    base = {"code": "own", "name": "受理", "holder": "request", "count": 7, "starts": "register"}
    for bodies, runs in (((), True), (("220000.forestry",), True), (("220000.water",), False)):
        scheme = Scheme(**base, unit=Unit.WORKING_DAY, bodies=bodies)  # type: ignore[arg-type]
        assert concerns(scheme, request) is runs


async def test_what_another_body_has_is_not_decided_here() -> None:
    request = await arrived(FOREST)
    by = staff(Role.TRIAGE, department="220000.water", jurisdiction=JILIN)
    await ServiceRequest.filter(id=request.id).update(body="220000.forestry")
    choice = Acceptance(COUNTY, None, ("ecology.forest",))
    with pytest.raises(NotFound):
        await accept(at(request), choice, by=by, now=LATER)


ASK = HandingOn("220000.water", "反映的是河道采砂，属于水利部门职责")


def desk(body: str) -> Actor:
    return staff(Role.TRIAGE, department=f"220000.{body}" if body else "", jurisdiction=JILIN)


async def test_a_body_hands_a_report_on_once_and_whoever_sits_above_ends_the_dispute() -> None:
    request = await arrived(FOREST)
    await ServiceRequest.filter(id=request.id).update(body="220000.forestry")
    ends = [one.due_at for one in await Clock.filter(holder_id=request.id, stopped_at=None)]
    with pytest.raises(NotFound):
        await hand_on_report(at(request), ASK, by=desk("housing"), now=LATER)
    for body, key in (("220000.police", "unknown"), ("220000.forestry", "same")):
        with refused(f"hand_on.{key}"):
            ask = HandingOn(body, ASK.reason)
            await hand_on_report(at(request), ask, by=desk("forestry"), now=LATER)
    await hand_on_report(at(request), ASK, by=desk("forestry"), now=LATER)
    back = HandingOn("220000.forestry", "属于林地，应由林草部门受理")
    with refused("hand_on.had_it"):
        await hand_on_report(at(request), back, by=desk("water"), now=LATER)

    # what was promised runs on; who has it now, how to reach it and why is told
    running = Clock.filter(holder_id=request.id, stopped_at=None)
    assert [one.due_at for one in await running] == ends != []
    seen = await progress_of(await ServiceRequest.get(id=request.id), await packs())
    assert seen.taken_by == TakenBy("吉林省水利厅", "12345", ASK.reason)
    told = await ready(await Message.get(template="request.handed_on"))
    assert isinstance(told, Outgoing)
    assert (told.values["authority"], told.values["reason"]) == ("吉林省水利厅", ASK.reason)

    # it accepts under its own number, and its own desk says who handles it
    choice = Acceptance(COUNTY, None, ("ecology.forest",))
    number = await accept(at(request), choice, by=desk("water"), now=LATER)
    assert number.startswith("JLSLG")
    order = await WorkOrder.get(number=number)
    assert (order.stage, order.lead) == ("opened", None)
    await hand_on(at(order), back, by=desk(""), now=LATER)
    order = await WorkOrder.get(number=number)
    assert (order.stage, order.number) == ("opened", number)
    assert (await ServiceRequest.get(id=request.id)).body == "220000.forestry"
    mine = (await queue(desk("forestry"), LATER)).rows
    assert [row.number for row in mine] == [number]


async def test_a_term_of_one_body_alone_ends_and_begins_with_that_body() -> None:
    request = await arrived(FOREST)
    base = {"code": "own", "name": "受理", "holder": "request", "count": 7, "starts": "register"}
    given = {**base, "unit": Unit.WORKING_DAY}
    pack = (await packs()).pack(JILIN)
    own = [
        Scheme(**{**given, "code": body, "bodies": (f"220000.{body}",)})  # type: ignore[arg-type]
        for body in ("forestry", "water")
    ]
    pack = replace(pack, schemes=tuple(own))
    request.body = "220000.forestry"
    await start_request_clocks(request, pack, Step.REGISTER, NOW)

    await turn_terms(request, pack, "220000.water", LATER)

    held = {one.scheme: one for one in await Clock.filter(holder_id=request.id)}
    assert (held["forestry"].stopped_at, held["forestry"].outcome) == (LATER, "kept")
    assert (held["water"].started_at, held["water"].stopped_at) == (LATER, None)
