"""保存期满: the words go when the term is over, and not a day before. All made up（虚构）."""

from datetime import datetime, timedelta

from hotline.commands.launch.services import Services
from hotline.database import rows
from hotline.lookups.history_check import check_history
from hotline.records import HeldDelivery, ServiceRequest, Vault
from hotline.rules.terms import Role, Secrecy, Step
from hotline.steps.ask_identity import ask_identity
from hotline.steps.erase import TOMBSTONE
from hotline.steps.erase_person import Left, erase_person
from hotline.steps.hold import hold
from hotline.steps.retain import forget_aside, forget_ended
from hotline.steps.withdraw import withdraw
from tests.steps.builders import NOW, a_delivery, caller, decided
from tests.steps.desk import LATER, TENANT, again, at, dispatched, reporter, staff, until
from tests.support.packs import saying

PHONE = "13900000021"
WHY = "反映人书面申请删除（虚构）"
TERMS = {
    "retention": [
        {"code": "withdrawn", "stages": ["withdrawn"], "months": 24},
        {"code": "closed", "stages": ["closed"], "months": 120},
        {"code": "noise", "stages": ["withdrawn"], "kinds": ["noise"], "months": 36},
    ]
}
ADMIN = staff(Role.ADMIN)
MONTH = timedelta(days=31)


async def withdrawn(text: str) -> ServiceRequest:
    request = await decided(text, contact=caller(PHONE), secrecy=Secrecy.CONFIDENTIAL)
    await withdraw(at(request), "已经自行解决", by=reporter(request), now=LATER)
    return request


async def words_stand(request: ServiceRequest) -> bool:
    vault = await Vault.get(tenant_id=TENANT, id=request.id)
    return vault.wrapped_key is not None and (await again(request)).text != TOMBSTONE


async def test_each_sort_goes_when_its_term_is_over_and_the_chains_still_verify(
    db: Services,
) -> None:
    gone = await withdrawn("都匀市小围寨街道某塑料厂排放刺鼻臭气。")
    longer = await withdrawn("都匀市某歌厅夜里噪声很大，吵得人睡不着。")
    closed = await until(Step.CLOSE, await dispatched(contact=caller("13900000022")))
    asked = await withdrawn("都匀市某砖厂冒黑烟。")
    await ask_identity(at(asked), WHY, by=staff(Role.AGENT), now=LATER)
    await rows("UPDATE service_request SET registered_at = $1", NOW)
    assert await forget_ended(NOW + 200 * MONTH) == 0  # no row of the delivered packs says so

    async with saying(db, "522700", "protection", TERMS):
        assert await forget_ended(NOW + 23 * MONTH) == 0
        assert await forget_ended(NOW + 25 * MONTH) == 1
        assert await forget_ended(NOW + 25 * MONTH) == 0
        assert [await words_stand(one) for one in (gone, longer, asked)] == [False, True, True]
        # one more year for noise; the one a custodian has not decided stays
        assert await forget_ended(NOW + 37 * MONTH) == 1
    first = await ServiceRequest.get(tenant_id=TENANT, id=closed.first_request_id)
    assert await words_stand(first)
    verdict = await check_history()
    assert (verdict.breaks, verdict.is_whole) == ([], True)


async def test_one_person_is_found_by_number_and_erased_as_far_as_the_law_lets(
    db: Services,
) -> None:
    gone = await withdrawn("都匀市小围寨街道某塑料厂排放刺鼻臭气。")
    open_ = await decided("都匀市某砖厂冒黑烟。", contact=caller(PHONE))
    others = await decided("都匀市某砖厂又冒黑烟。", contact=caller("13900000023"))
    erased = await erase_person(caller("139-0000-0021"), WHY, by=ADMIN, now=LATER)
    assert erased.gone == (gone.number,)
    assert erased.left == (Left(open_.number, "open"),)
    assert [await words_stand(one) for one in (gone, open_, others)] == [False, True, True]

    async with saying(db, "522700", "protection", TERMS):
        held = await withdrawn("都匀市某采石场扬尘。")
        again_ = await erase_person(caller(PHONE), WHY, by=ADMIN, now=LATER)
    assert Left(held.number, "law") in again_.left


async def test_what_was_set_aside_goes_after_its_days_once_a_person_has_settled_it(
    db: Services,
) -> None:
    for _ in range(2):
        await hold(TENANT, a_delivery(channel="hook:made-up"), "held.unreadable", NOW)
    settled, waits = await HeldDelivery.all().order_by("id")
    await HeldDelivery.filter(id=settled.id).update(resolved_at=NOW, note="不是来件（虚构）")

    async def forgotten(now: datetime) -> list[bool]:
        await forget_aside(now)
        return [(await again(one)).wrapped_key is None for one in (settled, waits)]

    assert await forgotten(NOW + timedelta(days=179)) == [False, False]
    assert await forgotten(NOW + timedelta(days=181)) == [True, False]
