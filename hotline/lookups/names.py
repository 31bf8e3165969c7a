"""What codes are called: places, kinds and departments by the pack that a matter is handled by."""

from collections.abc import Iterable
from dataclasses import dataclass

from hotline.errors import PolicyGap
from hotline.policy.pack import Pack
from hotline.policy.store import packs


@dataclass(frozen=True, slots=True)
class Named:
    """A code and its name."""

    code: str
    name: str
    name_en: str = ""


async def pack_of(jurisdiction: str) -> Pack:
    """The rules a matter is handled by."""
    return (await packs()).pack(jurisdiction)


def place_label(pack: Pack, county: str | None, township: str | None) -> str:
    """黔南州都匀市小围寨街道; "" while the place is unknown."""
    for code in (township, county):
        if code and pack.gazetteer.get(code):
            return pack.gazetteer.label(code)
    return ""


def kind_names(pack: Pack, codes: Iterable[str]) -> tuple[Named, ...]:
    """The kinds of a matter, best first."""
    found = ((code, pack.lexicon.kind(code)) for code in codes)
    return tuple(
        Named(code, kind.name, kind.name_en) if kind else Named(code, code) for code, kind in found
    )


def trade_named(pack: Pack, code: str | None) -> Named | None:
    """The trade a matter speaks of; None where none was named, or the pack knows it no more."""
    known = (trade for trade in pack.lexicon.industries if trade.code == code)
    return next((Named(trade.code, trade.name) for trade in known), None)


def department(pack: Pack, code: str, others: Iterable[Pack] = ()) -> Named:
    """A department as people call it; its code where no pack asked knows it any more."""
    for one in (pack, *others):
        try:
            known = one.department(code)
        except PolicyGap:
            continue
        return Named(code, known.short or known.name)
    return Named(code, code)
