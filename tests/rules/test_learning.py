"""A model learnt from a few made-up texts."""

from hotline.rules.learning import features_of, learnt

TEXTS = ["砖厂 黑烟 刺鼻", "工地 打桩 半夜", "烧烤 油烟 刺鼻", "酒吧 音响 半夜"] * 3
LABELS = ["气", "声"] * 6


def test_what_was_learnt_is_known_again_and_carried_to_new_texts() -> None:
    model = learnt([features_of(text.split()) for text in TEXTS], LABELS)
    assert [model.label(features_of(text.split())) for text in TEXTS] == LABELS
    assert model.label(features_of(["油烟", "黑烟"])) == "气"


def test_learning_twice_gives_the_same_model() -> None:
    texts = [features_of(text.split()) for text in TEXTS]
    assert learnt(texts, LABELS) == learnt(texts, LABELS)


def test_a_text_of_unknown_words_still_has_a_label() -> None:
    model = learnt([features_of(text.split()) for text in TEXTS], LABELS)
    assert model.label([]) in LABELS


def test_features_are_the_words_the_opening_and_the_pairs() -> None:
    assert features_of(["黑烟", "大"]) == ["黑烟", "大", "^黑烟", "^大", "_黑烟", "_烟大"]
