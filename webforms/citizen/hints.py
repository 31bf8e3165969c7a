"""照片自带信息: what a photo tells becomes an answer when its sender says so."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from hotline.rules.attachments.found import Hint
from webforms.dates import CHINA

TIME: Final = "time"
PLACE: Final = "place"
NOT_PLACE: Final = "not_place"
NO_PLACE: Final = dict.fromkeys(("longitude", "latitude", "accuracy_m"))


def taken_over(use: str, hint: Hint, now: datetime) -> Mapping[str, Any]:
    """The answers that change. A camera's clock that runs ahead says nothing."""
    if use == TIME and hint.taken_at:
        at = datetime.fromisoformat(hint.taken_at).astimezone(CHINA)
        return {"began": at.date().isoformat(), "hours": f"{at:%H:%M}"} if at <= now else {}
    if use == PLACE and hint.has_place:
        return {**NO_PLACE, "longitude": hint.longitude, "latitude": hint.latitude}
    return NO_PLACE if use == NOT_PLACE else {}
