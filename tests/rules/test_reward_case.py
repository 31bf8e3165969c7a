"""奖励: whatever the facts, no case goes above its cap, below nothing, or past a fen."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.errors import StepRefused
from hotline.rules.first_reporter import Told, in_order
from hotline.rules.reward import Facts, Penalty, compute, shares
from hotline.rules.reward_case import MOVES, check_sum, chosen, due_again, proposed, to_recover
from hotline.rules.reward_facts import facts_of, lines_apart, parted
from hotline.rules.reward_ledger import Account, Move, balances, funding
from hotline.rules.reward_scheme import RewardScheme, Tier
from hotline.rules.reward_stage import RewardStage
from hotline.rules.terms import Step

DAY = date(2026, 3, 1)
FEN = st.integers(0, 10**12)
FACTS = st.builds(
    Facts,
    tier=st.sampled_from(["a", "b", "c", "nowhere", ""]),
    finding=st.sampled_from(["true", "mostly", "partly", "unfounded", ""]),
    penalty=st.none() | st.builds(Penalty, st.none() | FEN, st.just(DAY), st.none() | FEN),
    criminal_transfer=st.booleans(),
    statutory_max_fen=st.none() | FEN,
    insider=st.booleans(),
    real_name=st.sampled_from([None, True, False]),
    joint_reporters=st.integers(1, 7),
    earlier_rewarded=st.booleans(),
    first_public_at=st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
)
SCHEME = st.builds(
    RewardScheme,
    code=st.just("X"),
    title=st.just("某办法（虚构）"),
    earliest_from=st.just(date(2026, 1, 1)),
    surely_from=st.just(date(2026, 1, 1)),
    surely_to=st.none(),
    latest_to=st.none(),
    tiers=st.just(
        (
            Tier("a", "定额", min_fen=10_000, max_fen=10_000),
            Tier("b", "幅度", min_fen=20_000, max_fen=500_000),
            Tier("c", "比例", percent_bp=400, at_most=True),
        )
    ),
    cap_fen=st.integers(1, 10**9),
    insider_percent=st.sampled_from([None, 200]),
    criminal_base=st.sampled_from(["", "statutory_max"]),
    daily_fines=st.sampled_from(["", "once"]),
    first_reporter_only=st.sampled_from([None, True, False]),
    excludes_media_exposed=st.sampled_from([None, True, False]),
)


@given(FACTS, SCHEME, FEN)
def test_a_case_stays_within_its_bounds(facts: Facts, scheme: RewardScheme, asked: int) -> None:
    reward = compute([scheme], facts_of(*parted(facts)), DAY)
    assert reward == compute([scheme], facts, DAY)
    told, sealed = lines_apart(reward.lines)
    assert len(told) + len(sealed) == len(reward.lines)
    assert not {line["rule"] for line in told} & {"insider", "joint"}
    if proposed(reward) is RewardStage.BLOCKED:
        return
    low, high = reward.min_fen or 0, reward.max_fen or 0
    assert 0 <= low <= high <= (scheme.cap_fen or 0)
    assert sum(shares(high, facts.joint_reporters)) == high
    if reward.status == "range" and not low <= asked <= high:
        with pytest.raises(StepRefused):
            check_sum(asked, (low, high))
    else:
        sum_fen = chosen(reward, asked)
        assert sum_fen is None or low <= sum_fen <= high


@given(st.lists(st.integers(1, 10**9), max_size=8), st.integers(0, 10**10))
def test_the_ledger_balances_and_a_budget_is_never_below_what_is_set_aside(
    committed: list[int], wanted: int
) -> None:
    whole = sum(committed) + 5
    moves = [Move(Account.APPROPRIATION, Account.BUDGET, whole)]
    moves += [Move(Account.BUDGET, Account.COMMITTED, fen) for fen in committed]
    stands = balances(moves)
    assert sum(stands.values()) == 0
    assert stands[Account.BUDGET] == 5
    try:
        move = funding(whole, wanted, stands[Account.BUDGET])
    except StepRefused:
        assert wanted < sum(committed)
    else:
        after = balances([*moves, *([move] if move else [])])
        assert -after[Account.APPROPRIATION] == wanted
        assert after[Account.BUDGET] >= 0


@given(FACTS, SCHEME, st.none() | FEN)
def test_counted_again_it_stays_within_bounds_and_no_more_is_demanded_back_than_was_paid(
    facts: Facts, scheme: RewardScheme, stood: int | None
) -> None:
    due = due_again([scheme], facts, DAY, stands=stood)
    reward = compute([scheme], facts, DAY)
    if due is None:
        assert reward.status == "blocked"
    else:
        assert 0 <= (reward.min_fen or 0) <= due <= (reward.max_fen or 0) <= (scheme.cap_fen or 0)
    if stood and due is not None and due < stood:
        assert 0 < to_recover(stood, due) <= stood
    else:
        with pytest.raises(StepRefused):
            to_recover(stood or 0, due)


# what each step moves: all else leaves the ledger alone
MOVED = {
    Step.APPROVE_REWARD: (Account.BUDGET, Account.COMMITTED),
    Step.REVOKE_REWARD: (Account.COMMITTED, Account.BUDGET),
    Step.WAIVE_REWARD: (Account.COMMITTED, Account.BUDGET),
    Step.LAPSE_REWARD: (Account.COMMITTED, Account.BUDGET),
    Step.PAY_REWARD: (Account.COMMITTED, Account.PAID),
    Step.CLAW_BACK: (Account.PAID, Account.RECEIVABLE),
    Step.RECOVER_REWARD: (Account.RECEIVABLE, Account.BUDGET),
}


@given(st.lists(st.sampled_from(sorted({step for _, step in MOVES})), max_size=40), st.integers(1))
def test_whatever_way_a_case_goes_its_sum_is_in_one_place(steps: list[Step], fen: int) -> None:
    stage, moves, paid = RewardStage.PROPOSED, [Move(Account.APPROPRIATION, Account.BUDGET, fen)], 0
    for step in steps:
        if (stage, step) not in MOVES or (step is Step.RECOVER_REWARD and not paid):
            continue
        stage = MOVES[stage, step]
        if step in MOVED:
            moves.append(Move(*MOVED[step], fen))
            paid += step is Step.PAY_REWARD
        stands = balances(moves)
        assert sum(stands.values()) == 0
        assert all(stands[one] in (0, fen) for one in Account if one is not Account.APPROPRIATION)
    assert paid <= 1


@given(st.permutations(range(4)))
def test_who_asked_first_does_not_hang_on_the_order_of_joining(turn: list[int]) -> None:
    start = datetime(2026, 3, 1, tzinfo=UTC)
    told = [Told(uuid4(), f"N{n}", start + timedelta(hours=n), n > 0, n == 1) for n in range(4)]
    placed = in_order(told[n] for n in turn)
    first = next(one for one in placed if one.place and one.told.wants_reward)
    assert first.told is told[2]  # the earliest who asked and did not take it back
    parted = in_order(told[n] for n in turn if n != 2)
    assert next(one for one in parted if one.place and one.told.wants_reward).told is told[3]
    assert in_order(told[n] for n in turn) == placed  # joined again, all stands as before
