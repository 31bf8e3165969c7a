"""What a bench measures and what sends to it, each a process of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from hotline.commands.benchmark.load import Load, Result
from hotline.commands.launch import children
from hotline.commands.launch.children import Command
from hotline.commands.launch.home import CLONE, Home
from hotline.commands.launch.servers import free_port
from hotline.commands.launch.services import Services
from hotline.commands.launch.words import Trouble

PATIENCE = 30.0


@contextmanager
def served(services: Services, *words: str, **more: str) -> Iterator[tuple[int, int]]:
    """Process and port of a module that answers HTTP."""
    port = free_port()
    with started(services, *words, PORT=str(port), **more) as process:
        _wait_for(port, process)
        yield process.pid, port


@contextmanager
def started(services: Services, *words: str, **more: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A module that runs beside us, with the pool of a service."""
    surroundings = {**os.environ, **services.for_children(), "HOTLINE_POOL": "10", **more}
    argv = [sys.executable, "-m", *words]
    log = Home(Path(services.home)).log / f"bench-{words[-1]}.log"
    process = children.start(
        Command(argv, log, {**surroundings, "PYTHONPATH": str(CLONE)}, folder=CLONE)
    )
    try:
        yield process
    finally:
        children.stop(process, signal.SIGTERM, signal.SIGTERM)


def loaded(load: Load) -> Result:
    """One load, sent by a process of its own so that it does not slow what it measures."""
    done = subprocess.run(
        [sys.executable, "-m", "hotline.commands.benchmark.load"],
        input=json.dumps(asdict(load)),
        env={**os.environ, "PYTHONPATH": str(CLONE)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Trouble("压测客户端出错", done.stderr.strip().rpartition("\n")[2][:200])
    result = Result(**json.loads(done.stdout))
    if result.refused:
        raise Trouble(f"压测中有 {result.refused} 个请求被拒", "requests were refused")
    return result


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise Trouble("压测用的进程没有启动", "a process of the bench did not start")
