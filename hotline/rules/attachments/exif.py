"""照片自带信息: when and where a picture says it was taken."""

from datetime import datetime
from typing import Any, Final

from PIL import Image

from hotline.rules.attachments.found import Hint
from hotline.rules.clocks import SHANGHAI

_EXIF, _GPS = 0x8769, 0x8825
_TAKEN, _OFFSET = 0x9003, 0x9011
_SOUTH_WEST: Final = frozenset({"S", "W"})
_EARLIEST: Final = 1990  # before that no telephone took a picture: a clock that was never set


def hint_of(image: Image.Image) -> Hint:
    """Whatever of it can be read; a tag that makes no sense says nothing."""
    try:
        exif = image.getexif()
        taken, place = exif.get_ifd(_EXIF), exif.get_ifd(_GPS)
    except (OSError, SyntaxError, ValueError, TypeError, KeyError, AttributeError):
        return Hint()
    latitude, longitude = _degrees(place, 1, 90), _degrees(place, 3, 180)
    where = (longitude, latitude) if latitude is not None and longitude is not None else (None,) * 2
    return Hint(_moment(taken), *where)


def _moment(taken: dict[int, Any]) -> str:
    """China's time, where the camera does not say which."""
    at = _read(str(taken.get(_TAKEN, ""))[:19], "%Y:%m:%d %H:%M:%S")
    if at is None or at.year < _EARLIEST:
        return ""
    zone = _read(str(taken.get(_OFFSET, ""))[:6], "%z")
    return at.replace(tzinfo=zone.tzinfo if zone else SHANGHAI).isoformat()


def _read(said: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(said, form)
    except ValueError:
        return None


def _degrees(place: dict[int, Any], tag: int, most: int) -> float | None:
    try:
        whole, minutes, seconds = (float(part) for part in place[tag + 1])
        found = whole + minutes / 60 + seconds / 3600
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    if not 0 < found <= most:  # also a NaN; 0 is a camera that did not know
        return None
    return round(-found if str(place.get(tag, "")).strip() in _SOUTH_WEST else found, 6)
