"""Who reported stands in clear nowhere: made-up people（虚构）come in by every door and are sought.

Structured fields, and the same identities in sentences of the detector's classes, live through
receiving, deciding, handling, publishing, rating and withdrawing; then everything that can be
stolen, read over a shoulder or fetched is searched. Names without a cue are counted, not promised.
"""

import logging
import os
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

import httpx
import pytest
import structlog
from aiosmtpd.controller import Controller

from hotline import logs
from hotline.commands.launch.services import Services, in_environment
from hotline.settings import settings
from tests.journeys.planted import looking
from tests.journeys.planted.living import bodies, lived
from tests.journeys.planted.people import Person, traces
from tests.journeys.planted.planting import Doors, all_doors
from tests.notifications.test_delivery import Post, free_port
from workers import delivery, intake

MANY = 200 if os.environ.get("HOTLINE_TEST_LONG") else 12


@pytest.fixture
def post() -> Iterator[Post]:
    """A mail server; the service sends by it."""
    taken, port = Post(), free_port()
    controller = Controller(taken, hostname="127.0.0.1", port=port)
    controller.start()
    with in_environment(
        {"SMTP_URL": f"smtp://127.0.0.1:{port}", "SMTP_FROM": "hotline@city.example"}
    ):
        settings.cache_clear()
        yield taken
    settings.cache_clear()
    controller.stop()


@pytest.fixture(autouse=True)
def logged() -> Iterator[None]:
    """The service's own log lines, on stderr."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    logs.set_up()
    yield
    root.handlers = before
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture
async def doors(client: httpx.AsyncClient, tmp_path: Path) -> Doors:
    return await all_doors(client, tmp_path)


async def test_nothing_that_finds_a_reporter_stands_anywhere_in_clear(
    doors: Doors,
    db: Services,
    post: Post,
    capfd: pytest.CaptureFixture[str],
    record_property: Callable[[str, object], None],
) -> None:
    people = [Person(n) for n in range(MANY)]
    with looking.overheard(db) as heard:
        await _come_in(doors, people)
        while await intake.drain_all():
            pass
        await lived(doors, people)
        await delivery.drain_all()
        where = {
            "public pages": await looking.public_pages(doors),
            "desk pages": await looking.desk_pages(doors),
        }
    said = capfd.readouterr()
    where |= {
        "logs": (said.out + said.err).encode(),
        "mails": bodies(post.taken),
        "commands to Valkey": b"\n".join(heard),
        "keys of Valkey": looking.stored(db),
        "files": looking.files_of(db),
        "export": await looking.cases_file(doors.folder),
        "error pages": doors.answers,
        "dump": looking.dumped(db),
    }
    assert [place for place, held in where.items() if not held] == []
    uncued = {n for n in people if any(one in where["dump"] for one in traces(n.neighbour))}
    record_property("names without a cue in the dump", f"{len(uncued)} of {MANY}")
    assert looking.betrayed(where, people) == []


async def _come_in(doors: Doors, people: list[Person]) -> None:
    for person, door in zip(people, cycle(doors.every()), strict=False):
        await door(person)


def test_the_search_itself_finds_each_form_of_writing() -> None:
    person = Person(3)
    for trace in traces(person.name) | traces(person.phone):
        held = {"here": b"x" + trace + b"y"}
        assert looking.betrayed(held, [person]) != []
