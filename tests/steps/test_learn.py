"""模型启用: one at most in force, asked for what the words leave open. All made up（虚构）."""

from datetime import UTC, datetime, timedelta

import pytest

from hotline.commands.launch.services import Services
from hotline.errors import NotFound
from hotline.lookups.decided import decided as texts_decided
from hotline.records import KindModel, WorkOrder
from hotline.records.learnt import forget, in_force
from hotline.rules.kind_model import KindModel as Learnt
from hotline.rules.kind_model import pairs_of, trained
from hotline.rules.learning import Example
from hotline.rules.terms import Role
from hotline.steps.accept import Acceptance, accept
from hotline.steps.activate import Activation, activate
from hotline.steps.invite import OPERATOR
from hotline.steps.learn import Lesson, learn
from hotline.steps.retire import retire
from tests.steps.builders import NOW, ODOUR, decided
from tests.steps.desk import LATER, at, staff

FIGURES = {"lexicon": {"macro_f1": 0.5}, "with_model": {"macro_f1": 0.6}}
UNHEARD = "都匀市小围寨街道窑口那家又在搞了，窑口黑雾"


def a_model() -> Learnt:
    told = [("air.dust", "窑口黑雾那家"), ("noise.industrial", "铁锤那家哐当")] * 40
    return trained(
        [Example(pairs_of(text), frozenset((kind,)), at) for at, (kind, text) in enumerate(told)]
    ).model


@pytest.fixture(autouse=True)
def afresh() -> None:
    forget()


async def test_a_report_the_words_leave_open_is_answered_by_the_model(db: Services) -> None:
    assert (await decided(UNHEARD)).triage_cause == "kind.none"
    version = await learn("520000", Lesson(a_model(), 80, FIGURES), by=OPERATOR, now=NOW)
    await activate(Activation("520000", version), by=OPERATOR, now=NOW)
    request = await decided(f"{UNHEARD}了")
    assert request.kinds == ["air.dust"]
    assert request.policy["kind_model"].startswith("learnt model, confidence 0.9")
    assert request.policy["kind_model"].endswith("version 1")


async def test_one_is_in_force_and_a_retired_one_no_longer(db: Services) -> None:
    lesson = Lesson(a_model(), 80, FIGURES)
    assert [await learn("520000", lesson, by=OPERATOR, now=NOW) for _ in range(2)] == [1, 2]
    assert await in_force("520000", NOW) is None
    for version in (1, 2):
        await activate(Activation("520000", version), by=OPERATOR, now=NOW)
    found = await in_force("520000", NOW)
    assert found is not None
    assert found.version == 2
    states = await KindModel.all().order_by("version").values_list("state", flat=True)
    assert states == ["retired", "active"]
    assert await retire("520000", "", by=OPERATOR, now=NOW)
    assert await in_force("520000", NOW) is None
    assert not await retire("520000", "", by=OPERATOR, now=NOW)
    with pytest.raises(NotFound):
        await activate(Activation("520000", 9), by=OPERATOR, now=NOW)


async def test_another_process_takes_up_the_new_one_within_a_minute(db: Services) -> None:
    assert await in_force("520000", NOW) is None
    version = await learn("520000", Lesson(a_model(), 80, FIGURES), by=OPERATOR, now=NOW)
    await KindModel.filter(version=version).update(state="active")
    assert await in_force("520000", NOW) is None
    assert await in_force("520000", NOW + timedelta(minutes=1)) is not None


async def test_the_trade_is_kept_with_the_report_and_its_order(db: Services) -> None:
    request = await decided(ODOUR)
    order = await WorkOrder.get(first_request_id=request.id)
    assert request.industry == order.industry == "plastics"


async def test_what_the_words_alone_decided_teaches_nothing(db: Services) -> None:
    await decided(ODOUR)
    assert await texts_decided("520000", datetime(2026, 1, 1, tzinfo=UTC)) == []


async def test_what_a_person_decided_teaches(db: Services) -> None:
    request = await decided(UNHEARD)
    ask = Acceptance("522701", "522701008", ("air.dust",))
    await accept(at(request), ask, by=staff(Role.TRIAGE), now=LATER)
    (one,) = await texts_decided("520000", datetime(2026, 1, 1, tzinfo=UTC))
    assert ("窑口黑雾" in one.text, one.kinds, one.weight) == (True, ("air.dust",), 1.0)
    assert await texts_decided("520000", datetime.now(UTC) + timedelta(days=1)) == []
