"""Made-up people（虚构）, and sentences that tell who they are within the detector's classes."""

import base64
import json
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

SURNAMES: Final = "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张"
GIVEN: Final = "翀翙翚翯昺昕晞晫"  # seldom elsewhere, so that a hit is a find
HOME: Final = "虚构巷{0}号附{1}号"


@dataclass(frozen=True)
class Person:
    """One of them, by everything that finds a person; the n-th is told apart by n alone."""

    n: int

    @property
    def name(self) -> str:
        first, second = divmod(self.n, len(GIVEN))
        return f"{SURNAMES[self.n % len(SURNAMES)]}{GIVEN[first % len(GIVEN)]}{GIVEN[second]}"

    @property
    def neighbour(self) -> str:
        """Named in the sentence without any cue."""
        return f"{SURNAMES[-1 - self.n % 9]}{GIVEN[self.n % len(GIVEN)]}{self.n:03d}"

    @property
    def phone(self) -> str:
        return f"1391{self.n:03d}{7351 - self.n}"

    @property
    def id_number(self) -> str:
        return f"52270119{60 + self.n % 40}{1 + self.n % 12:02d}{1 + self.n % 28:02d}{self.n:03d}X"

    @property
    def mail(self) -> str:
        return f"planted.{self.n:03d}.q@example.org"

    @property
    def wechat(self) -> str:
        return f"wxid_planted{self.n:03d}q"

    @property
    def qq(self) -> str:
        return f"73519{self.n:03d}4"

    @property
    def card(self) -> str:
        body = f"622202{self.n:03d}735194268"
        return next(f"{body}{last}" for last in range(10) if _luhn(f"{body}{last}"))

    @property
    def plate(self) -> str:
        return f"贵JQ{self.n:03d}Z"

    @property
    def openid(self) -> str:
        return f"oPlanted_openid_of_nobody{self.n:03d}"

    @property
    def address(self) -> str:
        return HOME.format(7000 + self.n, 351)

    @property
    def told(self) -> tuple[str, ...]:
        """Everything promised not to stand anywhere."""
        return (
            self.name, self.phone, self.id_number, self.mail, self.wechat, self.qq, self.card,
            self.plate, self.openid, self.address,
        )  # fmt: skip

    @property
    def sentence(self) -> str:
        """Which classes are told turns with the person."""
        ways = (
            f"我叫{self.name}，电话{self.phone}，身份证号{self.id_number}，微信号{self.wechat}。",
            f"联系人：{self.name} {self.phone}，邮箱{self.mail}，QQ号{self.qq}。",
            f"本人{self.name}，车牌{self.plate}，卡号{self.card}，{self.neighbour}也看见了。",
            f"我是{self.name}，请回{_spaced(self.phone)}，加微信{self.wechat}。",
            f"反映车主{self.name}先生，身份证{self.id_number}，电话是{self.phone}。",
        )
        return ways[self.n % len(ways)]


def traces(word: str) -> set[bytes]:
    """How a word may lie in a file: as it is, escaped, in an address, in hex, in base64."""
    plain = word.encode()
    told = {plain, json.dumps(word)[1:-1].encode(), quote(word).encode(), plain.hex().encode()}
    for shift in range(3):  # wherever it stands among the groups of three
        coded = base64.b64encode(b"\0" * shift + plain)
        told.add(coded[4 if shift else 0 :].rstrip(b"=")[:-1])
    return {trace for trace in told if len(trace) > 5}


def _spaced(phone: str) -> str:
    return f"{phone[:3]} {phone[3:7]} {phone[7:]}"


def _luhn(digits: str) -> bool:
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(doubled)) % 10 == 0
