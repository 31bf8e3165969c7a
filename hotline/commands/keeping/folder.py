"""A backup's folder: dump, sealed files, anchors, and the sum of each; never the keys."""

import hashlib
import hmac
import json
import os
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from hotline.commands.launch.words import Trouble
from hotline.settings import Keys

DUMP: Final = "database.dump"
FILES: Final = "files"
ANCHORS: Final = "anchors"
SUMS: Final = "SHA256SUMS"  # as sha256sum -c reads them
ABOUT: Final = "about.json"


def mark_of(keys: Keys) -> str:
    """By which a restore knows the right keys; nothing can be read off it."""
    return hmac.digest(keys.chain, b"backup", "sha256").hex()[:32]


def copied(what: Path, to: Path) -> None:
    """A folder with all in it, if it is there at all."""
    if what.exists():
        shutil.copytree(what, to)


def finish(folder: Path, about: dict[str, Any], now: datetime) -> None:
    """Say what it is, sum up everything, and put it on the disk."""
    told = {**about, "made_at": now.isoformat()}
    (folder / ABOUT).write_text(json.dumps(told, indent=1), encoding="utf-8")
    lines = [f"{digest(path)}  {path.relative_to(folder)}\n" for path in contents(folder)]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")
    for path in contents(folder):
        path.chmod(0o600)
    os.sync()


def checked(folder: Path) -> dict[str, Any]:
    """What it says of itself; Trouble when a file is missing, changed or was never in it."""
    if not (folder / SUMS).exists():
        raise Trouble(f"不是完整的备份：{folder}", "no finished backup")
    lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    told = {name: summed for summed, _, name in (line.partition("  ") for line in lines)}
    there = {str(path.relative_to(folder)) for path in contents(folder)} - {SUMS}
    for name in sorted(told.keys() | there):
        if name not in there or told.get(name) != digest(folder / name):
            raise Trouble(f"备份已损坏：{name}", "the backup is damaged")
    return dict(json.loads((folder / ABOUT).read_text(encoding="utf-8")))


def contents(folder: Path) -> list[Path]:
    """Every file in it."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def digest(path: Path) -> str:
    """Of a file of any length."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
