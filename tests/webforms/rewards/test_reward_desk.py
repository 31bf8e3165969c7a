"""奖励台: three people at their browsers, and nothing on any page of the report or the reporter."""

from datetime import datetime

import httpx
import pytest

from hotline.database import row
from hotline.rules.clocks import SHANGHAI
from hotline.rules.terms import Role
from tests.support.sitting import CALLER, DESK, SMOKE, Sitting, another, arrived, order_number, seat
from tests.support.visitor import Visitor
from tests.webforms.desk.walk import closed

WRITTEN = ("小围寨街道某砖厂", "窗台", CALLER.name or "", CALLER.phone or "")


@pytest.fixture
async def case(client: httpx.AsyncClient) -> str:
    """Opened by the service with the answer."""
    number = await order_number(await arrived(SMOKE, wants_reward=True))
    handler = await seat(another(client), Role.HANDLER, department=DESK)
    reviewer = await seat(another(client), Role.REVIEWER, department=DESK)
    await closed(handler, reviewer, number)
    found = await row("SELECT number FROM reward_case")
    assert found is not None
    return str(found["number"])


async def test_facts_review_and_approval_by_three_people(
    client: httpx.AsyncClient, visitor: Visitor, case: str
) -> None:
    first, second = await seat(visitor, Role.REWARD), await seat(another(client), Role.REWARD)
    third = await seat(another(client), Role.APPROVER)
    path, pages = f"/rewards/cases/{case}", []

    await first.go("/rewards?tab=blocked")
    assert case in first.text
    await first.go(path)
    assert "等级（由经办人指明）" in first.text
    await first.press(f"{path}/proposal", tier="较重", sum="5000")
    assert "金额应在 200.0 元至 1000.0 元之间" in first.text
    await first.press(f"{path}/proposal", sum="500", reason="线索准确，配合现场指认")
    pages.append(first.text)
    assert "须由他人办理" in first.text

    await second.go(path)
    await second.press(f"{path}/review")
    await third.go(path)
    await third.press(f"{path}/approval")
    assert "本年预算余额 0.0 元" in third.text
    await third.go("/rewards")
    await third.press("/rewards/budget", year=str(datetime.now(SHANGHAI).year), yuan="100000")
    await third.go(path)
    await third.press(f"{path}/approval")
    pages += [second.text, third.text, await _home(third)]

    assert "已审批，金额已列支。" in pages[-2]
    assert "余额 99,500 元，已审批未发放 500 元" in pages[-1]
    for page in pages:
        assert not [word for word in WRITTEN if word in page]


async def _home(sitting: Sitting) -> str:
    await sitting.go("/rewards?tab=approved")
    return sitting.text
