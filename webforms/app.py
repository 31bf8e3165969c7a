"""The web application: its doors, its edges and its connection to the core."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.types import ASGIApp

from hotline import database
from hotline.errors import HotlineError
from hotline.logs import set_up
from webforms import refusals
from webforms.addresses import Addresses
from webforms.crowding import Crowding
from webforms.headers import HeadersMiddleware
from webforms.lanes import Lanes
from webforms.routes import ROUTES
from webforms.straight import Straight
from webforms.visit import VisitMiddleware

TABLE = Addresses(ROUTES)
COLLECT_AFTER = (20_000, 20, 20)  # a request makes and drops some hundreds of objects


def create_app() -> Starlette:
    """For uvicorn (`--factory webforms.app:create_app`) and for tests."""
    set_up()
    return Service(
        routes=[TABLE],
        lifespan=connected,
        middleware=[
            Middleware(HeadersMiddleware),
            Middleware(VisitMiddleware),
            Middleware(refusals.SafetyNet),
        ],
        exception_handlers={
            HotlineError: refusals.refused,
            HTTPException: refusals.http_error,
        },
    )


class Service(Starlette):
    """What is refused or delivered by a machine does not pass what a page for people needs."""

    def build_middleware_stack(self) -> ASGIApp:
        return Crowding(Lanes(super().build_middleware_stack(), Straight(TABLE)))


@asynccontextmanager
async def connected(app: Starlette) -> AsyncIterator[None]:
    """The core's connections live as long as the process."""
    del app
    await database.connect()
    _spare_the_collector()
    try:
        yield
    finally:
        await database.disconnect()


def _spare_the_collector() -> None:
    """What stands at the start stands to the end: no need to look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
