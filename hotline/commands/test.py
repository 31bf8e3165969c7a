"""运行全部检查和测试 run every check and test with servers of its own, beside a running `up`."""

import argparse
import contextlib
import os
from pathlib import Path

from hotline.commands.launch import children, suites
from hotline.commands.launch.checks import Checks
from hotline.commands.launch.home import announce, chosen_home
from hotline.commands.launch.servers import DATABASE
from hotline.commands.launch.services import Services, scratch_services
from hotline.commands.launch.suites import Counts
from hotline.commands.launch.supervisor import StopAsked
from hotline.commands.launch.words import say
from hotline.settings import OURS

LONG = (
    "长时间规模：同样的测试取各项承诺的规模（如一万步随机走查、三分钟故障演练），用时以小时计"
    " / long: the same tests at the sizes that are promised (a walk of 10,000 moves, three minutes"
    " of kills …): hours, not minutes"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """After `--` stands what pytest is to be told: then it runs once, and no check runs."""
    parser.add_argument("--long", action="store_true", help="包括长时间测试 the long drills too")
    parser.add_argument("pytest", nargs="*", metavar="-- PYTEST", help="pytest 参数 arguments")


def run(args: argparse.Namespace) -> int:
    """The last line counts; 0 only when nothing failed."""
    home = chosen_home().make()
    announce(home)
    if args.long:
        say(LONG)
    children.adopt_orphans()
    counts = Counts()
    with StopAsked().heard() as asked:
        with contextlib.suppress(KeyboardInterrupt):
            _run_suites(args, counts, None if args.pytest else Checks(home))
        counts.add(_orphans())
    if asked.already:
        say("已中断，未跑完 / interrupted before the end")
    say(counts.line())
    return 130 if asked.already else counts.exit_code()


def _run_suites(args: argparse.Namespace, counts: Counts, beside: Checks | None) -> None:
    """One after the other; the checks have ended before a suite that needs the machine begins."""
    plan = suites.asked(args.pytest) if args.pytest else suites.everything()
    with scratch_services(durable=False) as services:
        scratch = Path(services.home)
        environment = _environment(services, scratch, long=args.long)
        for suite in plan:
            counts.add(suite.run(environment, scratch))
            if beside:
                counts.add(beside.ended())
                beside = None


def _environment(services: Services, scratch: Path, *, long: bool) -> dict[str, str]:
    """What the tests see: services of their own, and one folder for whatever they write."""
    temporary = scratch / "tmp"
    temporary.mkdir(mode=0o711)
    theirs = (*OURS, "PYTEST_")  # an operator's own settings must not change what the tests see
    inherited = {name: word for name, word in os.environ.items() if not name.startswith(theirs)}
    return {
        **inherited,
        **services.environment(),
        "TMPDIR": str(temporary),
        "HYPOTHESIS_STORAGE_DIRECTORY": str(temporary / "hypothesis"),
        "HOTLINE_TEST_TEMPLATE": DATABASE,  # migrated and unused: a copy is quick
        "HOTLINE_TEST_LONG": "1" if long else "",
    }


def _orphans() -> Counts:
    """A process a test left behind is a failure of that test, whoever it was."""
    left = children.end_orphans(grace=5.0)
    for name in left:
        say(f"失败 / failed: 测试遗留进程 / a process was left behind: {name}")
    return Counts(failed=len(left))
