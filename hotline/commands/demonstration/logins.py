"""演示账号: handed out while the service runs as a demonstration, and worth nothing afterwards."""

import os
import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from hotline.commands.demonstration.book import page
from hotline.commands.demonstration.cast import DEMO
from hotline.rules.numbering import grouped
from hotline.settings import settings
from hotline.steps.change_password import reset_password

FILE: Final = "demo-logins.txt"
SAMPLE: Final = "answered.sample.0"  # the report whose progress anybody may look at
LOGINS: Final = "logins"


def logins_file() -> Path:
    """Beside the data, for whoever runs the demonstration."""
    return settings().home / FILE


def are_out() -> bool:
    """Whether somebody may hold a password."""
    return LOGINS in _held()


async def hand_out(now: datetime) -> None:
    """A password by lot for each login; those handed out before stay good."""
    if not are_out():
        rows = page("people")["login"]
        drawn = {row["login"]: await reset_password(row["login"], DEMO, now) for row in rows}
        _keep({**_held(), LOGINS: drawn})


async def take_back(now: datetime) -> None:
    """Without --demo nobody signs in with what was handed out."""
    held = dict(_held())
    for login in held.pop(LOGINS):
        await reset_password(login, DEMO, now)  # to a word that nobody is told
    _keep(held)


def keep_sample(number: str, code: str) -> None:
    """The one report whose code is written down."""
    _keep({"report": {"number": number, "code": grouped(code)}})


def lines() -> list[str]:
    """What the operator is told: roles with login and password, and the report to look at."""
    held = _held()
    roles = {row["login"]: row["role"] for row in page("people")["login"]}
    told = [
        f"演示账号（只在本机、本次安装有效）/ demo logins, this installation only: {logins_file()}"
    ]
    for login, password in held[LOGINS].items():
        told.append(f"  {roles[login]:10}  {login:16}  {password}")
    if report := held.get("report"):
        look_at = f"{report['number']}  {report['code']}"
        told.append(f"演示来件 / a report to look at (/progress): {look_at}")
    return told


def _held() -> Mapping[str, Any]:
    file = logins_file()
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def _keep(held: Mapping[str, Any]) -> None:
    tables = [
        f"[{table}]\n" + "\n".join(f'"{name}" = "{value}"' for name, value in rows.items())
        for table, rows in held.items()
    ]
    draft = logins_file().with_suffix(".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write("\n\n".join(["# 演示账号与演示来件 demo logins and a report", *tables]) + "\n")
    draft.rename(logins_file())
