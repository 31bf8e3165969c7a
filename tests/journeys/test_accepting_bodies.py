"""分别受理: six bodies of one province accept by themselves, each with desk, numbers and terms."""

import pytest

from hotline.errors import NotFound
from hotline.lookups.triage import queue
from hotline.policy.store import packs
from hotline.records import ServiceRequest
from hotline.rules.accepting import accepting_body
from hotline.rules.clocks import Scheme, Unit
from hotline.rules.terms import Role
from hotline.steps.accept import Acceptance, accept
from hotline.steps.clocks import concerns
from hotline.steps.decide import decide
from tests.steps.builders import NOW, registered
from tests.steps.desk import LATER, at, staff

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
