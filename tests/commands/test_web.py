"""The web process as the Procfile starts it: kept connections are quick, with two processes too."""

import http.client
import os
import signal
import sys
import time
from collections.abc import Iterator

import pytest

from hotline.commands.launch import children
from hotline.commands.launch.children import Command
from hotline.commands.launch.home import CLONE
from hotline.commands.launch.servers import free_port
from hotline.commands.launch.services import Services
from tests.support.running_up import wait_until

STALL = 0.04  # what a delayed acknowledgement costs without TCP_NODELAY


@pytest.fixture(params=[1, 2], ids=["one process", "two processes"])
def port(request: pytest.FixtureRequest, own_database: Services) -> Iterator[int]:
    port = free_port()
    environment = {**os.environ, **own_database.for_children(), "PORT": str(port)}
    argv = [sys.executable, "-m", "hotline", "web", "--processes", str(request.param)]
    web = children.start(
        Command(argv, environment={**environment, "PYTHONPATH": str(CLONE)}, folder=CLONE)
    )
    wait_until(lambda: _took(port, times=1) or web.poll() is not None)
    yield port
    children.stop(web, signal.SIGTERM)


def test_requests_on_one_connection_do_not_wait_for_acknowledgements(port: int) -> None:
    took = _took(port, times=20)

    assert took
    assert min(took[10:]) < STALL / 2  # each that stalls takes longer; the first few never do


def _took(port: int, *, times: int) -> list[float]:
    """Seconds of each of several requests on one kept connection; none while nobody listens."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    took = []
    try:
        for _ in range(times):
            began = time.perf_counter()
            connection.request("GET", "/health")
            assert connection.getresponse().read()
            took.append(time.perf_counter() - began)
    except OSError:
        return []
    finally:
        connection.close()
    return took
