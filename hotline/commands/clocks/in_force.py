"""到期日 by the calendar in force in this installation."""

import argparse
import asyncio

from hotline import database
from hotline.commands.clocks.ending import answered
from hotline.commands.launch.services import running_services
from hotline.commands.launch.words import Trouble
from hotline.errors import PolicyGap
from hotline.policy.store import packs
from hotline.rules.clocks import Calendar


def run(args: argparse.Namespace) -> int:
    """As `ending`, but the packs come from the database."""
    with running_services():
        calendar = asyncio.run(_calendar(args.jurisdiction))
    return answered(args, calendar)


async def _calendar(jurisdiction: str) -> Calendar:
    await database.connect(pool=1)
    try:
        return (await packs()).pack(jurisdiction).calendar
    except PolicyGap as unknown:
        raise Trouble(f"没有这个规则包：{jurisdiction}", "no such pack") from unknown
    finally:
        await database.disconnect()
