"""A browser, the service it talks to, and a watch over everything it does."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from hotline.commands.launch.services import Services
from tests.browser.devices import FLAGS, PHONE, Opener
from tests.browser.running import Running, running
from tests.browser.watch import Watch

PATIENCE = 30_000  # milliseconds; the machine may be busy with other things
expect.set_options(timeout=PATIENCE / 2)


@pytest.fixture(scope="session")
def service(own_database: Services) -> Iterator[Running]:
    """Up for the whole suite; whatever of it ended meanwhile is a failure."""
    with running(own_database) as up:
        yield up
        assert up.ended() == []


@pytest.fixture(scope="module")
def browser(service: Running) -> Iterator[Browser]:
    """One a module: a longer life would leave its event loop running under other tests."""
    del service
    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser: Browser, service: Running) -> Iterator[Opener]:
    """Opens a person's own browser. At the end nothing foreign, forbidden or broken was seen."""
    with ExitStack() as stack:
        watches: list[Watch] = []

        def open_page(**options: Any) -> Page:
            context: BrowserContext = browser.new_context(base_url=service.address, **options)
            stack.callback(context.close)
            context.set_default_timeout(PATIENCE)
            watches.append(Watch(service.address).over(context))
            return context.new_page()

        yield open_page
        assert [one for watch in watches for one in watch.complaints()] == []


@pytest.fixture
def phone(opened: Opener) -> Page:
    """A citizen's phone."""
    return opened(**PHONE)
