"""一个人的来件: found by the number alone, by blind index; what could be erased and what stays."""

from dataclasses import dataclass
from datetime import datetime

from hotline.database import row
from hotline.policy.sight import sight_of
from hotline.policy.store import packs
from hotline.records.keeping import of_sender
from hotline.records.sealing import blind_index
from hotline.rules.actor import Actor
from hotline.rules.clocks import SHANGHAI
from hotline.rules.normalise import phone_digits
from hotline.rules.protection import Ended, kept_by_law
from hotline.rules.terms import RequestStage

CALLS = """
SELECT count(*) AS n FROM phone_call
WHERE tenant_id = $1 AND caller_index = $2 AND request_id IS NULL
"""


@dataclass(frozen=True, slots=True)
class Found:
    """One report of the person; `held`: why it may not go yet, "" when it may."""

    number: str
    stage: RequestStage
    registered_at: datetime
    held: str


@dataclass(frozen=True, slots=True)
class PersonView:
    """What the service holds under one number."""

    reports: tuple[Found, ...]
    calls: int  # without a report: forgotten by themselves


async def person(by: Actor, phone: str, now: datetime) -> PersonView | None:
    """None for what is no number."""
    digits, sight = phone_digits(phone), await sight_of(by)
    if not digits:
        return None
    index, known = blind_index(sight.tenant_id, "phone", digits), await packs()
    found = []
    for one in await of_sender(sight.tenant_id, index):
        if one["jurisdiction"] in sight.jurisdictions:
            on = one["ended_at"].astimezone(SHANGHAI).date()
            ended = Ended(one["stage"], one["wish"], frozenset(one["kinds"]), on)
            terms = known.pack(one["jurisdiction"]).protection.retention
            held = one["held"] or ("law" if kept_by_law(terms, ended, now) else "")
            stage = RequestStage(one["stage"])
            found.append(Found(one["number"], stage, one["registered_at"], held))
    calls = await row(CALLS, sight.tenant_id, index)
    return PersonView(tuple(found), int(calls["n"]) if calls else 0)
