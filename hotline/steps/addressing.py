"""督办移送的对象: those chosen among the offered, and a body that was named."""

from typing import Final

from hotline.errors import StepRefused
from hotline.policy.addressing import offered, takes_names
from hotline.policy.pack import Pack
from hotline.rules.redaction import leaks
from hotline.rules.referral import ReferralKind
from hotline.rules.wording import plain

LONGEST_NAME: Final = 40


def chosen(
    kind: ReferralKind,
    pack: Pack,
    place: tuple[str | None, str | None],
    said: tuple[tuple[str, ...], str],
) -> list[str]:
    """`place`: lead and county of the order; `said`: codes and a name. StepRefused for others."""
    codes, name = said
    if set(codes) - {one.code for one in offered(kind, pack, *place)}:
        raise StepRefused("referral.no_addressee")
    named = plain(name)[:LONGEST_NAME]
    if named and (not takes_names(kind) or leaks(named)):
        raise StepRefused("referral.no_addressee")
    return [*dict.fromkeys(codes), *filter(None, [named])]
