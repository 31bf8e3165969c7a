"""A drill sees a message that is not there, and one that is there twice."""

from hotline.commands.drilling import verdict
from hotline.commands.launch.services import Services
from hotline.database import row, rows
from tests.steps.builders import ODOUR, caller, registered
from workers import intake


async def test_a_message_that_is_lost_or_doubled_is_seen(db: Services) -> None:
    await registered(ODOUR, contact=caller("13700000000"), wants_reply=True)
    await intake.drain_all()
    assert [await found(sql) for sql in (verdict.UNWRITTEN, verdict.TWICE)] == [0, 0]
    await rows(
        "INSERT INTO message SELECT (jsonb_populate_record(m, jsonb_build_object("
        "'id', gen_random_uuid(), 'seq', m.seq + 1))).* FROM message m WHERE recipient = 'reporter'"
    )
    assert await found(verdict.TWICE) == 1
    await rows("DELETE FROM message WHERE recipient = 'reporter'")
    assert await found(verdict.UNWRITTEN) == 1


async def found(sql: str) -> int:
    one = await row(sql)
    assert one
    return int(one["n"])
