"""The web line of the Procfile as a process of its own, for other people's clients."""

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

from hotline.commands.launch import children, procfile
from hotline.commands.launch.home import Home
from hotline.commands.launch.servers import free_port
from hotline.commands.launch.services import Services
from tests.support.running_up import wait_until


@contextlib.contextmanager
def serving(services: Services) -> Iterator[str]:
    """Its address, for as long as it runs."""
    port, home = free_port(), Home(Path(services.home)).make()
    address = f"http://127.0.0.1:{port}"
    own = {"HOST": "127.0.0.1", "PORT": str(port), "PUBLIC_URL": address}
    lines = procfile.lines(home, {**services.for_children(), **own})
    web = next(line for line in lines if line.name == "web")
    web.start()
    web.let_go()  # the database is ready
    assert web.process
    try:
        wait_until(lambda: is_healthy(address))
        assert is_healthy(address), (home.log / "web.log").read_text(encoding="utf-8")
        yield address
    finally:
        children.stop(web.process, *web.stops)


def is_healthy(address: str) -> bool:
    """Whether it answers and reaches its database."""
    asking = build_opener(ProxyHandler({}))
    with contextlib.suppress(OSError), asking.open(f"{address}/health", timeout=5) as answer:
        return bool(json.load(answer)["status"] == "ok")
    return False
