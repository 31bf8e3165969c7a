"""A silent tool made bearable: packages counted, seconds told, its words kept for when it fails."""

import os
import selectors
import signal
import subprocess
import time

from hotline.commands.launch.children import Command, start, stop
from hotline.commands.launch.words import say

EVERY = 3.0


def run_quietly(command: Command, what: str, *, expected: int = 0) -> tuple[int, str]:
    """Run to the end; a line of progress every few seconds. Gives the exit code and all output."""
    process = start(command, output=subprocess.PIPE)
    try:
        output = _followed(process, what, expected)
        return process.wait(), output
    finally:
        if process.poll() is None:
            stop(process, signal.SIGINT, patience=5)
        if process.stdout:
            process.stdout.close()


def _followed(process: subprocess.Popen[bytes], what: str, expected: int) -> str:
    began = told = time.monotonic()
    collected = bytearray()
    assert process.stdout
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while True:
            if selector.select(timeout=0.5):
                chunk = os.read(process.stdout.fileno(), 65536)
                if not chunk:
                    return collected.decode("utf-8", "replace")
                collected += chunk
            if time.monotonic() - told >= EVERY:
                told = time.monotonic()
                step = _counted(bytes(collected), expected) if expected else what
                say(f"  {step}, {told - began:.0f} 秒 / s")


def _counted(output: bytes, expected: int) -> str:
    if b"Installing collected packages" in output:
        return f"正在安装 / installing: {expected} 个包"
    done = output.count(b"\nCollecting ") + output.startswith(b"Collecting ")
    return f"依赖包 / packages: {min(done, expected)}/{expected}"
