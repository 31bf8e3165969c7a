"""删除本机数据 erase what `up` made here: environment, database, files, keys and logs."""

import argparse
import shutil
from pathlib import Path

from hotline.commands.launch.home import (
    Home,
    announce,
    chosen_home,
    held,
    orphaned_homes,
    plain_refusals,
)
from hotline.commands.launch.words import Trouble, say

MARK = "clone"  # every home has it; a folder without it is none of ours


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing is erased without the word; what is erased cannot be brought back."""
    parser.add_argument("--yes", action="store_true", help="确认删除 really erase")
    parser.add_argument("--home", type=Path, help="另一目录 a home that a removed clone left")


def run(args: argparse.Namespace) -> int:
    """Erase one home, unless something runs in it."""
    home = Home(args.home.absolute()) if args.home else chosen_home()
    if not (home.root / MARK).exists():
        raise Trouble(f"没有可删除的数据：{home.root}", "nothing of ours lies there")
    if not args.yes:
        announce(home)
        for left in orphaned_homes(home):
            say(f"  {left}")
        raise Trouble(
            "将删除全部数据和密钥且无法恢复，确认请加 --yes", "add --yes to erase for ever"
        )
    with held(home.root / "up.lock", wait=False) as alone:
        if not alone:
            raise Trouble(f"服务正在运行：{home.root}", "stop it first")
        with plain_refusals(home.root):
            shutil.rmtree(home.root)
    say(f"已删除 / erased: {home.root}")
    return 0
