"""A browser and Chinese fonts for the browser tests: found, installed as root, or said to lack."""

import shutil
from ctypes.util import find_library
from pathlib import Path

from hotline.commands.launch.machine import install_packages
from hotline.commands.launch.words import say

MISSING = "HOTLINE_NO_BROWSER"  # the reason, for the browser tests to skip themselves with
PACKAGES = ("chromium", "fonts-noto-cjk", "libatomic1")  # the last for the browser's driver


def ensure() -> str:
    """Empty when there is all that the tests need, else why not."""
    if _there():
        return ""
    say("正在安装浏览器和中文字体 / installing a browser and Chinese fonts")
    if install_packages(*PACKAGES) and _there():
        return ""
    reason = f"apt-get install {' '.join(PACKAGES)}"
    say(f"跳过浏览器测试，请先安装 / browser tests skipped, first: {reason}")
    return f"no browser or no Chinese font; {reason}"


def _there() -> bool:
    folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
    font = any(any(folder.rglob("*CJK*")) for folder in folders if folder.exists())
    return bool(shutil.which("chromium") and font and find_library("atomic"))
