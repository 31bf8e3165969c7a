"""环境变量: what is written wrong is said in a line at the start, before it acts by halves.

A role that nobody bears asks nobody for a second factor; hours that are none stop every message.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from hotline.commands.launch.words import Trouble
from hotline.rules.quiet import NONE, parsed
from hotline.rules.terms import Role

Sound = Callable[[str], bool]


def refuse_wrong(environ: Mapping[str, str]) -> None:
    """Trouble: each that is wrong, and what it should be. A value may be secret: none is said."""
    wrong = [f"{name}（{wanted}）" for name, wanted in _wrong(environ)]
    if wrong:
        raise Trouble("环境变量有误：" + "，".join(wrong), "these variables are written wrong")


def _wrong(environ: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, (is_sound, wanted) in SOUND.items():
        if name in environ and not is_sound(environ[name]):
            yield name, wanted


def _count(least: int, most: int) -> Sound:
    return lambda said: said.isdecimal() and said.isascii() and least <= int(said) <= most


def _address(said: str) -> bool:
    try:
        parts = urlsplit(said)
        return not said or (parts.scheme in {"http", "https"} and bool(parts.hostname))
    except ValueError:
        return False


def _hours(said: str) -> bool:
    try:
        return said == NONE or bool(parsed(said))
    except ValueError:
        return False


def _roles(said: str) -> bool:
    staff = {role.value for role in Role} - {Role.PUBLIC, Role.MACHINE}
    return set(said.replace(",", " ").split()) <= staff


def _file(said: str) -> bool:
    return not said or Path(said).is_file()


SOUND: Final[dict[str, tuple[Sound, str]]] = {
    "PORT": (_count(0, 65535), "0–65535"),
    "HOTLINE_POOL": (_count(1, 1000), "1–1000"),
    "HOTLINE_IN_FLIGHT": (_count(1, 100_000), "1–100000"),
    "WEB_CONCURRENCY": (_count(1, 256), "1–256"),
    "HOTLINE_INTAKE_WORKERS": (_count(1, 256), "1–256"),
    "HOTLINE_DELIVERY_WORKERS": (_count(1, 256), "1–256"),
    "PUBLIC_URL": (_address, "https://…"),
    "QUIET_HOURS": (_hours, "21-8"),
    "SECOND_FACTOR": (_roles, "admin,supervisor …"),
    "WORDING_FOUR_EYES": (lambda said: said in {"", "0", "1"}, "0, 1"),
    "SMS_GATEWAYS": (_file, "文件 a file"),
    "WECHAT_TEMPLATES": (_file, "文件 a file"),
}
