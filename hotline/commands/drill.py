"""演练 kill -9 everything at random under load, in servers of its own: nothing told may be lost."""

import argparse
import contextlib
import json
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from hotline.commands.demonstration.book import page
from hotline.commands.drilling import verdict
from hotline.commands.drilling.killing import killed
from hotline.commands.drilling.running import (
    RunningUp,
    bare_environment,
    running_up,
    wait_until,
)
from hotline.commands.launch import children
from hotline.commands.launch.children import Command
from hotline.commands.launch.home import CLONE, temporary_home
from hotline.commands.launch.words import Trouble, say
from hotline.policy.load import packs_on_disk, topics_of

PAUSE: Final = 0.25  # seconds between two posts of one of the sender's lines
DRAINED: Final = 420.0  # seconds: what a killed worker was sending comes back after five minutes
AT_ONCE: Final = 0.1
FAULTS: Final = ("lost", "doubled", "illegal", "unsent", "chains_broken")


@dataclass(frozen=True, slots=True)
class Plan:
    """How long, drawn from what, noted where."""

    seconds: float
    seed: int
    ledger: Path
    whole: bool = True  # wait for what a killed worker had in hand, too


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The seed draws the kills; without one, another each time."""
    parser.add_argument("--minutes", type=float, default=3.0, help="分钟")
    parser.add_argument("--seed", type=int, default=0, help="随机种子 0: any")
    parser.add_argument("--ledger", type=Path, help="回执台账 what was acknowledged, kept there")
    parser.add_argument("--json", action="store_true", help="最后一行为 JSON the last line is JSON")
    parser.add_argument("--brief", action="store_true", help="不等租约 do not wait for leases")


def run(args: argparse.Namespace) -> int:
    """Exit code 1 when anything was lost, doubled, misplaced, left unsent or broken."""
    seed = args.seed or secrets.randbelow(2**31) + 1
    with tempfile.TemporaryDirectory(prefix="hotline-drill-") as folder:
        ledger = args.ledger or Path(folder) / "ledger.jsonl"
        if ledger.exists():
            raise Trouble(f"台账已存在：{ledger}", "the ledger is there already")
        plan = Plan(args.minutes * 60, seed, ledger.absolute(), whole=not args.brief)
        found = drilled(plan, Path(folder) / "export.jsonl")
    say(told(found))
    if args.json:
        say(json.dumps(found))
    return 1 if any(found[name] for name in FAULTS) else 0


def drilled(plan: Plan, export: Path) -> dict[str, Any]:
    """The outcome, in the words of `drill --json`."""
    with temporary_home() as home, running_up(home, QUIET_HOURS="", WEB_CONCURRENCY="2") as up:
        url = up.services()["owner_url"]
        verdict.ask(url, verdict.SETTLED)
        with _working(up), _sending(up, plan) as sender:
            kills = killed(up, plan.seed, plan.seconds)
            if sender.wait(DRAINED):
                raise Trouble("演练发送端出错", "the sender was refused")
        _drained(url, whole=plan.whole)  # nobody works any more: else there is always one to send
        compared = _compared(plan.ledger, verdict.exported(url, export))
        if not compared["acknowledged"]:
            raise Trouble("没有一件受理，什么也没有证明", "nothing was taken, nothing is shown")
        return {
            "acknowledged": compared["acknowledged"],
            "lost": compared["missing"] + compared["misnumbered"] + compared["unfinished"],
            "doubled": compared["doubled"] + compared["untold"] + verdict.count(url, verdict.TWICE),
            "illegal": verdict.illegal(url),
            "unsent": verdict.count(url, verdict.UNSENT if plan.whole else verdict.ORPHANED)
            + verdict.count(url, verdict.UNWRITTEN),
            "chains_broken": _broken(up),
            "kills": dict(kills),
            "seed": plan.seed,
            "seconds": round(plan.seconds),
            "steps": verdict.count(url, verdict.STEPS),
            "sent": verdict.count(url, verdict.SENT),
        }


def told(found: dict[str, Any]) -> str:
    """One line for whoever watches."""
    rate, many = found["acknowledged"] / max(found["seconds"], 1), sum(found["kills"].values())
    return (
        f"受理 / acknowledged {found['acknowledged']} ({rate:.1f}/s), 强杀 / kills {many},"
        f" 环节 / steps {found['steps']}, 消息 / messages {found['sent']},"
        f" 种子 / seed {found['seed']}"
    )


def counties(jurisdiction: str) -> list[str]:
    """Where the made-up reports come from, as the shipped pack knows it."""
    places = topics_of(packs_on_disk(), jurisdiction)["places"]["county"]
    return [one["code"] for one in places if one["parent"] == jurisdiction]


@contextlib.contextmanager
def _sending(up: RunningUp, plan: Plan) -> Iterator["subprocess.Popen[str]"]:
    """In a process of its own, which knows the service by its address alone."""
    jurisdiction = page("people")["jurisdiction"]
    words = ("channel", "add", "faults", "--jurisdiction", jurisdiction)
    order = {
        "address": up.address,
        "secret": _command(up, *words).split()[-1],
        "counties": counties(jurisdiction),
        "seconds": plan.seconds,
        "pause": PAUSE,
        "contact": True,
    }
    argv = [sys.executable, "-m", "hotline.commands.drilling.sender", str(plan.ledger)]
    environment = bare_environment(up.home)
    with subprocess.Popen(
        argv, stdin=subprocess.PIPE, text=True, cwd=CLONE, env=environment
    ) as sender:
        assert sender.stdin
        sender.stdin.write(json.dumps(order) + "\n")
        sender.stdin.flush()
        try:
            yield sender
        finally:
            sender.kill()


@contextlib.contextmanager
def _working(up: RunningUp) -> Iterator[None]:
    """Departments, beside the service as its own processes are."""
    given = up.services()
    environment = {
        **bare_environment(up.home),
        "DATABASE_URL": given["database_url"],
        "REDIS_URL": given["redis_url"],
        "HOTLINE_KEYS": str(up.home.keys),
    }
    argv = [sys.executable, "-m", "hotline.commands.drilling.desks"]
    desks = children.start(Command(argv, up.home.log / "desks.log", environment, folder=CLONE))
    try:
        yield
    finally:
        alive = desks.poll() is None
        children.stop(desks, signal.SIGKILL)
    if not alive:
        raise Trouble("演练办理端出错", (up.log("desks").splitlines() or [""])[-1][:200])


def _drained(url: str, *, whole: bool) -> None:
    """Until everything is decided, and every message gone or given up for good."""
    if not whole:
        verdict.ask(url, verdict.LAPSE)
    wait_until(lambda: verdict.count(url, verdict.UNDECIDED) == 0, DRAINED)
    waiting = verdict.WAITING if whole else verdict.ORPHANED
    wait_until(lambda: verdict.count(url, waiting) == 0, DRAINED)
    time.sleep(AT_ONCE)
    for line in verdict.ask(url, verdict.LEFT) if whole else ():
        say("未发 / unsent: " + " ".join(f"{name} {value}" for name, value in line.items()))


def _compared(ledger: Path, export: Path) -> dict[str, int]:
    """By a program that reads the two files and knows nothing of the service."""
    argv = [sys.executable, "-m", "hotline.commands.drilling.compare", str(ledger), str(export)]
    done = subprocess.run(argv, cwd=CLONE, capture_output=True, text=True, check=False)
    return dict(json.loads(done.stdout))


def _broken(up: RunningUp) -> int:
    return int(json.loads(_command(up, "verify-history", "--json").splitlines()[-1])["breaks"])


def _command(up: RunningUp, *words: str) -> str:
    argv = [sys.executable, "-m", "hotline", *words]
    done = subprocess.run(
        argv, env=bare_environment(up.home), cwd=CLONE, capture_output=True, text=True, check=False
    )
    return done.stdout
