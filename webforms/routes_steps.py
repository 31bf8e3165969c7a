"""Every address of the procedure beside the order's own page: 转送 and what follows."""

from typing import Final

from starlette.routing import Route

from hotline.rules.lifecycle import ROLES
from hotline.rules.terms import Step
from webforms.desk import letters
from webforms.doors import door
from webforms.procedure import (
    archive,
    bodies,
    cards,
    checking,
    follow_ups,
    forwarding,
    joint,
    people,
    reviews,
)
from webforms.staff import frame

FORWARDING: Final = tuple(sorted(ROLES[Step.FORWARD]))
HANDING_ON: Final = tuple(sorted(ROLES[Step.HAND_ON]))
ASKING: Final = tuple(sorted(ROLES[Step.TRY_FOLLOW_UP]))
FOLLOWING: Final = tuple(sorted(ROLES[Step.TRY_FOLLOW_UP] | ROLES[Step.REDO]))
CHECKING: Final = tuple(sorted(ROLES[Step.CHECK]))
FILING: Final = tuple(sorted(ROLES[Step.ARCHIVE]))
REVIEWING: Final = tuple(sorted(ROLES[Step.REVIEW]))
HANDING: Final = tuple(sorted(ROLES[Step.HANDOVER]))
RECUSING: Final = tuple(sorted(ROLES[Step.RECUSE]))
TAKING_OUT: Final = tuple(sorted(ROLES[Step.UNARCHIVE]))
JOINING: Final = tuple(sorted(ROLES[Step.JOINT]))
ORDER: Final = "/desk/orders/{number}"

STEP_ROUTES: Final[list[Route]] = [
    door(f"{ORDER}/letters/{{kind}}", letters.of_order, role=frame.READERS),
    door("/desk/reports/{number}/letters/{kind}", letters.of_report, role=frame.REFERRERS),
    door(f"{ORDER}/forwarding", forwarding.show, role=FORWARDING),
    door(f"{ORDER}/forwarding", forwarding.passing_on, role=FORWARDING, method="POST"),
    door(f"{ORDER}/body", bodies.show, role=HANDING_ON),
    door(f"{ORDER}/body", bodies.handing_on, role=HANDING_ON, method="POST"),
    door("/forwarded", forwarding.home, role=FORWARDING),
    door(
        "/forwarded/{number}/confirmation", forwarding.confirmation, role=FORWARDING, method="POST"
    ),
    door("/forwarded/{number}/return", forwarding.return_, role=FORWARDING, method="POST"),
    door(f"{ORDER}/joint", joint.show, role=JOINING),
    door(f"{ORDER}/joint", joint.asking, role=JOINING, method="POST"),
    door(f"{ORDER}/check", checking.show, role=frame.READERS),
    door(f"{ORDER}/check", checking.visit, role=CHECKING, method="POST"),
    door("/follow-ups", follow_ups.home, role=FOLLOWING),
    door("/follow-ups/{number}", follow_ups.show, role=ASKING),
    door("/follow-ups/{number}", follow_ups.attempt, role=ASKING, method="POST"),
    door("/archive", archive.home, role=FILING),
    door("/archive", archive.filing, role=FILING, method="POST"),
    door("/archive/{number}/removal", archive.taking_out, role=TAKING_OUT, method="POST"),
    door(f"{ORDER}/recusal", people.withdrawing, role=RECUSING, method="POST"),
    door("/cards", cards.home, role=frame.ADMINS),
    door("/cards", cards.issuing, role=frame.ADMINS, method="POST"),
    door("/cards/{number}/removal", cards.taking_back, role=frame.ADMINS, method="POST"),
    door("/handover", people.home, role=HANDING),
    door("/handover/{login}", people.of_person, role=HANDING),
    door("/handover/{login}", people.handing_over, role=HANDING, method="POST"),
    door("/account/absence", people.absence, role=frame.ANYONE),
    door("/account/absence", people.going, role=frame.ANYONE, method="POST"),
    door("/account/absence/end", people.coming_back, role=frame.ANYONE, method="POST"),
    door("/account/deputy", people.acting_for, role=frame.ANYONE, method="POST"),
    door("/account/deputy/end", people.as_oneself, role=frame.ANYONE, method="POST"),
    door("/reviews", reviews.home, role=REVIEWING),
    door("/reviews/{number}", reviews.show, role=REVIEWING),
    door("/reviews/{number}", reviews.opinion, role=REVIEWING, method="POST"),
]
