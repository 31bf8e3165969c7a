"""升级数据库 bring the database schema up to date; for a platform's release step."""

import argparse
import asyncio

from hotline import database
from hotline.commands.launch.services import running_services
from hotline.commands.launch.words import say


def run(args: argparse.Namespace) -> int:
    """Migrate once under the advisory lock; several at once are harmless."""
    with running_services() as services:
        applied = asyncio.run(database.migrate(services.owner_url))
    for name in applied:
        say(f"已执行 / applied: {name}")
    say(f"数据库已是最新 / up to date, applied now: {len(applied)}")
    return 0
