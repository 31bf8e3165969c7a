"""离线安装: the wheel holds all that the clone's packages do, and runs where there is no clone."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from hotline.commands.launch.home import CLONE

PACKAGES = ("hotline", "workers", "notifications", "webforms")
# what somebody sees first of each kind of file: a pack, a page with its texts, a script, phrases
SEEN = """
import asyncio
from hotline.commands.launch.home import shipped
from hotline.policy.load import packs_on_disk
from webforms.app import create_app
from webforms.routes import ROUTES

assert packs_on_disk() and ROUTES and create_app()
assert "web" in shipped("Procfile").read_text() and shipped("requirements.lock").exists()
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=CLONE, capture_output=True, check=True)
    return next(folder.glob("*.whl"))


def test_every_file_of_the_packages_is_in_the_wheel(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    there = {
        str(path.relative_to(CLONE))
        for package in PACKAGES
        for path in (CLONE / package).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert len(there) > 500
    assert there - held == set()


def test_it_is_installed_without_an_index_and_runs_away_from_the_clone(
    wheel: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "-q"]
    alone = ["--no-index", "--no-deps", "--no-compile", f"--find-links={wheel.parent}"]
    subprocess.run([*pip, *alone, f"--target={site}", "hotline"], check=True)
    home = {"HOTLINE_HOME": str(tmp_path / "home"), "PYTHONPATH": str(site)}
    for words in (["-c", SEEN], ["-m", "hotline", "policy", "check", "--help"]):
        argv = [sys.executable, *words]
        subprocess.run(argv, cwd=tmp_path, env={**os.environ, **home}, check=True)
