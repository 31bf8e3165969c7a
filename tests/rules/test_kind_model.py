"""学得模型: what it keeps, how sure it is, and when it is asked (made-up texts)."""

import time

import pytest

from hotline.rules.alarms import Alarms
from hotline.rules.asking import with_model
from hotline.rules.calibrating import fitted
from hotline.rules.classifying import Classified, Kind, KindHit, Lexicon
from hotline.rules.kind_model import KindModel, learnable, packed, pairs_of, trained, unpacked
from hotline.rules.learning import Example
from hotline.rules.nearly import fold_of, groups

SMELL, SOUND = ("窑口", "黑雾", "熏屋"), ("铁锤", "整夜", "哐当")
SECRET = "密语"


def examples() -> list[Example]:
    """Two kinds told in many ways; one reporter's own word, sent nine times."""
    told = [
        Example(pairs_of(f"{words[at % 3]}的那家{words[at % 2]}"), frozenset((kind,)), group=at)
        for kind, words in (("air", SMELL), ("noise", SOUND))
        for at in range(0 if kind == "air" else 40, 40 if kind == "air" else 80)
    ]
    return [*told, *[Example(pairs_of(f"{SMELL[0]}{SECRET}"), frozenset(("air",)), group=99)] * 9]


@pytest.fixture(scope="module")
def model() -> KindModel:
    return trained(examples()).model


def test_it_knows_the_kinds_again_and_is_sure(model: KindModel) -> None:
    assert model.answer("窑口黑雾").code == "air"
    assert model.answer("铁锤哐当").code == "noise"
    assert model.answer("铁锤哐当").confidence > 0.9
    assert model.answer("完全陌生").confidence < 0.9


def test_what_one_reporter_alone_wrote_is_not_in_it(model: KindModel) -> None:
    assert SECRET not in model.model.columns
    assert "窑口" in model.model.columns
    assert pairs_of("甲1乙，丙丁2") == ["丙丁"]


def test_packed_and_unpacked_it_answers_alike(model: KindModel) -> None:
    again = unpacked(packed(model), 7)
    assert again.answer("窑口黑雾").code == "air"
    assert again.answer("窑口黑雾").confidence == pytest.approx(
        model.answer("窑口黑雾").confidence, abs=1e-4
    )
    assert again.answer("窑口黑雾").told.endswith("version 7")


def test_a_kind_of_few_matters_is_not_learnt() -> None:
    few = [Example(["水"], frozenset(("water",)), group=at % 3) for at in range(200)]
    assert learnable([*examples(), *few]) == {"air": 41, "noise": 40}


def test_unseen_answers_stand_beside_their_examples() -> None:
    lesson = trained(examples())
    assert len(lesson.held_out) == len(examples())
    right = [a.code in e.labels for a, e in zip(lesson.held_out, examples(), strict=True) if a]
    assert sum(right) / len(right) > 0.9


LEXICON = Lexicon(
    (Kind("air", "大气", "", (), (), True, ""), Kind("noise", "噪声", "", (), (), True, "")),
    Alarms(()),
    2.0,
    trust=0.9,
)


def test_it_is_asked_only_where_the_words_leave_the_kind_open(model: KindModel) -> None:
    open_one = Classified((), (), (), "kind.none")
    found = with_model(open_one, LEXICON, model, "窑口黑雾")
    assert ([hit.code for hit in found.kinds], found.cause) == (["air"], "")
    assert found.learnt.startswith("learnt model, confidence 0.")
    clear = Classified((KindHit("noise", 3.0, ()),), (), (), "")
    assert with_model(clear, LEXICON, model, "窑口黑雾") is clear
    theirs = Classified((), (KindHit("labour", 4.0, ()),), (), "kind.unsure")
    assert with_model(theirs, LEXICON, model, "窑口黑雾") is theirs
    assert with_model(open_one, LEXICON, None, "窑口黑雾") is open_one
    assert with_model(open_one, LEXICON, model, "完全陌生") is open_one


def test_an_answer_takes_less_than_learning_by_far(model: KindModel) -> None:
    began = time.process_time()
    trained(examples())
    learning, began = time.process_time() - began, time.process_time()
    for _ in range(20):
        model.answer("窑口黑雾的那家铁锤")
    assert (time.process_time() - began) / 20 < learning / 20


def test_confidence_is_the_share_that_holds() -> None:
    margins = [at / 50 - 1 for at in range(100)] * 5
    held = [margin > 0 or at % 5 == 0 for at, margin in enumerate(margins)]
    curve = fitted(margins, held)
    assert curve.confidence(0.8) > 0.85
    assert curve.confidence(-0.8) < 0.4
    said = sum(curve.confidence(margin) for margin in margins)
    assert said == pytest.approx(sum(held), rel=0.05)


def test_nearly_the_same_texts_are_one_group_and_go_to_one_side() -> None:
    text = "砖厂夜里冒黑烟味道刺鼻请派人来查看处理谢谢领导关心"
    found = groups(
        [tuple(text), tuple("公交线路什么时候开通到镇上"), tuple(f"{text}吧"), tuple("短")]
    )
    assert found[0] == found[2] == 0
    assert len({found[0], found[1], found[3]}) == 3
    assert {fold_of(group, 5) for group in range(100)} == set(range(5))
