"""A model learnt from a few made-up texts."""

from hotline.rules.learning import Example, Kept, Model, features_of, learnt

TEXTS = ["砖厂 黑烟 刺鼻", "工地 打桩 半夜", "烧烤 油烟 刺鼻", "酒吧 音响 半夜"] * 3
LABELS = ["气", "声"] * 6


def model(kept: Kept | None = None) -> Model:
    examples = [
        Example(features_of(text.split()), frozenset((label,)), group=at)
        for at, (text, label) in enumerate(zip(TEXTS, LABELS, strict=True))
    ]
    return learnt(examples, kept)


def test_what_was_learnt_is_known_again_and_carried_to_new_texts() -> None:
    known = model()
    assert [known.label(features_of(text.split())) for text in TEXTS] == LABELS
    assert known.label(features_of(["油烟", "黑烟"])) == "气"


def test_learning_twice_gives_the_same_model() -> None:
    assert model() == model()


def test_a_text_of_unknown_words_still_has_a_label() -> None:
    assert model().label([]) in LABELS


def test_what_stands_in_few_groups_of_texts_is_not_kept() -> None:
    assert "砖厂" in model(Kept(seldom=3)).columns
    assert not model(Kept(seldom=7)).columns
    assert len(model(Kept(most=2)).columns) == 2
    once = [Example(["密语"], frozenset("气"), group=1)] * 9
    assert "密语" not in learnt(once, Kept(seldom=2)).columns


def test_a_text_may_have_several_labels_and_count_less() -> None:
    both = [Example(["烟", "响"], frozenset(("气", "声")), group=at) for at in range(5)]
    none = [Example(["路"], frozenset(), group=at + 9) for at in range(5)]
    margins = learnt([*both, *none]).margins(["烟", "响"])
    assert min(margins.values()) > 0
    light = [Example(["路"], frozenset(("气",)), group=20, weight=0.01)]
    assert learnt([*both, *none, *light]).margins(["路"])["气"] < 0


def test_features_are_the_words_the_opening_and_the_pairs() -> None:
    assert features_of(["黑烟", "大"]) == ["黑烟", "大", "^黑烟", "^大", "_黑烟", "_烟大"]
