"""启动服务 start everything here: servers, migrations, then every process kept up."""

import argparse
import asyncio
import contextlib
import ipaddress
import os
import socket
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from hotline.commands.launch import children, procfile
from hotline.commands.launch.home import Home, announce, chosen_home
from hotline.commands.launch.services import (
    Services,
    in_environment,
    sole_user,
    start_services,
    write_run_file,
)
from hotline.commands.launch.supervisor import Line, StopAsked, Supervisor
from hotline.commands.launch.words import Trouble, address_refused, say
from hotline.settings import WAYS_OUT

PATIENCE: Final = 20.0  # seconds: reports are decided even where no page can be shown


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Few: everything else is the environment's."""
    parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    parser.add_argument("--demo", action="store_true", help="演示数据和账户 demo data and logins")


def run(args: argparse.Namespace) -> int:
    """Until Ctrl-C. What was asked for twice, or cannot be had, is one line."""
    home = chosen_home().make()
    announce(home)
    if args.demo and not (_is_loopback(args.host) and _is_loopback(_public_host(args))):
        raise Trouble("--demo 只能在本机地址上运行", "--demo runs on a loopback address only")
    with sole_user(home) as alone:
        if not alone:
            raise Trouble(f"服务已在运行：{home.root}", "already running from this folder")
        refuse_taken_port(args.host, args.port)
        with StopAsked().heard() as asked:
            return _serve(home, args, asked)


def _serve(home: Home, args: argparse.Namespace, asked: StopAsked) -> int:
    children.adopt_orphans()
    supervisor = Supervisor()
    began = time.monotonic()
    try:
        with contextlib.suppress(KeyboardInterrupt):
            services = start_services(supervisor, home)
            first, others = _processes(services, args)
            for line in first:
                supervisor.add(line)
            news = _prepare(services, args)
            write_run_file(services, home, _address(args))
            for line in first:
                line.let_go()
            asked.starting = False
            opening = _Opening(supervisor, others, news, began)
            supervisor.watch(asked, partial(opening.looked, args))
    finally:
        asked.starting = False
        _stop(supervisor, home)
    return 0


def _processes(services: Services, args: argparse.Namespace) -> tuple[list[Line], list[Line]]:
    """What people wait for, and what may come a moment later."""
    home = Home(Path(services.home))
    lines = procfile.lines(home, {**services.for_children(), **_web_environment(args)})
    return [line for line in lines if line.held], [line for line in lines if not line.held]


def _prepare(services: Services, args: argparse.Namespace) -> list[str]:
    """Schema and policy packs, then what is told once: the demonstration's logins, and, as long
    as nobody is one, the link that makes an administrator.
    """
    from hotline.commands.demonstration import opening  # noqa: PLC0415 - half the service, which
    from hotline.commands.launch import preparing  # noqa: PLC0415 - web loads at the same time

    owner = {**services.environment(), **_web_environment(args)}
    with in_environment(owner):
        asyncio.run(preparing.bring_up_to_date(services.owner_url))
        news = asyncio.run(opening.opened() if args.demo else opening.shut())
        link = asyncio.run(preparing.first_link())
    if link:
        news.append(f"首位管理员（一次有效）/ first administrator, once: {_address(args)}{link}")
    return news


def _stop(supervisor: Supervisor, home: Home) -> None:
    """First everything stops, then we talk: the terminal may be gone."""
    began = time.monotonic()
    home.run_file.unlink(missing_ok=True)
    supervisor.stop()
    left = children.end_orphans()
    for name in left:
        say(f"已结束遗留进程 / ended a process left behind: {name}")
    say(f"已停止，数据保留 / stopped, data kept ({time.monotonic() - began:.1f} s): {home.root}")


@dataclass
class _Opening:
    """Once the web process answers: the addresses and the news, then all that works behind it.

    Not before: whoever loads at the same time takes the processor from the one people wait for.
    """

    supervisor: Supervisor
    others: list[Line]
    news: list[str]
    began: float
    told: bool = False

    def looked(self, args: argparse.Namespace) -> bool:
        """Whether there is nothing left to be done."""
        took = time.monotonic() - self.began
        if not self.told and _answers(args.host, args.port):
            self.told = True
            say(f"服务已就绪 / ready ({took:.1f} s): {_address(args)}/")
            for line in self.news:
                say(line)
            say("按 Ctrl-C 停止 / Ctrl-C stops")
        if self.told or took > PATIENCE:
            while self.others:
                self.supervisor.add(self.others.pop(0))
        return self.told


def refuse_taken_port(host: str, port: int) -> None:
    """One line now instead of a web process that ends again and again."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as refusal:
            raise address_refused(host, port, refusal) from refusal


def _answers(host: str, port: int) -> bool:
    """A bare connection: no proxy setting of the operator's comes between."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    with contextlib.suppress(OSError):
        socket.create_connection((reachable, port), timeout=1).close()
        return True
    return False


def _web_environment(args: argparse.Namespace) -> dict[str, str]:
    shown = {"HOTLINE_DEMO": "1", **dict.fromkeys(WAYS_OUT, "")}
    demo = shown if args.demo else {"HOTLINE_DEMO": ""}
    return {"HOST": args.host, "PORT": str(args.port), **demo}


def _address(args: argparse.Namespace) -> str:
    host = f"[{args.host}]" if ":" in args.host else args.host
    return os.environ.get("PUBLIC_URL", "").rstrip("/") or f"http://{host}:{args.port}"


def _public_host(args: argparse.Namespace) -> str:
    """The host of the address that is told to others."""
    return urlsplit(_address(args)).hostname or ""


def _is_loopback(host: str) -> bool:
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"
