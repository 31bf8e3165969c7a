"""限办类型 in a statement: a post for some kinds sees those, what has none yet, and its own."""

import re
from typing import Final

from hotline.rules.sight import Sight

_CODE: Final = re.compile(r"[a-z0-9_.-]+")
WITHIN: Final = """
 AND (coalesce(cardinality({of}), 0) = 0 OR EXISTS (SELECT FROM unnest({of}) k,
   unnest(ARRAY[{own}]) w WHERE k = w OR starts_with(k, w || '.')){hand})
"""
IN_HAND: Final = " OR {handler} = '{account}'::uuid"


def report_kinds(sight: Sight) -> str:
    """Of a report `r` in its order `o`, if it is in one: the order's kinds say what it is."""
    return own_kinds(sight, "coalesce(o.kinds, r.kinds)", "o.handler_id")


def order_kinds(sight: Sight) -> str:
    """Of an order `o`."""
    return own_kinds(sight, "o.kinds", "o.handler_id")


def own_kinds(sight: Sight, of: str, handler: str = "") -> str:
    """A condition to append, "" for a post that is for every kind.

    The codes are a pack's, checked when the post was given; they stand in the statement so that
    whoever has no such bounds, nearly everybody, asks exactly what was asked before.
    """
    if not sight.kinds:
        return ""
    if not all(map(_CODE.fullmatch, sight.kinds)):
        raise ValueError("a kind that is no code")
    own = ", ".join(f"'{one}'" for one in sorted(sight.kinds))
    in_hand = handler and sight.account
    hand = IN_HAND.format(handler=handler, account=sight.account) if in_hand else ""
    return WITHIN.format(of=of, own=own, hand=hand)
