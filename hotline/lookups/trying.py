"""试一试: what the service would make of a text and who would get it. Nothing is stored."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from hotline.lookups.names import Named, department, kind_names, place_label
from hotline.lookups.routing import WhyView, would_be
from hotline.policy.pack import Pack
from hotline.policy.routes import Matter, routed
from hotline.rules.classifying import classify
from hotline.rules.locating import locate
from hotline.rules.normalise import legible, tidy
from hotline.rules.recusal import OFFICE_ACCUSED, accuses_office
from hotline.rules.redaction import mask

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Tried:
    """Where, what, who and why; `cause` when a person would have to decide."""

    place: str
    kinds: tuple[Named, ...]
    emergency: tuple[str, ...]
    lead: Named | None
    co: tuple[Named, ...]
    cause: str
    why: WhyView


async def tried(pack: Pack, text: str, county: str, now: datetime) -> Tried:
    """Under the pack at hand, in force or drafted. `county` as chosen; "" as the text says."""
    told = mask(tidy(legible(text))).text
    located = locate(
        pack.gazetteer,
        chosen_county=county or None,
        chosen_township=None,
        text=told,
        on=now.astimezone(SHANGHAI).date(),
    )
    heard = classify(pack.lexicon, told, ())
    matter = Matter(
        kinds=tuple(hit.code for hit in heard.kinds),
        county=located.county,
        township=located.township,
        emergency=bool(heard.emergency),
        at=now,
        trade=heard.industry or "",
        told=(told,),
    )
    answer = routed(pack, matter)
    blames = accuses_office(told) and not heard.emergency
    cause = located.cause or heard.cause or (OFFICE_ACCUSED if blames else answer.cause)
    return Tried(
        place=place_label(pack, located.county, located.township),
        kinds=kind_names(pack, matter.kinds),
        emergency=tuple(heard.emergency),
        lead=department(pack, answer.lead) if answer.lead else None,
        co=tuple(department(pack, code) for code in answer.co),
        cause=cause,
        why=await would_be(pack, matter),
    )
