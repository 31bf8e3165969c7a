"""The service's own environment: made once from a lock file, and stamped last."""

import hashlib
import importlib.metadata
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from hotline.commands.launch import machine
from hotline.commands.launch.children import Command
from hotline.commands.launch.home import Home, held, open_to_others, plain_refusals
from hotline.commands.launch.progress import run_quietly
from hotline.commands.launch.words import Trouble, say

LOCKS = {"requirements.lock": "venv", "requirements-dev.lock": "venv-dev"}
MEGABYTES = {"requirements.lock": 450, "requirements-dev.lock": 800}
# Each of these would send the packages elsewhere; the operator's index, proxy and certificate stay.
DIVERTING = {"PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_REQUIREMENT", "PYTHONHOME"}


def stands(lock: Path) -> bool:
    """Whether the running interpreter has what the lock names, made by us or by a platform."""
    stamp = _stamp_file(Path(sys.prefix), lock)
    if stamp.exists():
        return stamp.read_text(encoding="utf-8") == _stamp(lock)
    if os.geteuid() == 0 and not open_to_others(Path(sys.prefix)):
        return False  # the servers' account could not start what lies in it
    return all(_installed(name) == version for name, version in pins(lock))


def ensured(home: Home, lock: Path) -> Path:
    """The interpreter of the environment the lock describes; made now if it does not stand."""
    venv = home.make().root / LOCKS[lock.name]
    python = venv / "bin" / "python"
    with held(home.root / f"{venv.name}.lock", wait=True):
        stamp = _stamp_file(venv, lock)
        if not (stamp.exists() and stamp.read_text(encoding="utf-8") == _stamp(lock)):
            _build(venv, lock)
    return python


def pins(lock: Path) -> list[tuple[str, str]]:
    """Name and version of every package the lock asks for on every platform."""
    lines = lock.read_text(encoding="utf-8").splitlines()
    named = [line.rstrip(" \\") for line in lines if line[:1].isalnum() and ";" not in line]
    return [(name, version) for name, _, version in (line.partition("==") for line in named)]


def _build(venv: Path, lock: Path) -> None:
    machine.check()
    free = shutil.disk_usage(venv.parent).free // 2**20
    if free < MEGABYTES[lock.name]:
        raise Trouble(
            f"磁盘空间不足：{venv.parent} 剩余 {free} MB，需要 {MEGABYTES[lock.name]} MB",
            "not enough disk space",
        )
    say(f"正在准备运行环境 / preparing the environment: {venv}")
    with plain_refusals(venv):
        if not _with_uv(venv, lock):
            _with_pip(venv, lock)
        for covered in _covered(lock):
            _stamp_file(venv, covered).write_text(_stamp(covered), encoding="utf-8")


def _with_uv(venv: Path, lock: Path) -> bool:
    """Much faster, if it is there and succeeds: it reads none of pip's settings."""
    uv = shutil.which("uv")
    if not uv:
        return False
    python = str(venv / "bin" / "python")
    install = [uv, "pip", "sync", "-q", "--require-hashes", "--python", python, str(lock)]
    check = [uv, "pip", "check", "-q", "--python", python]
    make = [sys.executable, "-I", "-m", "venv", "--clear", "--without-pip", str(venv)]
    return all(_try(step) for step in (make, install, check))


def _with_pip(venv: Path, lock: Path) -> None:
    machine.ensure_venv_module()
    _must([sys.executable, "-I", "-m", "venv", "--clear", str(venv)], "venv")
    pip = [str(venv / "bin" / "python"), "-I", "-m", "pip", "--disable-pip-version-check"]
    # what is used is compiled once, into the home (see compiled)
    install = ["install", "--no-deps", "--no-compile", "--require-hashes", "--no-input"]
    total = sum("==" in line for line in lock.read_text(encoding="utf-8").splitlines())
    binary = ["--only-binary", ":all:"]
    _must([*pip, *install, *binary, "-r", str(lock)], "pip install", expected=total)
    _must([*pip, "check"], "pip check")


def _must(argv: Sequence[str], what: str, *, expected: int = 0) -> None:
    code, output = run_quietly(
        Command(argv, environment=_pip_environment()), what, expected=expected
    )
    if code:
        raise machine.explained(what, output)


def _try(argv: Sequence[str]) -> bool:
    done = subprocess.run(argv, env=_pip_environment(), capture_output=True, check=False)
    return done.returncode == 0


def _pip_environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in DIVERTING}
    return {**kept, "PIP_USER": "0"}  # --user fails inside an environment


def _covered(lock: Path) -> list[Path]:
    """The development lock was resolved within the other one, so it stands for both."""
    both = [lock.with_name(name) for name in LOCKS]
    return both if lock.name == "requirements-dev.lock" else [lock]


def _stamp_file(venv: Path, lock: Path) -> Path:
    return venv / f"{lock.name}.stamp"


def _stamp(lock: Path) -> str:
    python = "{}.{}".format(*sys.version_info[:2])
    return hashlib.sha256(lock.read_bytes() + python.encode()).hexdigest()


def _installed(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""
