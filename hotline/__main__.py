"""`python3 -m hotline COMMAND`: standard library only until its own environment stands."""

import os
import sys
from collections.abc import Sequence

from hotline import commands
from hotline.commands.launch.compiled import keep_compiled
from hotline.commands.launch.environment import ensured, stands
from hotline.commands.launch.home import CLONE, chosen_home, shipped
from hotline.commands.launch.words import Trouble, say, speak_utf8

INSIDE = "HOTLINE_INSIDE"  # set on the second start, within the environment, so that it never loops


def main(argv: Sequence[str]) -> int:
    """Run one command; whatever only the operator can mend is one line and exit code 1."""
    os.umask(0o022)  # with 077 the account of the servers could not read the environment
    speak_utf8()
    keep_compiled(chosen_home())
    try:
        return _dispatch(argv)
    except Trouble as trouble:
        say(f"错误 / error: {trouble}", to=sys.stderr)
        return 1
    except KeyboardInterrupt:
        say("已停止 / stopped", to=sys.stderr)
        return 130


def _dispatch(argv: Sequence[str]) -> int:
    name = argv[0] if argv else ""
    if name not in commands.names():
        say(commands.usage(), to=sys.stdout if name in {"", "help", "-h", "--help"} else sys.stderr)
        return 0 if name in {"", "help", "-h", "--help"} else 2
    lock = shipped("requirements-dev.lock" if name == "test" else "requirements.lock")
    if not lock.exists():  # an installed wheel brings no tests along
        raise Trouble(f"{name} 只能在源码目录中运行", "only in a clone of the sources")
    if stands(lock):
        return commands.run(name, argv[1:])
    if os.environ.get(INSIDE):
        raise Trouble(f"运行环境不完整，请删除后重试：{sys.prefix}", "incomplete environment")
    python = ensured(chosen_home(), lock)
    environment = {**os.environ, INSIDE: "1", "PYTHONPATH": str(CLONE)}
    environment.pop("PYTHONHOME", None)
    sys.stdout.flush()
    os.execve(python, [str(python), "-m", "hotline", *argv], environment)  # noqa: S606


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
