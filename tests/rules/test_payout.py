"""发放结果: read as finance offices write them, and never settled otherwise than before."""

from datetime import date, datetime

import pytest

from hotline.rules.payee import Payee, Way, faults, payee_of, payees_due
from hotline.rules.payout import (
    Result,
    Settled,
    conflicts,
    other_days,
    other_sums,
    read_result,
    whole,
)

PAID = {"序号": "1", "结果": "成功", "发放日期": "2026-03-02", "凭证号": " P-1 "}

READ = Result(1, "paid", date(2026, 3, 2), voucher="P-1")
FAILED = {"序号": "2", "结果": "失败"}


@pytest.mark.parametrize(
    ("cells", "read"),
    [
        (PAID, READ),
        (
            {**PAID, "序号": 1.0, "发放日期": datetime(2026, 3, 2)},
            READ,
        ),
        ({**PAID, "发放日期": "2026/03/02"}, READ),
        (
            {"序号": "2", "结果": "失败", "失败原因": "户名不符"},
            Result(2, "failed", failure="name"),
        ),
        (
            {"序号": "2", "结果": "退回", "失败原因": "系统故障"},
            Result(2, "failed", failure="other"),
        ),
        ({"序号": "3", "结果": ""}, None),
        ({"序号": "", "结果": "成功"}, None),
    ],
)
def test_a_row_of_results(cells: dict[str, object], read: Result | None) -> None:
    assert read_result(cells, "QNP1") == read


@pytest.mark.parametrize(
    "cells",
    [
        {**PAID, "结果": "也许"},
        {**PAID, "发放日期": ""},
        {**PAID, "发放日期": "0026-03-02"},
        {**PAID, "批次号": "QNP2"},
        {**PAID, "序号": "1a"},
        {**PAID, "金额（元）": "一百"},
        {**PAID, "金额（元）": "1e999999"},
    ],
)
def test_what_is_not_clear_is_refused(cells: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"outcome|day|isoformat|place|sum"):
        read_result(cells, "QNP1")


def test_a_line_is_settled_once_and_one_way() -> None:
    stands = [Settled(1, "waiting"), Settled(2, "paid"), Settled(3, "failed")]
    told = [Result(1, "paid"), Result(2, "paid"), Result(3, "paid"), Result(4, "paid")]
    assert conflicts(stands, told) == [3, 4]
    assert conflicts(stands, [Result(1, "paid"), Result(1, "failed")]) == [1]


def test_a_sum_that_was_changed_and_a_day_that_cannot_be_are_found() -> None:
    stands = [Settled(1, "waiting", 10_000), Settled(2, "waiting", 20_050)]
    day, says = date(2026, 3, 2), {**PAID, "金额（元）": "¥1,00.00"}
    told = read_result(says, "QNP1")
    assert told is not None
    assert other_sums(stands, [told, Result(2, "paid", day, 20_005)]) == [2]
    assert other_days([told], day, day) == []
    assert other_days([told], date(2026, 3, 3), date(2026, 3, 4)) == [1]
    assert other_days([told], date(2026, 3, 1), date(2026, 3, 1)) == [1]


@pytest.mark.parametrize(
    ("states", "became"),
    [((), "waiting"), (("paid",), "paid"), (("failed", "failed"), "failed"),
     (("paid", "failed"), "mixed"), (("paid", "waiting"), "waiting")],
)  # fmt: skip
def test_shares_together(states: tuple[str, ...], became: str) -> None:
    assert whole(states) == became


def test_each_way_keeps_what_it_asks_for_alone() -> None:
    typed = {"name": " 某某（虚构） ", "phone": "138 0000 0000", "account": "1", "pickup": "111111"}
    assert payee_of(Way.CREDIT, typed) == Payee(phone="13800000000")
    assert faults(Way.CREDIT, payee_of(Way.CREDIT, typed)) == {}
    assert set(faults(Way.BANK, payee_of(Way.BANK, typed))) == {"bank", "account"}
    assert set(faults(Way.CASH, payee_of(Way.CASH, typed))) == {"pickup"}
    assert "138" not in repr(payee_of(Way.CASH, {"pickup": "138000"}))
    assert [payees_due(*one) for one in (("equal", 3), ("equal", 11), ("", 3), ("share", 3))] == [
        3,
        1,
        1,
        1,
    ]
