"""Where an installation keeps its environment, cluster, files, keys and logs: one rule for places.

| whose | home | account of the embedded servers |
| --- | --- | --- |
| root's | /var/lib/hotline/<8 hex of the clone's path> | nobody |
| a user's | .hotline/ in the clone; clone not writable: XDG state | the user |

PostgreSQL refuses to run as root, and another account cannot pass a 0700 folder such as root's
own: so nothing of root's installation, not even its environment, lies in the clone.
HOTLINE_HOME overrides.
"""

import contextlib
import errno
import fcntl
import hashlib
import os
import pwd
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hotline.commands.launch.words import Trouble, say

CLONE = Path(__file__).resolve().parents[3]
STATE = Path("/var/lib/hotline")


def shipped(name: str) -> Path:
    """A file of the clone's root; an installed wheel keeps it within the package."""
    beside = CLONE / name
    return beside if beside.exists() else CLONE / "hotline" / name


@dataclass(frozen=True, slots=True)
class Home:
    """One installation's folder and what lies where in it."""

    root: Path

    @property
    def postgres(self) -> Path:
        return self.root / "data" / "postgres"

    @property
    def valkey(self) -> Path:
        return self.root / "data" / "valkey"

    @property
    def files(self) -> Path:
        return self.root / "files"

    @property
    def keys(self) -> Path:
        return self.root / "keys" / "keys.json"

    @property
    def log(self) -> Path:
        return self.root / "log"

    @property
    def run_file(self) -> Path:
        return self.root / "run.json"

    def make(self) -> "Home":
        """Make the folders; others may pass the home (0711) but look into nothing private."""
        with plain_refusals(self.root):
            for folder in (self.root, self.root / "data"):
                folder.mkdir(parents=True, exist_ok=True)
            if not os.access(self.root, os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, "not writable", str(self.root))
            for folder in (self.files, self.keys.parent, self.log):
                folder.mkdir(mode=0o700, exist_ok=True)
            if self.root.stat().st_uid == os.geteuid():
                self.root.chmod(0o711)
            if not (mark := self.root / "clone").exists():
                mark.write_text(f"{CLONE}\n", encoding="utf-8")
        return self


@dataclass(frozen=True, slots=True)
class Account:
    """The account the embedded servers run under, when it is not our own."""

    uid: int
    gid: int


def server_account() -> Account | None:
    """nobody for root, else None. Other services may share it: this is for trials only."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        raise Trouble("系统没有 nobody 账户", "this machine has no account named nobody") from None
    return Account(entry.pw_uid, entry.pw_gid)


def chosen_home() -> Home:
    """The home of this clone for this account; HOTLINE_HOME overrides."""
    if named := os.environ.get("HOTLINE_HOME"):
        return Home(Path(named).absolute())
    if os.geteuid() == 0:
        return Home(STATE / _digest(CLONE))
    if os.access(CLONE, os.W_OK):
        return Home(CLONE / ".hotline")
    state = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    return Home(state / "hotline" / _digest(CLONE))


def orphaned_homes(home: Home) -> list[Path]:
    """Homes beside this one whose clone is gone, renamed perhaps: their data is still there."""
    beside = [path for path in home.root.parent.glob("*/clone") if path.parent != home.root]
    return [path.parent for path in beside if path.is_file() and _is_gone(path)]


def _is_gone(told: Path) -> bool:
    clone = Path(told.read_text(encoding="utf-8", errors="replace").strip())
    return clone.is_absolute() and not clone.exists()


def open_to_others(path: Path) -> bool:
    """Whether another account can pass down to this folder."""
    return all(folder.stat().st_mode & 0o001 for folder in (path, *path.parents))


@contextlib.contextmanager
def temporary_home() -> Iterator[Home]:
    """A home of its own that is removed afterwards, whoever owns what lies in it."""
    with tempfile.TemporaryDirectory(prefix="hotline-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)
        yield Home(Path(folder)).make()


@contextlib.contextmanager
def held(lock: Path, *, wait: bool) -> Iterator[bool]:
    """An exclusive lock on a file for the duration; False when somebody else has it."""
    with plain_refusals(lock):
        handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
    finally:
        os.close(handle)


@contextlib.contextmanager
def plain_refusals(place: Path) -> Iterator[None]:
    """A full disk or a folder we may not write, said in one line."""
    try:
        yield
    except OSError as refusal:
        if refusal.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise Trouble(f"磁盘已满：{place}", "the disk is full") from refusal
        if refusal.errno in {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.ENOENT}:
            raise Trouble(
                f"目录不可写：{place}", "cannot write there; HOTLINE_HOME names another folder"
            ) from refusal
        raise


def announce(home: Home) -> None:
    """Say where the data is, and where data of a renamed clone was left."""
    say(f"数据目录 / data folder: {home.root}")
    if not home.postgres.exists():
        for folder in orphaned_homes(home):
            say(f"提示 / note: 已移走的程序目录留有数据 / a clone that is gone left data: {folder}")


def _digest(clone: Path) -> str:
    return hashlib.sha256(str(clone).encode()).hexdigest()[:8]
