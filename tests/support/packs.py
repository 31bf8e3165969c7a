"""A pack that says more than the delivered one, for as long as a test lasts. Made up（虚构）."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import asyncpg

from hotline.commands.launch.services import Services
from hotline.policy import store
from hotline.records import PolicyVersion, new_id

VERSION = "made-up"


@asynccontextmanager
async def saying(
    db: Services, jurisdiction: str, topic: str, content: Mapping[str, Any]
) -> AsyncIterator[None]:
    """As if the jurisdiction's own file said this."""
    told = {"version": VERSION, "valid_from": "2020-01-01", "source": "虚构", "mark": "K"}
    await PolicyVersion.create(
        id=new_id(),
        tenant_id=f"{jurisdiction[:2]}0000",
        jurisdiction=jurisdiction,
        topic=topic,
        version=VERSION,
        valid_from=datetime(2020, 1, 1, tzinfo=UTC).date(),
        sha256="0" * 64,
        content=json.loads(json.dumps({**told, **content})),
        imported_at=datetime.now(UTC),
    )
    store.forget()
    try:
        yield
    finally:
        owner = await asyncpg.connect(db.owner_url)
        await owner.execute("SET session_replication_role = replica")
        await owner.execute("DELETE FROM policy_version WHERE version = $1", VERSION)
        await owner.close()
        store.forget()
