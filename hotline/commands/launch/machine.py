"""What a bare machine may lack, each said in one line with its remedy."""

import contextlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from hotline.commands.launch.words import Trouble, say

OLDEST_GLIBC = (2, 28)  # what the packages of both embedded servers were built for
NETWORK_WORDS = (
    "Max retries exceeded",
    "NewConnectionError",
    "Failed to establish",
    "Temporary failure in name resolution",
    "No matching distribution found",
    "Could not find a version",
    "CERTIFICATE_VERIFY_FAILED",
    "ReadTimeoutError",
    "ProxyError",
)


def check() -> None:
    """Refuse at once what would otherwise fail late and darkly."""
    if sys.version_info < (3, 11):  # noqa: UP036 (whoever starts us may be older)
        raise Trouble("需要 Python 3.11 或更高版本", "Python 3.11 or later is needed")
    if sys.platform != "linux":
        return
    if not Path("/proc/self/exe").exists():
        raise Trouble("/proc 未挂载", "/proc is not mounted; initdb finds its libraries through it")
    if _glibc() < OLDEST_GLIBC:
        raise Trouble(
            "本机不是 glibc 2.28 以上的 Linux（例如 Alpine/musl），内置数据库无法运行",
            "no embedded servers for musl or an older glibc; use another base system",
        )


def ensure_venv_module() -> None:
    """Debian packs the venv module apart: as root fetch it, else say its name."""
    if importlib.util.find_spec("ensurepip"):
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say("正在安装 python3-venv / installing python3-venv")
        for words in (["update", "-q"], ["install", "-q", "-y", "python3-venv"]):
            _apt(words)
        importlib.invalidate_caches()
        if importlib.util.find_spec("ensurepip"):
            return
    raise Trouble("缺少 venv 模块，请安装 python3-venv", "apt-get install python3-venv")


def explained(what: str, output: str) -> Trouble:
    """The one line for a failed set-up step. Never pip's settings: they may hold a password."""
    if "No space left" in output:
        return Trouble("磁盘已满", "the disk is full")
    if any(words in output for words in NETWORK_WORDS):
        return Trouble(
            "无法从软件包源取得依赖，请检查 pip 的 index-url、proxy、cert 设置（pip config list）",
            "the package index could not be reached or lacks a package; see pip's own settings",
        )
    if "HASHES" in output:
        return Trouble("软件包与锁定文件的校验值不符", "a package differs from the lock file")
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return Trouble(f"{what} 失败", f"failed: {lines[-1][:200] if lines else 'no output'}")


def install_packages(*packages: str) -> bool:
    """Debian packages by apt as root; whether it worked."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    return _apt(["update", "-q"]) and _apt(
        ["install", "-q", "-y", "--no-install-recommends", *packages]
    )


def _apt(words: list[str]) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(
        ["apt-get", *words],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return done.returncode == 0


def _glibc() -> tuple[int, ...]:
    with contextlib.suppress(ValueError, OSError, AttributeError):
        words = (os.confstr("CS_GNU_LIBC_VERSION") or "").split()
        return tuple(int(part) for part in words[-1].split("."))
    return (0,)
