"""Opening and shutting the demonstration, for the commands that start or fill an installation."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from hotline import database
from hotline.commands.demonstration import logins
from hotline.commands.launch.words import say


async def opened() -> list[str]:
    """Made-up reports and logins that work; what the operator is told once the service answers."""
    async with _connected():
        await _fill()
        await logins.hand_out(datetime.now(UTC))
    return logins.lines()


async def shut() -> list[str]:
    """No demonstration this time: logins handed out before are worth nothing."""
    if logins.are_out():
        async with _connected():
            await logins.take_back(datetime.now(UTC))
    return []


async def filled() -> None:
    """Made-up reports alone."""
    async with _connected():
        fresh = await _fill()
    say(
        "演示数据已写入 / demo data written"
        if fresh
        else "已有演示数据 / demo data is there already"
    )
    say("演示账号只随 up --demo 发放 / logins come with up --demo alone")


async def _fill() -> bool:
    """Whether there was nothing before."""
    from hotline.commands.demonstration.filling import fill  # noqa: PLC0415 - half the service

    return await fill(datetime.now(UTC))


@asynccontextmanager
async def _connected() -> AsyncIterator[None]:
    await database.connect()
    try:
        yield
    finally:
        await database.disconnect()
