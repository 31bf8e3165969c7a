"""Every address of platforms and of what no door could take; part of `routes.py`."""

from typing import Final

from starlette.routing import Route

from hotline.rules.terms import Role
from webforms.doors import Manner, door
from webforms.partners import desk, repair
from webforms.partners.door import MOST_BYTES, receive
from webforms.staff import frame

DELIVERY: Final = Manner(most_bytes=MOST_BYTES)

PARTNER_ROUTES: Final[list[Route]] = [
    door("/hooks/partner/{name}", receive, role=Role.MACHINE, method="POST", manner=DELIVERY),
    # 对接平台
    door("/partners", desk.home, role=frame.ADMINS),
    door("/partners/{name}", desk.show, role=frame.ADMINS),
    door("/partners/{name}/trial", desk.trial, role=frame.ADMINS, method="POST"),
    door("/partners/{name}/rehearsal", desk.rehearsal, role=frame.ADMINS, method="POST"),
    door("/partners/{name}/profile", desk.enactment, role=frame.ADMINS, method="POST"),
    # 待修复来件
    door("/repair", repair.home, role=frame.TRIAGE),
    door("/repair/{handle}", repair.show, role=frame.TRIAGE),
    door("/repair/{handle}/original", repair.original, role=frame.TRIAGE, method="POST"),
    door("/repair/{handle}/report", repair.report, role=frame.TRIAGE, method="POST"),
    door("/repair/{handle}/dismissal", repair.dismissal, role=frame.TRIAGE, method="POST"),
]
