"""反映人认定: a word beside the rule's own, never against it."""

import pytest

from hotline.rules.chosen import CHOSEN, as_chosen
from hotline.rules.dedupe import CLOSED, LIKE_TEXT, OTHER_PLACE, OTHER_SPOT, Band, Likeness
from hotline.rules.terms import Relation


@pytest.mark.parametrize(
    ("band", "reason", "after"),
    [
        ("suggest", LIKE_TEXT, "join"),
        ("join", LIKE_TEXT, "join"),
        ("new", LIKE_TEXT, "new"),
        ("related", LIKE_TEXT, "related"),
        ("suggest", CLOSED, "suggest"),
        ("suggest", OTHER_PLACE, "suggest"),
        ("suggest", OTHER_SPOT, "suggest"),
    ],
)
def test_the_word_joins_what_the_rule_suggests_and_nothing_it_speaks_against(
    band: Band, reason: str, after: Band
) -> None:
    like = as_chosen(Likeness(band, Relation.SAME, 0.6, (reason,)))
    assert (like.band, like.reasons) == (after, (reason, CHOSEN))


def test_who_points_at_a_related_matter_says_it_is_the_same() -> None:
    assert as_chosen(Likeness("related", Relation.RELATED, 0.3, ())).relation is Relation.SAME
