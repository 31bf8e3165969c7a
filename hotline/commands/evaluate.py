"""评测 how often the rules are right: dedupe, locate, kinds, points, classify; needs no server."""

import argparse
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from hotline.commands.evaluation import learning, matters, points, texts
from hotline.commands.evaluation.files import read
from hotline.commands.launch.words import Trouble, say
from hotline.rules.clocks import SHANGHAI

Args = argparse.Namespace


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=sorted(MEASURED))
    for name in FILES:
        parser.add_argument(f"--{name}", type=Path, metavar="F")
    parser.add_argument("--folds", type=int, help="classify: parts of --train, instead of --test")


def run(args: Args) -> int:
    """The last line is one JSON object."""
    needed, measured = MEASURED[args.what]
    needed = tuple(name for name in needed if not (args.folds and name == "test"))
    missing = [name for name in needed if getattr(args, name) is None]
    if missing:
        lacking = " ".join(f"--{name}" for name in missing)
        raise Trouble(f"缺少参数：{lacking}", f"missing arguments: {lacking}")
    for name in needed:
        if not getattr(args, name).is_file():
            raise Trouble(f"找不到文件：{getattr(args, name)}", "no such file")
    try:
        found = measured(args)
    except ValueError as fault:  # a number, a day or an id that is none
        raise Trouble(f"文件里的值有误：{fault}", "a value in a file is wrong") from fault
    say(json.dumps(found, ensure_ascii=False))
    return 0


def _dedupe(args: Args) -> dict[str, Any]:
    messages = read(args.messages, "id", "user", "time", "title", "body")
    pairs = read(args.pairs, "id_a", "id_b", "label", "how", *STRATUM)
    topics = read(args.topics, "topic", "id")
    known = {str(row["id"]) for row in messages}
    named = {str(row[end]) for row in pairs for end in ("id_a", "id_b")}
    named |= {str(row["id"]) for row in topics}
    if strange := sorted(named - known):
        raise Trouble(
            f"没有这条来件：{strange[0]}", "a pair or a topic names no message of the file"
        )
    return matters.evaluated(messages, pairs, topics)


def _locate(args: Args) -> dict[str, float]:
    return texts.placed(read(args.texts, "text"), datetime.now(UTC).astimezone(SHANGHAI).date())


def _kinds(args: Args) -> dict[str, Any]:
    return texts.typed(read(args.texts, "text"))


def _points(args: Args) -> dict[str, float]:
    return points.hit(read(args.points), points.boundaries_of(args.boundaries))


def _classify(args: Args) -> dict[str, Any]:
    if args.folds:
        return learning.crossed(read(args.train, "label"), args.folds)
    return learning.tested(read(args.train, "label"), read(args.test, "label"))


STRATUM: Final = ("stratum", "stratum_pairs", "stratum_judged")
FILES: Final = (*("messages", "pairs", "topics", "texts", "points", "boundaries", "train", "test"),)
MEASURED: Final[dict[str, tuple[tuple[str, ...], Callable[[Args], dict[str, Any]]]]] = {
    "dedupe": (("messages", "pairs", "topics"), _dedupe),
    "locate": (("texts",), _locate),
    "kinds": (("texts",), _kinds),
    "points": (("points", "boundaries"), _points),
    "classify": (("train", "test"), _classify),
}
