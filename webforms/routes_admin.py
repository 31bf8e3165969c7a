"""Every address of 管理: calendars, sessions, the audit, departments, health."""

from typing import Final

from starlette.routing import Route

from webforms.admin import calendar
from webforms.doors import door
from webforms.staff import frame

ADMIN_ROUTES: Final[list[Route]] = [
    door("/calendar", calendar.show, role=frame.ADMINS),
]
