"""学习类型 as the operator runs it. All made up（虚构）."""

import asyncio
import json

from hotline.commands.launch.services import Services
from hotline.commands.teaching.figures import compared, is_no_worse
from hotline.lookups.decided import Decided
from hotline.policy.lexicon import lexicon_of
from hotline.policy.load import packs_on_disk, topics_of
from hotline.policy.topics import Topic
from hotline.rules.classifying import Lexicon
from hotline.rules.kind_model import pairs_of, trained
from hotline.rules.learning import Example
from hotline.steps.invite import OPERATOR
from hotline.steps.learn import Lesson, learn
from tests.steps.builders import NOW
from tests.support.cli import operator

TOLD = [("air.dust", "窑口黑雾那家"), ("noise.industrial", "铁锤那家哐当")] * 40
TEXTS = [Decided(text, (kind,), 1.0) for kind, text in TOLD]
TRAINED = trained(
    [Example(pairs_of(one.text), frozenset(one.kinds), at) for at, one in enumerate(TEXTS)]
)


async def test_too_few_decided_reports_are_said_and_nothing_is_kept(db: Services) -> None:
    done = await asyncio.to_thread(operator, db, "learn", "--jurisdiction", "522700", "--json")
    assert done.returncode == 1, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == [
        {"tenant": "520000", "examples": 0, "refused": "too_few"}
    ]


async def test_models_are_listed_put_in_force_and_retired(db: Services) -> None:
    figures = compared(TEXTS, TRAINED, words())
    await learn("520000", Lesson(TRAINED.model, 80, figures), by=OPERATOR, now=NOW)
    own = ("--jurisdiction", "520000")
    done = await asyncio.to_thread(operator, db, "learn", *own, "--activate", "1")
    assert done.returncode == 0, done.stderr
    listed = await asyncio.to_thread(operator, db, "learn", *own, "--list", "--json")
    (told,) = json.loads(listed.stdout.splitlines()[-1])
    assert [(one["version"], one["state"]) for one in told["models"]] == [(1, "active")]
    assert (await asyncio.to_thread(operator, db, "learn", *own, "--retire")).returncode == 0
    unknown = await asyncio.to_thread(operator, db, "learn", *own, "--activate", "9")
    assert unknown.returncode != 0
    assert "no version 9" in unknown.stdout + unknown.stderr


def test_words_alone_stand_beside_words_with_the_model() -> None:
    figures = compared(TEXTS, TRAINED, words())
    assert figures["with_model"]["macro_f1"] >= figures["lexicon"]["macro_f1"]
    assert figures["with_model"]["to_person"] <= figures["lexicon"]["to_person"]
    assert figures["kinds"]["air.dust"]["precision"] == 1.0
    assert is_no_worse(figures)
    assert not is_no_worse({"with_model": {"macro_f1": 0.4}, "lexicon": {"macro_f1": 0.5}})


def words() -> Lexicon:
    """The kinds every pack inherits."""
    topics = topics_of(packs_on_disk(), "000000")
    return lexicon_of(Topic("000000", "kinds", topics["kinds"]))
