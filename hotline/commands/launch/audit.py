"""依赖检查: what is known against the packages of the lock file, when somebody answers who knows.

python -m hotline.commands.launch.audit     (exit code 0: nothing; 1: something; 77: no answer)

The tool asks the package index it is set up for; an intranet has none that knows, which is said.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from hotline.commands.launch.home import CLONE
from hotline.commands.launch.words import say

UNANSWERED: Final = 77  # as other test tools say that they could not be run
PATIENCE: Final = 90.0  # seconds for all of them; a packet filter may answer to none
TOOL: Final = (
    *("-m", "pip_audit", "--disable-pip", "--require-hashes", "--progress-spinner", "off"),
    *("--format", "json", "--timeout", "5", "--requirement"),
)


def main(lock: Path = CLONE / "requirements.lock", tool: tuple[str, ...] = TOOL) -> int:
    """One line for each package that something is known against."""
    try:
        done = subprocess.run(
            [sys.executable, *tool, str(lock)],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        found = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        found = []
    return told(found)


def told(found: list[dict[str, Any]]) -> int:
    """What was found, package by package; who was not known to the index was not looked at."""
    asked = [one for one in found if "skip_reason" not in one]
    if not asked:
        say(
            "依赖漏洞未检查：漏洞库没有应答 / dependencies not audited: no advisory source answered"
        )
        return UNANSWERED
    known = [(one["name"], one["version"], each["id"]) for one in asked for each in one["vulns"]]
    for name, version, which in known:
        say(f"{name} {version}: {which}")
    say(f"依赖 / dependencies: {len(asked)}/{len(found)} 已查 / audited, {len(known)} 项 / known")
    return 1 if known else 0


if __name__ == "__main__":
    sys.exit(main())
