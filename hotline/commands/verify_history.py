"""核验履历 verify that no event was edited, moved or cut: verify-history [--json]."""

import argparse
import asyncio
import json

from hotline import database
from hotline.commands.launch.services import running_services
from hotline.commands.launch.words import say
from hotline.lookups.history_check import Verdict, check_history


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing but the form of the answer."""
    parser.add_argument("--json", action="store_true", help="one line for a machine")


def run(args: argparse.Namespace) -> int:
    """Exit code 1 when something does not hold."""
    with running_services():
        verdict = asyncio.run(_checked())
    say(json.dumps(verdict.told()) if args.json else _told(verdict))
    return 0 if verdict.is_whole else 1


async def _checked() -> Verdict:
    await database.connect(pool=1)
    try:
        return await check_history()
    finally:
        await database.disconnect()


def _told(verdict: Verdict) -> str:
    counts = (
        f"{verdict.chains} 条履历、{verdict.events} 个环节、{verdict.details} 份详情、"
        f"{verdict.anchors} 个锚点 / chains, events, details, anchors"
    )
    if verdict.is_whole:
        return f"履历完整 / history is whole: {counts}"
    first = verdict.breaks[0]
    place = f"{first.tenant_id} {first.aggregate} {first.aggregate_id} seq {first.seq}"
    return f"履历被改动 / history is broken: {first.what} @ {place}\n{counts}"
