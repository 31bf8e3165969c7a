"""新建规则包: the folder of a jurisdiction nobody has described yet; with what to add."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

CODE: Final = re.compile(r"[1-9][0-9]{5}")
HEAD: Final = """\
# {name}: {about}
version = "{month}" # any change of this file needs a new one
valid_from = {day}
source = "nobody has told yet" # what was read: title, number, article
mark = "N" # V read in full, Vx in an excerpt, K general knowledge, N looked for and not found

# Looked for and not found: `policy check` prints each line. Strike out what you fill in.
unknown = [{unknown}]

"""
# topic → (what it is about, what is unknown, the rest of the file)
TOPICS: Final = {
    "identity": (
        "谁受理 who takes the reports",
        ("prefix", "hotline", "own holidays", "own scheme of rewards", "own texts and columns"),
        """\
code = "{code}"
name = "{name}"
short = "{name}"
parent = "{parent}"
serves = false # true when the authority takes reports by this pack; then these two are needed
# prefix = "XX" # capital letters before every number
# hotline = "12345"
# authority = "{code}.environment" # the department whose name stands under letters and messages
""",
    ),
    "places": ("地点, beside the parent's", ("divisions and zones of its own",), "place = []\n"),
    "departments": (
        "承办单位, beside the parent's",
        ("who has which duty",),
        "department = []\n\ntemplate = []\n",
    ),
    "routing": (
        "派单, before the statutory default",
        ("designations of the local government",),
        "rule = []\n",
    ),
    "clocks": ("期限, beside the national ones", ("terms of 12345",), "scheme = []\n"),
}


def write_skeleton(folder: Path, code: str, name: str, parent: str, today: date) -> list[Path]:
    """Write one file a topic into a folder that is not there yet; returns the files."""
    folder.mkdir(parents=True)
    written = []
    for topic, text in skeleton(code, name, parent, today):
        path = folder / f"{topic}.toml"
        path.write_text(text, "utf-8")
        written.append(path)
    return written


def skeleton(code: str, name: str, parent: str, today: date) -> Iterator[tuple[str, str]]:
    """Each topic's file: it holds together, it serves nobody, and it names what is missing."""
    for topic, (about, unknown, rest) in TOPICS.items():
        head = HEAD.format(
            name=name,
            about=about,
            month=f"{today:%Y-%m}",
            day=today.isoformat(),
            unknown=", ".join(f'"{what}"' for what in unknown),
        )
        yield topic, head + rest.format(code=code, name=name, parent=parent)
