"""The event loop on which workers, and what measures them, run."""

import asyncio
import sys


def new_loop() -> asyncio.AbstractEventLoop:
    """The quicker one, where there is one."""
    if sys.platform == "win32":
        return asyncio.new_event_loop()
    import uvloop  # noqa: PLC0415 - not made for every system

    return uvloop.new_event_loop()
