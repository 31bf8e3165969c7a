"""对方附件: what a platform points to is fetched once, or a person hears of it（虚构）."""

import io
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

import httpx
import pytest
from PIL import Image

from hotline.commands.launch.services import Services, in_environment
from hotline.database import row, rows
from hotline.rules.actor import Actor
from hotline.rules.terms import ActorKind, Role
from hotline.steps import partner_files
from hotline.steps.decide import decide
from hotline.steps.erase import erase
from hotline.steps.transition import Target
from tests.support.peer import Asked, Said, peer
from tests.support.platform import ORDER, Platform, application, new_platform
from workers.job import utc_now
from workers.partner_files import fetch_all

ADMIN = Actor(ActorKind.STAFF, "a", frozenset({Role.ADMIN}), "", "520000")


class Store:
    """Where the platform keeps its files."""

    def __init__(self) -> None:
        self.url, self.asked, self.away = "", list[str](), False

    def take(self, asked: Asked) -> Said:
        self.asked.append(asked.path)
        if self.away:
            return Said(b"", 503)
        if asked.path.endswith(".jpg"):
            return Said(photo())
        if asked.path == "/elsewhere":
            return Said(b"", 302, {"Location": f"{self.url}/1.jpg"})
        return Said(b"no such file", 404)


def photo() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (32, 24), "grey").save(made, "JPEG")
    return made.getvalue()


@pytest.fixture
async def platform(db: Services) -> AsyncIterator[Platform]:
    async with application() as client:
        yield await new_platform(client)


@pytest.fixture
def store() -> Iterator[Store]:
    told = Store()
    with peer(told.take) as told.url, in_environment({"OUTGOING_WITHIN": "127.0.0.1"}):
        yield told


async def push(platform: Platform, *addresses: str) -> httpx.Response:
    return await platform.push({**ORDER, "files": [{"url": one} for one in addresses]})


async def states() -> list[tuple[str, bool]]:
    found = await rows("SELECT state, address IS NULL AS gone FROM partner_file ORDER BY id")
    return [(one["state"], one["gone"]) for one in found]


async def test_what_was_pointed_to_lies_beside_the_report_once(
    platform: Platform, store: Store
) -> None:
    address = f"{store.url}/现场.jpg?sig=13800000000"
    for _ in range(2):
        assert (await push(platform, address, address)).status_code == 200
    (line,) = await rows("SELECT t::text AS line FROM partner_file t")
    assert "13800000000" not in line["line"]

    assert await fetch_all() == 1

    (kept,) = await rows("SELECT request_id, media_type FROM attachment")
    report = await row("SELECT id FROM service_request")
    assert report is not None
    assert (kept["request_id"], kept["media_type"]) == (report["id"], "image/jpeg")
    assert await states() == [("fetched", True)]
    assert (await fetch_all(), len(store.asked)) == (0, 1)


async def test_a_store_that_is_away_is_asked_again_later(platform: Platform, store: Store) -> None:
    store.away = True
    await push(platform, f"{store.url}/1.jpg")
    assert await fetch_all() == 0
    assert await states() == [("waiting", False)]
    assert await fetch_all() == 0  # not at once

    store.away = False
    await rows("UPDATE partner_file SET available_at = $1", utc_now() - timedelta(seconds=1))
    assert await fetch_all() == 1
    assert await states() == [("fetched", True)]


async def test_while_nobody_answers_no_other_file_uses_up_a_try(
    platform: Platform, store: Store
) -> None:
    nobody = "http://127.0.0.1:9"
    await push(platform, f"{nobody}/1.jpg", f"{nobody}/2.jpg")
    assert await fetch_all() == 0
    found = await rows("SELECT attempts FROM partner_file ORDER BY attempts")
    assert [one["attempts"] for one in found] == [0, 1]


@pytest.mark.parametrize("path", ["/gone.pdf", "/elsewhere"])
async def test_what_cannot_be_fetched_is_a_persons(
    platform: Platform, store: Store, path: str
) -> None:
    await push(platform, f"{store.url}{path}")

    assert await fetch_all() == 1

    assert await states() == [("failed", True)]
    (held,) = await rows("SELECT channel, reason FROM held_delivery")
    assert (held["channel"], held["reason"]) == ("partner:city-12345", partner_files.FAILED)


@pytest.mark.parametrize("address", ["http://169.254.169.254/latest", "file:///etc/passwd", "x"])
async def test_no_address_leads_into_the_house(
    platform: Platform, store: Store, address: str
) -> None:
    await push(platform, address)

    assert await fetch_all() == 1
    assert await states() == [("failed", True)]


async def test_nothing_is_fetched_for_an_erased_report(platform: Platform, store: Store) -> None:
    await push(platform, f"{store.url}/1.jpg")
    report = await row("SELECT tenant_id, id FROM service_request")
    assert report is not None
    await decide(report["tenant_id"], report["id"], utc_now())
    await erase(
        Target(report["tenant_id"], report["id"]), "本人要求（虚构）", by=ADMIN, now=utc_now()
    )

    assert await fetch_all() == 1

    assert (await states(), store.asked) == ([("fetched", True)], [])
