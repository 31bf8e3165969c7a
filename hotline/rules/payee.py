"""收款信息: whom a reward is paid to and how; what each way needs and nothing more."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any, Final

MOST_PAYEES: Final = 10  # 联名: more than these are paid through one of them
LONGEST: Final = 60


class Way(StrEnum):
    """领取方式, as schemes print them."""

    BANK = "bank"  # 银行转账
    WECHAT = "wechat"  # 微信转账
    CREDIT = "credit"  # 话费充值
    CASH = "cash"  # 现金, against six digits of the claimant's own choice


class Honour(StrEnum):
    """荣誉: beside the money or in its place (环办执法〔2020〕8号), with the person's consent."""

    PRAISE = "praise"  # 通报表扬
    CERTIFICATE = "certificate"  # 荣誉证书
    TITLE = "title"  # 荣誉称号


class Consent(StrEnum):
    """What the claimant agreed to."""

    NONE = "none"
    UNNAMED = "unnamed"  # 不署名
    NAMED = "named"  # 署名


@dataclass(frozen=True, slots=True)
class Payee:
    """One person to be paid; seen by the payer alone."""

    name: str = field(default="", repr=False)
    bank: str = field(default="", repr=False)
    account: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    pickup: str = field(default="", repr=False)  # 取款口令: no name is needed at the counter


# what each way asks for
NEEDED: Final[Mapping[Way, tuple[str, ...]]] = {
    Way.BANK: ("name", "bank", "account"),
    Way.WECHAT: ("name", "phone"),
    Way.CREDIT: ("phone",),
    Way.CASH: ("pickup",),
}
FORMS: Final[Mapping[str, re.Pattern[str]]] = {
    "account": re.compile(r"[0-9]{8,30}"),
    "phone": re.compile(r"1[3-9][0-9]{9}"),
    "pickup": re.compile(r"(?!([0-9])\1{5})[0-9]{6}"),
}
PLAIN: Final = re.compile(r"[ \-]")


def payees_due(joint: str, reporters: int) -> int:
    """联名: how many are paid; where the scheme does not say that shares are equal, one of them."""
    return reporters if joint == "equal" and 1 < reporters <= MOST_PAYEES else 1


def payee_of(way: Way, typed: Mapping[str, str]) -> Payee:
    """Only what this way asks for is kept."""
    said = {name: typed.get(name, "").strip() for name in NEEDED[way]}
    return Payee(
        **{name: PLAIN.sub("", value) if name in FORMS else value for name, value in said.items()}
    )


def faults(way: Way, payee: Payee) -> dict[str, str]:
    """Field → message key."""
    found = {}
    for name in NEEDED[way]:
        value = getattr(payee, name)
        if not value:
            found[name] = f"claim.need_{name}"
        elif len(value) > LONGEST or (name in FORMS and not FORMS[name].fullmatch(value)):
            found[name] = f"claim.bad_{name}"
    return found


def told(payee: Payee) -> dict[str, str]:
    """As it is sealed."""
    return {name: value for name, value in asdict(payee).items() if value}


def payee_in(held: Mapping[str, Any]) -> Payee:
    """As it was sealed."""
    known = {one.name for one in fields(Payee)}
    return Payee(**{name: str(value) for name, value in held.items() if name in known})
