"""查看身份: never by the accused, and only with a custodian's word where the pack has one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hotline.commands.launch.services import Services
from hotline.errors import NotAllowed
from hotline.lookups.custody import asks
from hotline.records import Event, IdentityAsk, ServiceRequest, Supplement, new_id
from hotline.rules.terms import Role, Secrecy, Step
from hotline.steps.ask_identity import ask_identity
from hotline.steps.deny_identity import deny_identity
from hotline.steps.grant_identity import grant_identity
from hotline.steps.unmask import unmask
from tests.steps.builders import caller, decided
from tests.steps.desk import LATER, TENANT, at, handler_of, order_of, refused, staff
from tests.support.packs import saying

CUSTODY = {"custodian": [{"code": "unmask", "roles": ["handler"], "hours": 24}]}
CUSTODIAN = staff(Role.CUSTODIAN)
PHONE = "13900000021"
WHY = "需要到反映人家中核实气味来源（虚构）"


async def reported() -> ServiceRequest:
    return await decided(contact=caller(PHONE), secrecy=Secrecy.CONFIDENTIAL)


async def test_a_handler_looks_once_a_custodian_has_agreed_and_no_longer_than_that(
    db: Services,
) -> None:
    request = await reported()
    by = handler_of(await order_of(request))
    async with saying(db, "522700", "protection", CUSTODY):
        with refused("unmask.needs_custodian"):
            await unmask(at(request), WHY, by=by, now=LATER)
        await ask_identity(at(request), WHY, by=by, now=LATER)
        with refused("unmask.asked_already"):
            await ask_identity(at(request), WHY, by=by, now=LATER)
        (ask,) = await IdentityAsk.all()
        (seen,) = await asks(CUSTODIAN, decided=False)
        assert (seen.why, seen.report) == (WHY, request.number)
        with pytest.raises(NotAllowed):
            await grant_identity(TENANT, ask.id, by=by, now=LATER)
        await deny_identity(TENANT, ask.id, "理由不充分", by=CUSTODIAN, now=LATER)
        await ask_identity(at(request), WHY, by=by, now=LATER)
        again = await IdentityAsk.get(decided_at__isnull=True)
        await grant_identity(TENANT, again.id, by=CUSTODIAN, now=LATER)
        soon = LATER + timedelta(hours=23)
        assert (await unmask(at(request), WHY, by=by, now=soon)).phone == PHONE
        with refused("unmask.needs_custodian"):
            await unmask(at(request), WHY, by=by, now=soon + timedelta(hours=2))
        # an agent is not bound by this pack's row
        await unmask(at(request), WHY, by=staff(Role.AGENT), now=LATER)
    steps = [event.step for event in await Event.filter(aggregate_id=request.id).order_by("seq")]
    looks = [Step.DENY_IDENTITY, Step.ASK_IDENTITY, Step.GRANT_IDENTITY, Step.UNMASK, Step.UNMASK]
    assert steps[-5:] == looks


async def test_nobody_decides_the_own_question(db: Services) -> None:
    request = await reported()
    both = staff(Role.HANDLER, Role.CUSTODIAN, department=(await order_of(request)).lead or "")
    async with saying(db, "522700", "protection", CUSTODY):
        await ask_identity(at(request), WHY, by=both, now=LATER)
        ask = await IdentityAsk.get()
        for by in (both, replace(CUSTODIAN, on_behalf=both.id)):  # nor in the asker's own name
            with refused("unmask.own_ask"):
                await grant_identity(TENANT, ask.id, by=by, now=LATER)


async def test_the_unit_complained_of_never_sees_who_complained(db: Services) -> None:
    request = await reported()
    by = handler_of(await order_of(request))
    await unmask(at(request), WHY, by=by, now=LATER)
    await Supplement.create(
        id=new_id(),
        tenant_id=TENANT,
        request_id=request.id,
        at=LATER,
        text="另外举报都匀市生态环境局自己的食堂长期直排污水。",
    )
    with refused("unmask.accused"):
        await unmask(at(request), WHY, by=by, now=LATER)
