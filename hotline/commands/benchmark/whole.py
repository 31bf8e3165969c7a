"""`bench all`: what the service promises, measured beside its limits in one run."""

import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from hotline.commands.benchmark.decide import DecideBench
from hotline.commands.benchmark.decide import Plan as DecidePlan
from hotline.commands.benchmark.desk import DeskBench
from hotline.commands.benchmark.desk import Plan as DeskPlan
from hotline.commands.benchmark.doors import DoorsBench
from hotline.commands.benchmark.doors import Plan as DoorsPlan
from hotline.commands.benchmark.intake import Bench, Plan
from hotline.commands.benchmark.lifecycle import LifecycleBench
from hotline.commands.drilling.running import running_up
from hotline.commands.launch.home import Home, temporary_home
from hotline.commands.launch.services import Services, scratch_services
from hotline.commands.launch.words import say

Found = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """How much of each: the defaults are those of the command."""

    requests: int
    rounds: int
    total: int
    clients: tuple[int, ...]
    processes: tuple[int, ...]
    size: int
    decisions: int
    lives: int
    asks: int


@dataclass(frozen=True, slots=True)
class Promise:
    """One figure beside its limit: at least so much, or at most."""

    what: str
    ours: float
    limit: float
    least: bool

    @property
    def holds(self) -> bool:
        return self.ours >= self.limit if self.least else self.ours <= self.limit


# What is promised, and which figure of the run it is about.
LEAST: Final = {"intake ratio, 16 clients": (16, 0.9), "intake ratio, 64 clients": (64, 1.0)}
MOST_GROWTH: Final = 1.5
MOST_SECONDS: Final = 3.0
MOST_MS: Final = 200.0  # of a desk's page, 95 of a hundred times
MOST_STATEMENTS: Final = 10.0
MOST_MB: Final = {"web_mb": 150.0, "worker_mb": 300.0}


def everything(asked: Asked) -> Found:
    """The outcome, in the words of `bench all --json`; each in fresh servers of its own."""
    found: Found = {"bench": "all"}
    began = time.perf_counter()
    for name, measure in _benches(asked).items():
        say(f"== {name}")
        first = time.perf_counter()
        with scratch_services() as services:
            found[name] = measure(services)
        found[name]["took_s"] = _since(first)
    say("== start")
    found["start"] = starts()
    found["took_s"] = _since(began)
    say(f"共用时 / all of it took: {found['took_s']:g} s")
    promises = promised(found)
    for one in promises:
        sign, verdict = (
            ("≥" if one.least else "≤"),
            ("守住 / holds" if one.holds else "未守 / fails"),
        )
        say(f"{one.what}: {one.ours:g} {sign} {one.limit:g} {verdict}")
    return {**found, "promises": [{**asdict(one), "holds": one.holds} for one in promises]}


def _since(began: float) -> float:
    return round(time.perf_counter() - began, 1)


def _benches(asked: Asked) -> Mapping[str, Callable[[Services], Found]]:
    doors = DoorsPlan(asked.requests, asked.rounds, asked.clients, asked.processes)
    decide = DecidePlan((asked.size,), asked.decisions, asked.decisions * 3 // 2)
    return {
        "intake": lambda to: Bench(to, Plan(asked.requests, asked.rounds, asked.total)).run(),
        "doors": lambda to: DoorsBench(to, doors).run(),
        "decide": lambda to: DecideBench(to, decide).run(),
        "lifecycle": lambda to: LifecycleBench(to, asked.lives, (asked.size,)).run(),
        "desk": lambda to: DeskBench(to, DeskPlan((asked.size,), asked.asks)).run(),
    }


def starts() -> Found:
    """Seconds from the command to `ready`: in an empty home, and in the same one again."""
    with temporary_home() as home:
        cold, warm = (_started(home) for _ in range(2))
    say(f"启动 / start: {cold:g} s, again {warm:g} s")
    return {"cold_s": cold, "warm_s": warm}


def _started(home: Home) -> float:
    began = time.perf_counter()
    with running_up(home):
        return round(time.perf_counter() - began, 2)


def promised(found: Mapping[str, Any]) -> list[Promise]:
    """Each figure that has a limit."""
    ratios = {row["clients"]: row["ratio"] for row in found["intake"]["rows"]}
    return [
        *(Promise(what, ratios[many], limit, True) for what, (many, limit) in LEAST.items()),
        Promise("lifecycle growth", found["lifecycle"]["growth"], MOST_GROWTH, False),
        Promise("desk p95, ms", _worst(found, "p95_ms"), MOST_MS, False),
        Promise("desk statements", _worst(found, "statements"), MOST_STATEMENTS, False),
        Promise("warm start, s", found["start"]["warm_s"], MOST_SECONDS, False),
        *(Promise(what, found["intake"][what], most, False) for what, most in MOST_MB.items()),
    ]


def _worst(found: Mapping[str, Any], of: str) -> float:
    return float(max(row[of] for row in found["desk"]["rows"]))
