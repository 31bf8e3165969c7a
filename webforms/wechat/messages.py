"""A message's elements → what was said, and by which name it is known again."""

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from hotline.rules.report import EAST, NORTH
from hotline.rules.talk import Kind, Said
from webforms.wechat.xml import NotXml

LONGEST_NAME: Final = 128
LONGEST_TEXT: Final = 4096
KINDS: Final = {
    "text": Kind.TEXT,
    "image": Kind.IMAGE,
    "voice": Kind.VOICE,
    "video": Kind.VIDEO,
    "shortvideo": Kind.VIDEO,
    "location": Kind.LOCATION,
    "link": Kind.LINK,
    "event": Kind.EVENT,
}
WITH_MEDIA: Final = (Kind.IMAGE, Kind.VOICE, Kind.VIDEO)


def said_of(fields: Mapping[str, str]) -> Said:
    """NotXml when it does not say from whom and when."""
    kind = KINDS.get(fields.get("MsgType", "").lower(), Kind.OTHER)
    openid, at = fields.get("FromUserName", ""), _moment(fields.get("CreateTime", ""))
    if not openid or len(openid) > LONGEST_NAME or not openid.isprintable():
        raise NotXml("body.not_a_message")
    longitude, latitude = _point(fields) if kind is Kind.LOCATION else (None, None)
    if kind is Kind.LOCATION and longitude is None:
        kind = Kind.OTHER
    return Said(
        kind=kind,
        at=at,
        openid=openid,
        text=_words(kind, fields)[:LONGEST_TEXT],
        event=fields.get("Event", "")[:LONGEST_NAME],
        media_id=fields.get("MediaId", "")[:256] if kind in WITH_MEDIA else "",
        longitude=longitude,
        latitude=latitude,
    )


def name_of(fields: Mapping[str, str]) -> str:
    """By MsgId and sender, for MsgId alone has collided; events have none."""
    sender = fields.get("FromUserName", "")
    if message := fields.get("MsgId", ""):
        return f"message\n{message}\n{sender}"
    parts = (fields.get(name, "") for name in ("CreateTime", "Event", "EventKey"))
    return "\n".join(("event", sender, *parts))


def _words(kind: Kind, fields: Mapping[str, str]) -> str:
    match kind:
        case Kind.TEXT:
            return fields.get("Content", "")
        case Kind.VOICE:
            return fields.get("Recognition", "")
        case Kind.LOCATION:
            return fields.get("Label", "")
        case Kind.LINK:
            parts = (fields.get(name, "").strip() for name in ("Title", "Description", "Url"))
            return "\n".join(part for part in parts if part)
        case Kind.EVENT:
            return fields.get("EventKey", "")
        case _:
            return ""


def _moment(seconds: str) -> datetime:
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) <= 11):
        raise NotXml("body.not_a_message")
    return datetime.fromtimestamp(int(seconds), UTC)


def _point(fields: Mapping[str, str]) -> tuple[float | None, float | None]:
    """Location_X is the latitude."""
    try:
        latitude, longitude = float(fields["Location_X"]), float(fields["Location_Y"])
    except (KeyError, ValueError):
        return None, None
    if not (math.isfinite(latitude) and math.isfinite(longitude)):
        return None, None
    return (
        (longitude, latitude) if abs(longitude) <= EAST and abs(latitude) <= NORTH else (None, None)
    )
