"""`bench overload` in its short form: too much is refused politely, and over when it is over."""

import json
import subprocess
import sys

from hotline.commands.launch.home import CLONE, temporary_home
from tests.support.running_up import bare_environment

SHORT = ["bench", "overload", "--json", "--requests", "100", "--seconds", "3"]


def test_four_times_as_many_as_there_are_places_do_no_harm() -> None:
    with temporary_home() as home:
        done = subprocess.run(
            [sys.executable, "-m", "hotline", *SHORT],
            env=bare_environment(home),
            cwd=CLONE,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout.strip().splitlines()[-1])
    before, after = found["memory_mb"]
    assert found["refused"] > 0
    assert found["accepted_rps"] > 0
    assert found["impolite"] == 0
    assert found["recovered_s"] <= 10
    assert after - before < 60
