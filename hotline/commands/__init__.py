"""The operator's door: one file a command, found by its file name.

A command is a module here that defines `run(args) -> int` and, if it takes arguments,
`add_arguments(parser)`. `verify_history.py` is `verify-history`; a name that Python keeps for
itself takes a trailing underscore (`import_.py` is `import`). Importing this package imports none.
"""

import argparse
import ast
import importlib
import os
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

_RUNS: Final = re.compile(r"^def run\(", re.MULTILINE)  # to parse them all takes longer than most


def run(name: str, argv: Sequence[str]) -> int:
    """Parse the arguments of one command and run it."""
    importlib.import_module("hotline.commands.launch.variables").refuse_wrong(os.environ)
    module = importlib.import_module(f"hotline.commands.{names()[name]}")
    parser = argparse.ArgumentParser(prog=f"python3 -m hotline {name}", description=module.__doc__)
    if hasattr(module, "add_arguments"):
        module.add_arguments(parser)
    return int(module.run(parser.parse_args(argv)) or 0)


def usage() -> str:
    """One line a command, from each module's own first line."""
    lines = [f"  {name:16} {_summary(module)}" for name, module in names().items()]
    return "\n".join(["用法 / usage: python3 -m hotline COMMAND …", "", *lines])


@cache
def names() -> dict[str, str]:
    """Command → module name, of the modules here that define `run`."""
    modules = sorted(path.stem for path in Path(__file__).parent.glob("[!_]*.py"))
    return {
        module.rstrip("_").replace("_", "-"): module
        for module in modules
        if _RUNS.search(_text(module))
    }


def _text(module: str) -> str:
    return Path(__file__).with_name(f"{module}.py").read_text(encoding="utf-8")


def _summary(module: str) -> str:
    return (ast.get_docstring(ast.parse(_text(module))) or "").partition("\n")[0]
