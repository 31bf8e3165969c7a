"""Every address of 发件: failed messages, notices, the duty list, wordings."""

from typing import Final

from starlette.routing import Route

from hotline.rules.lifecycle import ROLES
from hotline.rules.terms import Step
from webforms.doors import POLLED, door
from webforms.outgoing import duty, failed, notices, wordings
from webforms.staff import frame

MESSAGES: Final = tuple(sorted(ROLES[Step.RESEND]))
DUTY: Final = tuple(sorted(ROLES[Step.WATCH]))
CORRECTING: Final = tuple(sorted(ROLES[Step.READDRESS]))

OUTGOING_ROUTES: Final[list[Route]] = [
    door("/messages", failed.home, role=MESSAGES),
    door("/messages/resends", failed.resend_many, role=MESSAGES, method="POST"),
    door("/messages/{handle}", failed.show, role=MESSAGES),
    door("/messages/{handle}/resend", failed.resending, role=MESSAGES, method="POST"),
    door("/messages/{handle}/withdrawal", failed.calling_off, role=MESSAGES, method="POST"),
    door("/messages/{handle}/address", failed.correction, role=CORRECTING, method="POST"),
    door("/notices", notices.show, role=frame.ANYONE),
    door("/notices/count", notices.count, role=frame.ANYONE, manner=POLLED),
    door("/notices/reading", notices.reading, role=frame.ANYONE, method="POST"),
    door(
        "/notices/orders/{number}/acknowledgement",
        notices.acknowledgement,
        role=frame.ANYONE,
        method="POST",
    ),
    door("/duty", duty.show, role=DUTY),
    door("/duty", duty.add, role=DUTY, method="POST"),
    door("/duty/{handle}/removal", duty.remove, role=DUTY, method="POST"),
    door("/wordings", wordings.home, role=frame.ADMINS),
    door("/wordings/{key}/{language}", wordings.show, role=frame.ADMINS),
    door("/wordings/{key}/{language}", wordings.change, role=frame.ADMINS, method="POST"),
    door(
        "/wordings/{key}/{language}/versions/{version}",
        wordings.judgement,
        role=frame.ADMINS,
        method="POST",
    ),
]
