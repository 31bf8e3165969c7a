"""公开照片: blotted for good, cleared by another person, public with its text and not before."""

import io
import re

import httpx
import pytest
from PIL import Image

from hotline.rules.terms import Role
from tests.support.sitting import DESK, Sitting, another, arrived, order_number, seat
from tests.support.visitor import Visitor
from tests.webforms.desk.walk import HANDLED, PUBLIC, at, signed
from tests.webforms.publish.test_publishing import forms_of

SIDE = 400


def face() -> bytes:
    """A grey wall and, in one corner, something red and green that nobody may see."""
    image = Image.new("RGB", (SIDE, SIDE), (128, 128, 128))
    for x in range(100):
        for y in range(100):
            image.putpixel((x, y), (255, 0, 0) if (x // 5 + y // 5) % 2 else (0, 255, 0))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=95)
    return out.getvalue()


def colours(content: bytes, box: tuple[int, int, int, int]) -> tuple[tuple[int, int], ...]:
    with Image.open(io.BytesIO(content)) as image:
        bands = image.convert("RGB").crop(box).getextrema()
    return tuple((int(low), int(high)) for low, high in bands)  # type: ignore[misc]


@pytest.fixture
async def handler(visitor: Visitor) -> Sitting:
    return await seat(visitor, Role.HANDLER, department=DESK)


async def test_a_photo_is_public_when_it_was_blotted_and_another_person_looked(
    client: httpx.AsyncClient, handler: Sitting
) -> None:
    order = await order_number(await arrived())
    await signed(handler, order)
    await handler.client.post(
        at(order, "evidence"),
        data=handler.visitor.form(at(order, "evidence")),
        files={"evidence": ("张三家门口13800138000.jpg", face(), "image/jpeg")},
    )
    reviewer = await seat(another(client), Role.REVIEWER, department=DESK)
    await handler.go(at(order))
    await handler.press(at(order, "texts"), at(order, "submission"), **HANDLED)
    await reviewer.go(at(order))
    await reviewer.press(at(order, "approval"))
    await handler.go(at(order))
    await handler.press(at(order, "publication"), **PUBLIC)
    first, second = [await seat(another(client), Role.PUBLISHER) for _ in range(2)]
    await first.go("/publish")
    (approval,) = [form for form in forms_of(first) if form.endswith("/approval")]
    await first.press(approval)
    number = approval.split("/")[2]

    await first.go(f"/publish/{number}/photos")
    (path,) = set(re.findall(rf"/publish/{number}/photos/\w+", first.text))
    await first.go(path)
    assert (await first.press(path)).status_code == 422  # neither regions nor a look
    region = {"left-0": "0", "top-0": "0", "width-0": "30", "height-0": "30.0"}
    assert (await first.press(path, **{**region, "width-0": "120"})).status_code == 422
    await first.press(path, **region)
    assert not [form for form in forms_of(first) if form.endswith("/clearance")]  # the own one
    public = f"/public/cases/{number}/photos/0"
    assert (await client.get(public)).status_code == 404

    await second.go(f"/publish/{number}/photos")
    (clearance,) = [form for form in forms_of(second) if form.endswith("/clearance")]
    await second.press(clearance)
    page, shown = await client.get(f"/public/cases/{number}"), await client.get(public)
    assert public in page.text
    assert "13800138000" not in page.text
    # within the region one colour, give or take what JPEG adds; the wall beside it as it was
    assert all(high - low < 12 for low, high in colours(shown.content, (4, 4, 112, 112)))
    assert colours(shown.content, (200, 200, 300, 300)) == ((128, 128),) * 3

    await second.press(f"/publish/{number}/blotted/0/removal")
    assert (await client.get(public)).status_code == 404
