"""演示数据 fill an empty installation with made-up reports (logins come with `up --demo` alone)."""

import argparse
import asyncio

from hotline.commands.demonstration.opening import filled
from hotline.commands.launch.services import running_services


def run(args: argparse.Namespace) -> int:
    """Refuses an installation that holds real reports."""
    with running_services(fresh=True):
        asyncio.run(filled())
    return 0
