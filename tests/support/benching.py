"""A bench in its short form, run to its end in servers of its own."""

from hotline.commands.launch.home import temporary_home
from tests.support.running_up import hotline

LONGEST = 900.0  # seconds: on a machine full of others' work


def bench(*words: str) -> list[str]:
    """The lines it prints; the last one is its outcome."""
    with temporary_home() as home:
        done = hotline(home, "bench", *words, seconds=LONGEST)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip().splitlines()
