"""What stands beside the typing: the caller's earlier reports, look-alikes, whose matter it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from hotline.lookups.caller_history import EarlierReport, caller_history
from hotline.lookups.look_alikes import Alike, Told, look_alikes
from hotline.policy.pack import Pack
from hotline.rules.actor import Actor
from hotline.rules.classifying import Kind, classify
from hotline.rules.normalise import phone_digits
from hotline.rules.terms import Relation, Secrecy
from webforms.agent.call import Typed
from webforms.staff.choices import county_of, kind_of, township_of
from webforms.visit import current

ENOUGH = 4  # characters of a text before it says anything


@dataclass(frozen=True)
class Side:
    """The right column. None: not asked yet; empty: asked, and nothing found."""

    history: Sequence[EarlierReport] | None = None
    alike: Sequence[Alike] | None = None
    not_ours: Sequence[Kind] = ()
    emergency: Sequence[str] = ()


async def side(pack: Pack, typed: Typed, by: Actor, part: str = "") -> Side:
    """What the typing so far brings up: everything, or what one part of the column shows."""
    if part == "knowledge":
        return Side()
    history = await _history(typed, by)
    if part == "history":
        return Side(history=history)
    heard = classify(pack.lexicon, typed.text, ())
    others = [pack.lexicon.kind(hit.code) for hit in heard.not_ours]
    return Side(
        history=history,
        alike=await _alike(pack, typed, by, history or ()),
        not_ours=[kind for kind in others if kind] if not heard.kinds else [],
        emergency=heard.emergency,
    )


async def relation(typed: Typed, by: Actor) -> Relation:
    """How a call belongs to the matter it is joined to: the caller's own brings new facts."""
    earlier = await _history(typed, by) or ()
    own = {one.order for one in earlier}
    return Relation.NEW_FACTS if typed.order in own else Relation.SAME


async def _history(typed: Typed, by: Actor) -> Sequence[EarlierReport] | None:
    digits = phone_digits(typed.phone)
    secrecy = Secrecy(typed.secrecy) if typed.secrecy in set(Secrecy) else Secrecy.REAL_NAME
    return await caller_history(digits, by, secrecy) if digits else None


async def _alike(
    pack: Pack, typed: Typed, by: Actor, history: Sequence[EarlierReport]
) -> Sequence[Alike] | None:
    county = county_of(pack, typed.county)
    if not county and len(typed.text) < ENOUGH:
        return None
    kind = kind_of(pack.lexicon, typed.kind)
    told = Told(
        text=typed.text,
        county=county,
        township=township_of(pack, county, typed.township) if county else "",
        kinds=(kind,) if kind else (),
        landmark=typed.landmark,
        source=typed.source_name,
        own=frozenset(one.order for one in history if one.order),
    )
    return await look_alikes(told, by, current().now)
