"""密钥在手: nothing begins with other keys than those its database was begun with.

A volume of the keys that is not mounted looks like a first start. Fresh keys would open nothing of
what is there, and what came in under them would be lost once the right ones are there again.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from hotline.commands.launch.words import Trouble
from hotline.records.under_keys import has_begun, keys_fit
from hotline.settings import keys, settings


def refuse_without_keys() -> None:
    """`up` and `migrate` make them, once; no other command does."""
    path = settings().keys_file
    if not path.exists():
        raise Trouble(
            f"密钥文件不在：{path}，请放回原来的密钥；新安装先运行 migrate",
            "no keys: put them back; a new installation is made by `migrate`",
        )


async def refuse_other_keys(owner_url: str) -> None:
    """Before anything is touched: the keys of this database, or an empty one and any."""
    begun, path = await has_begun(owner_url), settings().keys_file
    if begun:
        refuse_without_keys()
    with plainly_unreadable(path):
        keys()
    if begun and not await keys_fit(owner_url):
        raise Trouble(
            f"密钥与数据库不符：{path}，请放回原来的密钥", "other keys than those of this database"
        )


@contextlib.contextmanager
def plainly_unreadable(path: Path) -> Iterator[None]:
    """A file that is damaged, none of ours, or not for this account, said in one line."""
    try:
        yield
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as refusal:
        raise Trouble(
            f"密钥文件读不出：{path}", f"the keys cannot be read: {type(refusal).__name__}"
        ) from refusal
