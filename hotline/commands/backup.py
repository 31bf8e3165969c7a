"""备份 everything but the keys into a new folder: database, sealed files, anchors, their sums."""

import argparse
import shutil
from datetime import UTC, datetime
from pathlib import Path

from hotline.commands.keeping import dumping, folder
from hotline.commands.launch.home import plain_refusals
from hotline.commands.launch.services import running_services
from hotline.commands.launch.words import Trouble, say
from hotline.settings import keys, settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to; the keys only where they are asked for, and never into the same folder."""
    parser.add_argument("folder", type=Path, help="新目录 a folder that is not there yet")
    parser.add_argument("--keys", type=Path, help="密钥另存 a copy of the keys, kept elsewhere")


def run(args: argparse.Namespace) -> int:
    """Beside a running service, as of one moment."""
    to, copy = args.folder.absolute(), args.keys and args.keys.absolute()
    if to.exists() or (copy and copy.exists()):
        raise Trouble(f"已存在：{to if to.exists() else copy}", "is there already")
    if copy and to in copy.parents:
        raise Trouble("密钥不能与数据放在一起", "keep the keys apart from the data")
    with running_services(), plain_refusals(to):
        made = _made(to)
        if copy:
            _keys_copied(copy)
    say(f"已备份 / backed up: {made}")
    if not copy:
        say("密钥未包含，须另行备份 / the keys are not in it; keep them apart")
    return 0


def _made(to: Path) -> Path:
    """Under another name until it is whole. Database first: its rows' files are there by then."""
    draft = to.with_name(f"{to.name}.part")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700, parents=True)
    dumping.dump(settings().owner_url, draft / folder.DUMP)
    if settings().files_url:
        say("附件在对象存储，未包含 / files lie in an object store: back that up there")
    else:
        folder.copied(settings().files, draft / folder.FILES)
    folder.copied(settings().home / folder.ANCHORS, draft / folder.ANCHORS)
    folder.finish(draft, {"keys": folder.mark_of(keys())}, datetime.now(UTC))
    return draft.rename(to)


def _keys_copied(to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    to.touch(mode=0o600)
    to.write_bytes(settings().keys_file.read_bytes())
