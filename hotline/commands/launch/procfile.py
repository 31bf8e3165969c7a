"""The Procfile: what runs, in the words every platform reads."""

import os
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path

from hotline.commands.launch.children import Command
from hotline.commands.launch.home import CLONE, Home, shipped
from hotline.commands.launch.supervisor import Line

ONCE = {"release"}  # a platform runs it before each release; `up` migrates by itself
# Two deciders never take the same report; of two web processes one serves while the other is down;
# of two that deliver one sends while the other writes a long table.
SEVERAL = {
    "worker-intake": "HOTLINE_INTAKE_WORKERS",
    "worker-delivery": "HOTLINE_DELIVERY_WORKERS",
    "web": "WEB_CONCURRENCY",
}
BESIDE = ["--processes", "1", "--beside"]
HELD = "--held"  # the web process takes longest to load: meanwhile the database is made ready


def long_running(text: str) -> dict[str, list[str]]:
    """Name → words of every line that is to stay up."""
    pairs = (line.partition(":") for line in text.splitlines() if line.strip())
    return {name.strip(): shlex.split(words) for name, _, words in pairs if name not in ONCE}


def lines(home: Home, environment: Mapping[str, str]) -> list[Line]:
    """The Procfile's long-running lines, run by our own interpreter as the account that called us.

    Not as the servers' account: a clone in a 0700 home could not be read by another. Root is a
    trial; an installation that stays has an account of its own (see the operator's guide).
    """
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_OWNER_URL"}
    surroundings = {**inherited, **environment, "PYTHONPATH": str(CLONE), "PYTHONUNBUFFERED": "1"}
    text = shipped("Procfile").read_text(encoding="utf-8")
    return [
        Line(
            each,
            Command([*_ours(words), *more], _log(home, each), surroundings, folder=CLONE),
            held=HELD in more,
        )
        for name, words in long_running(text).items()
        for each, more in several(name, surroundings)
    ]


def several(name: str, environment: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """As many as are asked for, each a line of its own, and what to tell them; of all else one."""
    asked = environment.get(SEVERAL.get(name, ""), "")
    many = int(asked) if asked.isdecimal() else 1
    more = [HELD, *(BESIDE if many > 1 else [])] if name == "web" else []
    return [(each, more) for each in (name, *(f"{name}-{n}" for n in range(2, many + 1)))]


def _ours(words: list[str]) -> list[str]:
    return [sys.executable, *words[1:]] if words[0] == "python" else words


def _log(home: Home, name: str) -> Path:
    return home.log / f"{name}.log"
