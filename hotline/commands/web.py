"""网页与接口进程 the web process, as the Procfile starts it."""

import argparse
import importlib
import os
import socket
import sys

import uvicorn
from uvicorn.supervisors import Multiprocess

from hotline.commands.launch.at_hand import refuse_without_keys
from hotline.commands.launch.words import address_refused
from hotline.settings import settings
from webforms.wire import BoundedHead

BACKLOG = 2048
APPLICATION = "webforms.app:create_app"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many processes share the port; platforms say it as WEB_CONCURRENCY."""
    default = int(os.environ.get("WEB_CONCURRENCY", "1"))
    parser.add_argument("--processes", type=int, default=default)
    parser.add_argument(
        "--beside", action="store_true", help="同端口多进程 others have the port too"
    )
    parser.add_argument(
        "--held", action="store_true", help="待命 load all, then wait for the end of the input"
    )


def run(args: argparse.Namespace) -> int:
    """Serve until told to stop."""
    if args.held:
        importlib.import_module(APPLICATION.partition(":")[0])
        sys.stdin.buffer.read()
    refuse_without_keys()
    return serve(args.processes, beside=args.beside)


def serve(processes: int, application: str = APPLICATION, *, beside: bool = False) -> int:
    """One process, or several that share the port."""
    config = uvicorn_config(processes, application)
    listener = bound(settings().host, settings().port, beside=beside)
    if processes > 1:
        Multiprocess(config, sockets=[listener]).run()
        return 0
    server = uvicorn.Server(config)
    server.run(sockets=[listener])
    return 0 if server.started else 3


def uvicorn_config(processes: int, application: str) -> uvicorn.Config:
    """No access log: an address may tell who asks for what. No proxy headers unless asked for."""
    trusted = os.environ.get("FORWARDED_ALLOW_IPS", "")
    return uvicorn.Config(
        application,
        factory=True,
        loop="uvloop",
        http=BoundedHead,
        workers=processes,
        access_log=False,
        log_config=None,
        log_level="warning",
        proxy_headers=bool(trusted),
        forwarded_allow_ips=trusted or None,
        server_header=False,
        backlog=BACKLOG,
        timeout_graceful_shutdown=8,
    )


def bound(host: str, port: int, *, beside: bool = False) -> socket.socket:
    """The listening socket, with TCP_NODELAY whatever the loop does about it.

    Without it each answer on a kept connection waits 40 ms for an acknowledgement: uvloop sets it
    by itself, asyncio does not on a socket that was made before the loop.
    """
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if beside:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        listener.bind((host, port))
    except OSError as refusal:
        listener.close()
        raise address_refused(host, port, refusal) from refusal
    listener.set_inheritable(True)
    return listener
