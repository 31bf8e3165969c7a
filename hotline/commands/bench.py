"""压测 measure this machine: doors beside a bare INSERT; decisions, lives, desks by size."""

import argparse
import json
from typing import Final

from hotline.commands.benchmark.decide import SIZES, DecideBench
from hotline.commands.benchmark.decide import Plan as DecidePlan
from hotline.commands.benchmark.desk import DeskBench
from hotline.commands.benchmark.desk import Plan as DeskPlan
from hotline.commands.benchmark.doors import CLIENTS, PROCESSES, DoorsBench
from hotline.commands.benchmark.doors import Plan as DoorsPlan
from hotline.commands.benchmark.intake import Bench, Plan
from hotline.commands.benchmark.lifecycle import LifecycleBench
from hotline.commands.benchmark.overload import OverloadBench
from hotline.commands.benchmark.size import SizeBench
from hotline.commands.benchmark.whole import Asked, everything
from hotline.commands.launch.services import Services, scratch_services
from hotline.commands.launch.words import say

LEAST: Final = 1000  # reports: with fewer nothing is like anything


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The figures of the documents come from the defaults."""
    parser.add_argument("what", choices=[*MEASURED, "all"])
    parser.add_argument("--json", action="store_true", help="最后一行为 JSON the last line is JSON")
    parser.add_argument("--requests", type=int, default=3000, help="每轮请求数 requests a round")
    parser.add_argument("--rounds", type=int, default=3, help="轮数")
    parser.add_argument("--total", type=int, default=10_000, help="读取内存前 memory after so many")
    parser.add_argument("--sizes", type=sizes, default=SIZES, help="来件数 reports in the table")
    parser.add_argument("--clients", type=numbers, default=CLIENTS, help="连接数")
    parser.add_argument("--processes", type=numbers, default=PROCESSES, help="网页进程数")
    parser.add_argument("--lives", type=int, default=500, help="全程数 whole lives of matters")
    parser.add_argument("--seconds", type=float, default=10.0, help="过载秒数 of overload")
    parser.add_argument("--decisions", type=int, default=2000, help="每档研判数 decisions a size")
    parser.add_argument("--asks", type=int, default=100, help="每页请求数 requests a page and size")


def run(args: argparse.Namespace) -> int:
    """In servers of its own, made for this and removed: no installation is touched."""
    if args.what == "all":
        found = _everything(args)
    else:
        with scratch_services() as services:
            found = MEASURED[args.what](args, services)
    if args.json:
        say(json.dumps(found))
    return 0


def _intake(args: argparse.Namespace, services: Services) -> dict[str, object]:
    plan = Plan(max(args.requests, 64), max(args.rounds, 1), args.total)
    found = Bench(services, plan).run()
    say(f"内存 / memory: web {found['web_mb']} MB, worker {found['worker_mb']} MB")
    return found


def _doors(args: argparse.Namespace, services: Services) -> dict[str, object]:
    plan = DoorsPlan(max(args.requests, 64), max(args.rounds, 1), args.clients, args.processes)
    return DoorsBench(services, plan).run()


def _decide(args: argparse.Namespace, services: Services) -> dict[str, object]:
    decisions = max(args.decisions, 100)
    return DecideBench(services, DecidePlan(args.sizes, decisions, decisions * 3 // 2)).run()


def _desk(args: argparse.Namespace, services: Services) -> dict[str, object]:
    return DeskBench(services, DeskPlan(args.sizes, max(args.asks, 10))).run()


def _overload(args: argparse.Namespace, services: Services) -> dict[str, object]:
    return OverloadBench(services, max(args.requests, 64), args.seconds).run()


def _lifecycle(args: argparse.Namespace, services: Services) -> dict[str, object]:
    return LifecycleBench(services, max(args.lives, 10), args.sizes).run()


def _size(args: argparse.Namespace, services: Services) -> dict[str, object]:
    return SizeBench(services, max(args.lives, 10)).run()


def _everything(args: argparse.Namespace) -> dict[str, object]:
    return everything(
        Asked(
            requests=max(args.requests, 64),
            rounds=max(args.rounds, 1),
            total=args.total,
            clients=args.clients,
            processes=args.processes,
            size=args.sizes[0],
            decisions=max(args.decisions, 100),
            lives=max(args.lives, 10),
            asks=max(args.asks, 10),
        )
    )


MEASURED: Final = {
    "intake": _intake,
    "doors": _doors,
    "decide": _decide,
    "desk": _desk,
    "lifecycle": _lifecycle,
    "size": _size,
    "overload": _overload,
}


def numbers(words: str) -> tuple[int, ...]:
    """Each at least one."""
    found = tuple(int(word) for word in words.split(","))
    if min(found) < 1:
        raise argparse.ArgumentTypeError(f"{min(found)} < 1")
    return found


def sizes(words: str) -> tuple[int, ...]:
    """Ascending: a database is filled, never emptied."""
    found = tuple(sorted({int(word) for word in words.split(",")}))
    if found[0] < LEAST:
        raise argparse.ArgumentTypeError(f"{found[0]} < {LEAST}")
    return found
