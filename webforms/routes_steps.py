"""Every address of the procedure beside the order's own page: 转送 and what follows."""

from typing import Final

from starlette.routing import Route

from hotline.rules.lifecycle import ROLES
from hotline.rules.terms import Step
from webforms.doors import door
from webforms.procedure import forwarding

FORWARDING: Final = tuple(sorted(ROLES[Step.FORWARD]))
ORDER: Final = "/desk/orders/{number}"

STEP_ROUTES: Final[list[Route]] = [
    door(f"{ORDER}/forwarding", forwarding.show, role=FORWARDING),
    door(f"{ORDER}/forwarding", forwarding.passing_on, role=FORWARDING, method="POST"),
    door("/forwarded", forwarding.home, role=FORWARDING),
    door(
        "/forwarded/{number}/confirmation", forwarding.confirmation, role=FORWARDING, method="POST"
    ),
    door("/forwarded/{number}/return", forwarding.return_, role=FORWARDING, method="POST"),
]
