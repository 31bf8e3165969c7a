"""压测 measure this machine: `bench intake`, our signed door beside a bare INSERT."""

import argparse
import json

from hotline.commands.benchmark.intake import Bench, Plan
from hotline.commands.launch.services import scratch_services
from hotline.commands.launch.words import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The figures of the documents come from the defaults."""
    parser.add_argument("what", choices=["intake"])
    parser.add_argument("--json", action="store_true", help="最后一行为 JSON the last line is JSON")
    parser.add_argument("--requests", type=int, default=3000, help="每轮请求数 requests a round")
    parser.add_argument("--rounds", type=int, default=3, help="轮数")
    parser.add_argument("--total", type=int, default=10_000, help="读取内存前 memory after so many")


def run(args: argparse.Namespace) -> int:
    """In servers of its own, made for this and removed: no installation is touched."""
    plan = Plan(max(args.requests, 64), max(args.rounds, 1), args.total)
    with scratch_services() as services:
        found = Bench(services, plan).run()
    if args.json:
        say(json.dumps(found))
    else:
        say(f"内存 / memory: web {found['web_mb']} MB, worker {found['worker_mb']} MB")
    return 0
