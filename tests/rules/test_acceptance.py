"""受理: accept, refuse with reason and address, wait for an answer, or ask a person."""

from dataclasses import replace

import pytest

from hotline.errors import PolicyGap
from hotline.rules.acceptance import Acceptance, AcceptanceRules, Reason, accept
from hotline.rules.classifying import Classified, KindHit
from hotline.rules.locating import Located
from hotline.rules.terms import Wish

HERE = Located("900101", None, "chosen", "")
NOWHERE = Located(None, None, "none", "place.none")
OURS = Classified((KindHit("air", 3.0, ("臭味",)),), (), (), "")
THEIRS = Classified((), (KindHit("labour", 4.0, ("拖欠工资",)),), (), "")
RULES = AcceptanceRules(
    reasons=(
        Reason("other_authority", "其他部门职责", "主管部门", "a8", "Vx"),
        Reason("legal_route", "应走法律途径", "法院", "a8", "Vx", ("legal",)),
    ),
    others="other_authority",
    answered=("consult", "praise"),
    refer_to={"labour": "劳动监察"},
)


def decided(
    wish: Wish = Wish.COMPLAIN, located: Located = HERE, classified: Classified = OURS
) -> Acceptance:
    return accept(wish, located, classified, RULES)


def test_a_known_kind_at_a_known_place_is_accepted() -> None:
    assert decided() == Acceptance("accept", "", "")


@pytest.mark.parametrize("wish", [Wish.HELP, Wish.SUGGEST, Wish.COMPLAIN, Wish.REPORT])
def test_every_wish_that_wants_action_is_accepted_alike(wish: Wish) -> None:
    assert decided(wish).decision == "accept"


@pytest.mark.parametrize("wish", [Wish.CONSULT, Wish.PRAISE])
def test_what_an_answer_settles_waits_for_its_answer_even_without_a_place(wish: Wish) -> None:
    assert decided(wish, NOWHERE).decision == "answer_wait"


def test_another_bodys_matter_is_refused_with_where_to_go() -> None:
    assert decided(classified=THEIRS) == Acceptance("refuse", "other_authority", "劳动监察")


def test_another_bodys_matter_needs_no_place_to_be_refused() -> None:
    assert decided(located=NOWHERE, classified=THEIRS).decision == "refuse"


def test_a_kind_with_a_reason_of_its_own_gets_it_and_its_address() -> None:
    court = replace(THEIRS, not_ours=(KindHit("legal.judgement", 3.0, ("已起诉",)),))
    assert decided(classified=court) == Acceptance("refuse", "legal_route", "法院")


def test_nothing_is_refused_when_anything_of_ours_was_heard() -> None:
    both = replace(OURS, not_ours=THEIRS.not_ours, cause="kind.unsure")
    assert decided(classified=both) == Acceptance("triage", "kind.unsure", "")


def test_an_alarm_is_never_refused_by_the_machine() -> None:
    alarm = replace(THEIRS, emergency=("中毒",))
    assert decided(classified=alarm) == Acceptance("triage", "kind.unsure", "")


def test_an_unknown_place_goes_to_a_person_with_its_cause() -> None:
    assert decided(located=NOWHERE) == Acceptance("triage", "place.none", "")


def test_a_place_in_doubt_beside_a_chosen_county_is_no_obstacle() -> None:
    assert decided(located=replace(HERE, cause="place.conflict")).decision == "accept"


def test_an_unknown_kind_goes_to_a_person_with_its_cause() -> None:
    nothing = Classified((), (), (), "kind.none")
    assert decided(classified=nothing) == Acceptance("triage", "kind.none", "")


def test_a_reason_the_pack_does_not_give_is_a_gap_not_a_guess() -> None:
    with pytest.raises(PolicyGap, match="acceptance"):
        RULES.reason("no such reason")
