"""举报奖励 rewards: `reward compute` tells what one matter earns and why; needs no server."""

import argparse
import json
from datetime import date
from pathlib import Path

from hotline.commands.launch.words import Trouble, say
from hotline.commands.rewards.facts import read_facts
from hotline.commands.rewards.telling import in_words, told
from hotline.errors import PolicyGap
from hotline.policy.load import packs_on_disk, topics_of
from hotline.policy.rewarding import reward_schemes
from hotline.policy.topics import Topic
from hotline.rules.reward import compute
from hotline.rules.reward_scheme import RewardScheme


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["compute"])
    parser.add_argument("--jurisdiction", required=True, metavar="CODE")
    parser.add_argument("--reported-on", required=True, metavar="DATE")
    parser.add_argument("--facts", required=True, type=Path, metavar="FILE")
    parser.add_argument("--folder", type=Path, help="a folder with packs/ and calendars/")
    parser.add_argument("--json", action="store_true", help="one line for a machine")


def run(args: argparse.Namespace) -> int:
    """The last line is one JSON object with --json. A blocked reward is an answer, not a fault."""
    schemes = _schemes(args.folder, args.jurisdiction)
    reward = compute(schemes, read_facts(args.facts), _day(args.reported_on))
    say(json.dumps(told(reward), ensure_ascii=False) if args.json else in_words(reward))
    return 0


def _schemes(folder: Path | None, jurisdiction: str) -> tuple[RewardScheme, ...]:
    try:
        topics = topics_of(packs_on_disk(folder), jurisdiction)
        return reward_schemes(Topic(jurisdiction, "reward", topics.get("reward", {})))
    except PolicyGap as gap:
        raise Trouble(f"规则包不完整：{jurisdiction}", f"no such pack, or {gap.missing}") from gap


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said[:10])
    except ValueError as wrong:
        raise Trouble(f"不是日期：{said}", "the day of the report is no date") from wrong
