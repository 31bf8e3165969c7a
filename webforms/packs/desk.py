"""D4 规则包: every topic of a jurisdiction, where it comes from, its versions and what it lacks."""

from dataclasses import dataclass
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import NotFound
from hotline.lookups.policy_versions import content_of, differences, versions
from hotline.policy.changing import EDITABLE
from hotline.policy.draft import TOPIC as ROUTING
from hotline.policy.load import TOPICS
from hotline.policy.pack import Pack
from hotline.policy.sight import sight_of
from hotline.policy.store import chain, contents, packs
from hotline.policy.writing import as_toml
from webforms import doors
from webforms.rules.table import chosen_pack, own_content, today
from webforms.staff.frame import staff_page
from webforms.staff.when import short

ELSEWHERE: Final = {ROUTING: "/rules", "calendar": "/calendar"}


@dataclass(frozen=True, slots=True)
class Holding:
    """One topic: `of` is the pack it stands in, "" when nobody says anything about it."""

    topic: str
    of: str
    own: bool
    version: str
    valid_from: str
    lacking: int  # what the file itself says nobody knows


async def show(request: Request) -> Response:
    """The topics of one jurisdiction."""
    by = doors.actor(request)
    pack = await chosen_pack(by, request.query_params.get("of", ""))
    known, sight = await packs(), await sight_of(by)
    return staff_page(
        "packs/home",
        pack=pack,
        jurisdictions=[known.pack(code) for code in sorted(sight.jurisdictions)],
        holdings=await _holdings(pack),
        elsewhere=ELSEWHERE,
    )


async def topic(request: Request) -> Response:
    """One topic: what stands, what it was, and the field to change it in."""
    pack, name = await asked(request)
    own = await own_content(pack, name)
    return staff_page(
        "packs/topic",
        pack=pack,
        topic=name,
        own=own,
        toml=as_toml(own) if own else "",
        inherited=await _inherited(pack, name),
        lacking=_unknown(own),
        may_change=name in EDITABLE,
        versions=await versions(pack.code, name, today()),
        short=short,
        done=request.query_params.get("done", ""),
    )


async def version(request: Request) -> Response:
    """One version, what in it differs from the one in force, and the way back to it."""
    pack, name = await asked(request)
    wanted = request.path_params["version"]
    content, stands = await content_of(pack.code, name, wanted), await own_content(pack, name)
    return staff_page(
        "packs/version",
        pack=pack,
        topic=name,
        version=wanted,
        in_force=str(stands.get("version", "")),
        toml=as_toml(content),
        differences=differences(content, stands) if stands else [],
        may_change=name in EDITABLE,
    )


async def export(request: Request) -> Response:
    """One version as a file, as it is read back."""
    pack, name = await asked(request)
    content = await content_of(pack.code, name, request.path_params["version"])
    return Response(
        as_toml(content),
        media_type="application/toml",
        headers={"content-disposition": f'attachment; filename="{name}-{pack.code}.toml"'},
    )


async def asked(request: Request) -> tuple[Pack, str]:
    """The jurisdiction within sight, and a topic that there is. NotFound."""
    name = request.path_params["topic"]
    if name not in TOPICS:
        raise NotFound("policy")
    return await chosen_pack(doors.actor(request), request.path_params["code"]), name


async def _holdings(pack: Pack) -> list[Holding]:
    said = await contents()
    way = chain(pack.code, said)
    return [_holding(name, way, said) for name in TOPICS]


def _holding(name: str, way: list[str], said: dict[str, dict[str, Any]]) -> Holding:
    holder = next((code for code in way if name in said[code]), "")
    content = said[holder][name] if holder else {}
    return Holding(
        topic=name,
        of=holder,
        own=holder == way[0],
        version=str(content.get("version", "")),
        valid_from=str(content.get("valid_from", "")),
        lacking=len(_unknown(content)),
    )


async def _inherited(pack: Pack, name: str) -> list[tuple[str, str, str]]:
    """What the packs above say: code, version, TOML."""
    said = await contents()
    above = [code for code in chain(pack.code, said)[1:] if name in said[code]]
    return [(code, str(said[code][name]["version"]), as_toml(said[code][name])) for code in above]


def _unknown(content: dict[str, Any]) -> list[str]:
    said = content.get("unknown", [])
    return [str(one) for one in said] if isinstance(said, list) else [str(said)]
