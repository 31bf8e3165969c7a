"""The bare limit: parse JSON, commit one INSERT into a table with one index, answer; no more."""

import contextlib
import os
import sys
from collections.abc import AsyncIterator

import asyncpg
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from hotline.commands.web import serve
from hotline.settings import settings

POOL = 10
TABLE = """
CREATE TABLE IF NOT EXISTS bench_limit (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, text text NOT NULL);
GRANT ALL ON bench_limit TO PUBLIC
"""


def create_app() -> Starlette:
    """As small as such a service can be."""
    return Starlette(routes=[Route("/limit", take, methods=["POST"])], lifespan=connected)


async def take(request: Request) -> Response:
    """One report, without any of what makes it one."""
    body = await request.json()
    await request.app.state.pool.execute("INSERT INTO bench_limit (text) VALUES ($1)", body["text"])
    return JSONResponse({"status": "registered"})


@contextlib.asynccontextmanager
async def connected(app: Starlette) -> AsyncIterator[None]:
    """A pool as large as the service's own."""
    async with asyncpg.create_pool(settings().database_url, min_size=POOL, max_size=POOL) as pool:
        app.state.pool = pool
        yield


def main() -> int:
    """Serve with exactly the settings of the real web process."""
    processes = int(os.environ.get("WEB_CONCURRENCY", "1"))
    return serve(processes, "hotline.commands.benchmark.limit:create_app")


if __name__ == "__main__":
    sys.exit(main())
