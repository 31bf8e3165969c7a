"""反映人认定的同一事项: how much the reporter's own word says about two reports being one matter.

The word is a reason, not a decision. It joins what the rule would show to a person anyway, as long
as nothing speaks against it: no button puts a report into a closed matter or into another place's.
"""

from dataclasses import replace
from typing import Final

from hotline.rules.dedupe import CLOSED, OTHER_PLACE, OTHER_SPOT, Likeness
from hotline.rules.terms import Relation

CHOSEN: Final = "dedupe.chosen_by_reporter"
AGAINST: Final = frozenset({CLOSED, OTHER_PLACE, OTHER_SPOT})


def as_chosen(like: Likeness) -> Likeness:
    """The likeness of a pair, with the reporter's word laid beside it."""
    agreed = like.one_matter and not AGAINST & set(like.reasons)
    relation = like.relation if like.one_matter else Relation.SAME  # says the reporter
    band = "join" if agreed else like.band
    return replace(like, band=band, relation=relation, reasons=(*like.reasons, CHOSEN))
