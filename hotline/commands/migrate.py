"""升级数据库 bring schema and policy packs up to date; for a platform's release step."""

import argparse
import asyncio

from hotline.commands.launch.preparing import bring_up_to_date
from hotline.commands.launch.services import running_services
from hotline.commands.launch.words import say


def run(args: argparse.Namespace) -> int:
    """Once under the advisory lock; several at once are harmless."""
    with running_services(prepared=False) as services:
        changes = asyncio.run(bring_up_to_date(services.owner_url))
    say(f"数据库已是最新 / up to date, changed now: {changes}")
    return 0
