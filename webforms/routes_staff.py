"""Every address of the desks and of 办理公开: the second half of the table in `routes.py`."""

from typing import Final

from starlette.routing import Route

from hotline.rules.terms import Role
from webforms.doors import PERSONAL, door
from webforms.staff import account, frame, people, sign_in

STAFF_ROUTES: Final[list[Route]] = [
    door("/sign-in", sign_in.show, role=Role.PUBLIC, manner=PERSONAL),
    door("/sign-in", sign_in.enter, role=Role.PUBLIC, method="POST"),
    door("/sign-out", sign_in.leave, role=Role.PUBLIC, method="POST"),
    door("/invitation/{token}", account.invitation, role=Role.PUBLIC, manner=PERSONAL),
    door("/invitation/{token}", account.accept, role=Role.PUBLIC, method="POST"),
    door("/staff", frame.home, role=frame.ANYONE),
    door("/account/password", account.password, role=frame.ANYONE),
    door("/account/password", account.change, role=frame.ANYONE, method="POST"),
    door("/people", people.show, role=frame.ADMINS),
    door("/people", people.add, role=frame.ADMINS, method="POST"),
    door("/people/deactivation", people.remove, role=frame.ADMINS, method="POST"),
]
