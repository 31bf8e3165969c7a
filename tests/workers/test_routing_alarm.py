"""A row of a routing table in force that stops working is said in the log, by its number."""

import asyncpg
import pytest

from hotline.commands.launch.services import Services
from hotline.policy.store import forget
from workers.sweeps import _check_routing

BREAK = """
UPDATE policy_version SET content = jsonb_set(content, '{rule,1,lead}', '"gone"')
WHERE jurisdiction = '522700' AND topic = 'routing'
"""
KEPT = "SELECT id, content FROM policy_version WHERE jurisdiction = '522700' AND topic = 'routing'"
BACK = "UPDATE policy_version SET content = $2 WHERE id = $1"


async def test_a_row_that_no_longer_compiles_is_logged_and_a_whole_table_is_not(
    db: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    await _check_routing()
    assert "routing.broken" not in capsys.readouterr().err
    owner = await asyncpg.connect(db.owner_url)
    kept = await owner.fetch(KEPT)
    try:
        await owner.execute(BREAK)
        forget()
        await _check_routing()
    finally:
        for one in kept:
            await owner.execute(BACK, one["id"], one["content"])
        await owner.close()
        forget()
    said = "".join(capsys.readouterr())
    assert "routing.broken" in said
    assert "department gone unknown" in said
    assert "522700" in said
