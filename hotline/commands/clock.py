"""定时进程 the clock: runs the sweeps; `clock due` tells when a term ends, day by day."""

import argparse
import importlib


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Without a word it ticks, as the Procfile starts it."""
    what = parser.add_subparsers(dest="what", metavar="due")
    due = what.add_parser("due", help="when a term ends: needs no server")
    due.add_argument("--jurisdiction", required=True, metavar="CODE")
    due.add_argument("--start", required=True, metavar="ISO8601", help="no offset: Shanghai time")
    due.add_argument("--count", required=True, type=int, metavar="N")
    due.add_argument("--unit", required=True, choices=["hour", "calendar", "working", "month"])
    due.add_argument("--installed", action="store_true", help="by the calendar in force here")
    due.add_argument("--json", action="store_true", help="one line for a machine")


def run(args: argparse.Namespace) -> int:
    """What ticks needs the queue's library, what counts does not: each loads its own."""
    module = importlib.import_module(f"hotline.commands.clocks.{_side(args)}")
    return int(module.run(args))


def _side(args: argparse.Namespace) -> str:
    if args.what is None:
        return "ticking"
    return "in_force" if args.installed else "ending"
