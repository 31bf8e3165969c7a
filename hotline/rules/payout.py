"""发放: the lines of a payout file and the results that come back; a line is settled once."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, Literal

from hotline.rules.payee import Payee

Outcome = Literal["paid", "failed"]
# as a bank or a finance office writes it
OUTCOMES: Final[Mapping[str, Outcome]] = {
    "成功": "paid", "已发放": "paid", "paid": "paid",
    "失败": "failed", "退回": "failed", "failed": "failed",
}  # fmt: skip
FAILURES: Final[Mapping[str, str]] = {
    "账号有误": "account", "户名不符": "name", "未领取": "unclaimed", "其他": "other",
}  # fmt: skip
PLACE: Final = re.compile(r"[0-9]{1,6}")
LONGEST_VOUCHER: Final = 64
EARLIEST: Final = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class PayoutRow:
    """One line as the payer's file has it: whom, how, how much; nothing of any report."""

    place: int
    way: str
    fen: int
    payee: Payee = field(repr=False)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one line."""

    place: int
    outcome: Outcome
    paid_on: date | None = None
    fen: int | None = None  # as the file has it; None: it does not say
    voucher: str = ""
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """A line as it stands: waiting, or with its result."""

    place: int
    state: str
    fen: int | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """联名: one payee's share of a claim. `renewed`: it failed, and another account was named."""

    payee: int
    state: str
    failure: str = ""
    settled_at: datetime | None = None
    renewed: bool = False

    @property
    def is_open(self) -> bool:
        """It may leave in a file again."""
        return self.state == "failed" and self.renewed


def to_renew(shares: Iterable[Share]) -> tuple[Share, ...]:
    """未成的份额: for whom another account is asked. None while a result is still to come."""
    held = tuple(shares)
    if whole(one.state for one in held) != "mixed":
        return ()
    return tuple(one for one in held if one.state == "failed" and not one.renewed)


def read_result(cells: Mapping[str, Any], number: str) -> Result | None:
    """One row of a batch's results; None for a line that says nothing yet. ValueError: no such."""
    said = str(cells.get("结果") or "").strip()
    place = _place(cells.get("序号"))
    if not said or place is None:
        return None
    outcome = OUTCOMES.get(said.casefold())
    if outcome is None or str(cells.get("批次号") or number).strip() != number:
        raise ValueError("outcome")
    if outcome == "failed":
        reason = str(cells.get("失败原因") or "").strip()
        return Result(place, outcome, failure=FAILURES.get(reason, "other"))
    voucher = str(cells.get("凭证号") or "").strip()[:LONGEST_VOUCHER]
    day, fen = _day(cells.get("发放日期")), _fen(cells.get("金额（元）"))
    return Result(place, outcome, day, fen, voucher)


def conflicts(stands: Iterable[Settled], results: Iterable[Result]) -> list[int]:
    """Places that are not in the batch, are told two ways, or were settled otherwise before."""
    known = {one.place: one for one in stands}
    met: dict[int, Outcome] = {}
    wrong = []
    for one in results:
        held = known.get(one.place)
        before = met.setdefault(one.place, one.outcome)
        if held is None or before != one.outcome or held.state not in ("waiting", one.outcome):
            wrong.append(one.place)
    return wrong


def other_sums(stands: Iterable[Settled], results: Iterable[Result]) -> list[int]:
    """Places that were paid another sum than was approved; or rows that were sorted apart."""
    known = {one.place: one.fen for one in stands}
    return [one.place for one in results if one.fen not in (None, known.get(one.place))]


def other_days(results: Iterable[Result], made: date, today: date) -> list[int]:
    """Places that were paid before their file was made, or are not paid yet."""
    told = ((one.place, one.paid_on) for one in results if one.paid_on is not None)
    return [place for place, day in told if not made <= day <= today]


def whole(states: Iterable[str]) -> Literal["paid", "failed", "waiting", "mixed"]:
    """What became of all the shares of one claim together."""
    met = set(states)
    if "waiting" in met or not met:
        return "waiting"
    return "mixed" if len(met) > 1 else ("paid" if "paid" in met else "failed")


def _place(said: Any) -> int | None:
    text = str(said if said is not None else "").strip().removesuffix(".0")
    if not text:
        return None
    if not PLACE.fullmatch(text):
        raise ValueError("place")
    return int(text)


def _fen(said: Any) -> int | None:
    text = "".join(str(said if said is not None else "").split()).replace(",", "")
    if not text:
        return None
    try:
        fen = Decimal(text.strip("¥￥元")) * 100
    except ArithmeticError:  # no number, or one beyond all bounds
        raise ValueError("sum") from None
    if not fen.is_finite() or fen != fen.to_integral_value():
        raise ValueError("sum")
    return int(fen)


def _day(said: Any) -> date:
    if isinstance(said, date):
        found = date(said.year, said.month, said.day)
    else:
        found = date.fromisoformat(str(said or "").strip()[:10].replace("/", "-"))
    if found < EARLIEST:
        raise ValueError("day")
    return found
