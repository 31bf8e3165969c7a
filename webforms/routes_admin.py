"""Every address of 管理: calendars, sessions, the audit, departments, health."""

from typing import Final

from starlette.routing import Route

from hotline.rules.terms import Role
from webforms.admin import audit, calendar, person, status
from webforms.doors import PERSONAL, PLAIN, door
from webforms.packs import desk as packs
from webforms.packs import draft
from webforms.staff import factor, frame

ADMIN_ROUTES: Final[list[Route]] = [
    door("/sign-in/code", factor.ask, role=Role.PUBLIC, manner=PERSONAL),
    door("/sign-in/code", factor.answer, role=Role.PUBLIC, method="POST"),
    door("/account/security", factor.show, role=frame.ANYONE),
    door("/account/security", factor.change, role=frame.ANYONE, method="POST"),
    door("/account/security/revocation", factor.end_session, role=frame.ANYONE, method="POST"),
    door("/people/{login}", person.show, role=frame.ADMINS),
    door("/people/{login}/post", person.post, role=frame.ADMINS, method="POST"),
    door("/people/{login}/revocation", person.end_session, role=frame.ADMINS, method="POST"),
    door("/people/{login}/factor-removal", person.without_factor, role=frame.ADMINS, method="POST"),
    door("/healthz", status.live, role=Role.PUBLIC, manner=PLAIN),
    door("/healthz/ready", status.ready, role=Role.PUBLIC, manner=PLAIN),
    door("/metrics", status.metrics, role=Role.MACHINE),
    door("/status", status.show, role=frame.ADMINS),
    door("/audit", audit.show, role=frame.ADMINS),
    door("/audit", audit.search, role=frame.ADMINS, method="POST"),
    door("/calendar", calendar.show, role=frame.ADMINS),
    door("/packs", packs.show, role=frame.ADMINS),
    door("/packs/{code}/{topic}", packs.topic, role=frame.ADMINS),
    door("/packs/{code}/{topic}/draft", draft.look, role=frame.ADMINS, method="POST"),
    door("/packs/{code}/{topic}/enactment", draft.enactment, role=frame.ADMINS, method="POST"),
    door("/packs/{code}/{topic}/versions/{version}", packs.version, role=frame.ADMINS),
    door("/packs/{code}/{topic}/versions/{version}/file", packs.export, role=frame.ADMINS),
]
