"""公开: told anew, approved by another person, taken back with a reason."""

import httpx
import pytest

from hotline.rules.terms import Role
from tests.support.sitting import (
    DESK,
    SMOKE,
    Sitting,
    another,
    arrived,
    order_number,
    seat,
)
from tests.support.visitor import Visitor
from tests.webforms.desk.walk import PUBLIC, at, closed


@pytest.fixture
async def handler(visitor: Visitor) -> Sitting:
    return await seat(visitor, Role.HANDLER, department=DESK)


@pytest.fixture
async def publisher(client: httpx.AsyncClient) -> Sitting:
    return await seat(another(client), Role.PUBLISHER)


@pytest.fixture
async def order(client: httpx.AsyncClient, handler: Sitting) -> str:
    """A closed order."""
    number = await order_number(await arrived())
    reviewer = await seat(another(client), Role.REVIEWER, department=DESK)
    await closed(handler, reviewer, number)
    await handler.go(at(number))
    return number


async def test_what_another_person_approves_is_public(
    handler: Sitting, publisher: Sitting, order: str
) -> None:
    await handler.press(at(order, "publication"), **PUBLIC)
    assert PUBLIC["title"] not in (await handler.client.get("/public")).text

    await publisher.go("/publish")
    (path,) = [form for form in forms_of(publisher) if form.endswith("/approval")]
    await publisher.press(path)

    assert PUBLIC["title"] in (await handler.client.get("/public")).text


async def test_the_reporters_own_words_are_not_proposed_and_nothing_typed_is_lost(
    handler: Sitting, order: str
) -> None:
    answer = await handler.press(at(order, "publication"), **{**PUBLIC, "problem": SMOKE})

    assert answer.status_code == 422
    assert "请换一种说法重写" in handler.text
    assert PUBLIC["measure"] in handler.text


async def test_whoever_proposed_does_not_approve(publisher: Sitting, order: str) -> None:
    await publisher.go(at(order))
    await publisher.press(at(order, "publication"), **PUBLIC)

    await publisher.go("/publish")

    assert "需由其他公开审核人审核" in publisher.text
    assert not [form for form in forms_of(publisher) if form.endswith("/approval")]


async def test_what_is_taken_back_with_a_reason_is_gone(
    handler: Sitting, publisher: Sitting, order: str
) -> None:
    await handler.press(at(order, "publication"), **PUBLIC)
    await publisher.go("/publish")
    (approval,) = [form for form in forms_of(publisher) if form.endswith("/approval")]
    await publisher.press(approval)
    retraction = approval.replace("/approval", "/retraction")

    await publisher.press(retraction, reason="")
    assert "请写明理由" in publisher.text
    await publisher.press(retraction, reason="处罚决定已撤销，依法撤回公开")

    assert PUBLIC["title"] not in (await handler.client.get("/public")).text


def forms_of(person: Sitting) -> list[str]:
    """Where the forms of the page lead."""
    return [part.partition('"')[0] for part in person.text.split('action="')[1:]]
