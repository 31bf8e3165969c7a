"""Every address of the service and who may go there: one line a door.

`role` is one Role or several, any of which may pass. Role.PUBLIC: anybody; Role.MACHINE: the
endpoint itself checks a signature. A change of state is a noun to POST to.
"""

from typing import Final

from starlette.routing import Route

from hotline.rules.terms import Role
from webforms import assets, display, health
from webforms.citizen import (
    alike,
    check,
    follow,
    photos,
    places,
    progress,
    receipt,
    start,
    story,
    what,
    where,
    you,
)
from webforms.doors import PERSONAL, PLAIN, Manner, door
from webforms.hooks import phone
from webforms.hooks.door import MOST_BYTES, receive
from webforms.routes_admin import ADMIN_ROUTES
from webforms.routes_machines import MACHINE_ROUTES
from webforms.routes_outgoing import OUTGOING_ROUTES
from webforms.routes_oversight import OVERSIGHT_ROUTES
from webforms.routes_partners import PARTNER_ROUTES
from webforms.routes_phone import PHONE_ROUTES
from webforms.routes_public import PUBLIC_ROUTES
from webforms.routes_referrals import REFERRAL_ROUTES
from webforms.routes_rewards import REWARD_ROUTES
from webforms.routes_staff import STAFF_ROUTES
from webforms.routes_steps import STEP_ROUTES
from webforms.wechat import door as wechat

PHOTOS: Final = Manner(most_files=30, most_bytes=64 * 1024 * 1024)

DELIVERY: Final = Manner(most_bytes=MOST_BYTES)
WECHAT: Final = Manner(most_bytes=wechat.MOST_BYTES)

ROUTES: Final[list[Route]] = [
    door("/hooks/{channel}", receive, role=Role.MACHINE, method="POST", manner=DELIVERY),
    door(
        "/hooks/phone/{line}",
        phone.receive,
        role=Role.MACHINE,
        method="POST",
        manner=Manner(most_bytes=phone.MOST_BYTES),
    ),
    door("/hooks/wechat/{account}", wechat.echo, role=Role.MACHINE),
    door(
        "/hooks/wechat/{account}",
        wechat.receive,
        role=Role.MACHINE,
        method="POST",
        manner=WECHAT,
    ),
    *MACHINE_ROUTES,
    door("/health", health.health, role=Role.PUBLIC, manner=PLAIN),
    door("/static/{path:path}", assets.asset, role=Role.PUBLIC, manner=PLAIN),
    door("/display", display.choose, role=Role.PUBLIC),
    # 群众: a report, page by page
    door("/", start.home, role=Role.PUBLIC),
    door("/privacy", start.notice, role=Role.PUBLIC),
    door("/accessibility", start.accessibility, role=Role.PUBLIC),
    door("/places/{county}/townships", places.townships, role=Role.PUBLIC, manner=PLAIN),
    door("/report", start.begin, role=Role.PUBLIC, manner=PERSONAL),
    door("/report", start.begin_anew, role=Role.PUBLIC, method="POST"),
    door("/report/where", where.show, role=Role.PUBLIC, manner=PERSONAL),
    door("/report/where", where.save, role=Role.PUBLIC, method="POST"),
    door("/report/what", what.show, role=Role.PUBLIC, manner=PERSONAL),
    door("/report/what", what.save, role=Role.PUBLIC, method="POST"),
    door("/report/story", story.show, role=Role.PUBLIC, manner=PERSONAL),
    door("/report/story", story.save, role=Role.PUBLIC, method="POST"),
    door("/report/story/autosave", story.autosave, role=Role.PUBLIC, method="POST"),
    door("/report/emergency", story.emergency, role=Role.PUBLIC, manner=PERSONAL),
    door("/report/alike", alike.show, role=Role.PUBLIC, manner=PERSONAL),
    door("/report/alike", alike.save, role=Role.PUBLIC, method="POST"),
    door("/report/photos", photos.show, role=Role.PUBLIC, manner=PERSONAL),
    door("/report/photos", photos.stage, role=Role.PUBLIC, method="POST", manner=PHOTOS),
    door("/report/photos/{handle}", photos.thumbnail, role=Role.PUBLIC, manner=PERSONAL),
    door("/report/photos/{handle}/hint", photos.use_hint, role=Role.PUBLIC, method="POST"),
    door("/report/photos/{handle}/removal", photos.take_back, role=Role.PUBLIC, method="POST"),
    door("/report/you", you.show, role=Role.PUBLIC, manner=PERSONAL),
    door("/report/you", you.save, role=Role.PUBLIC, method="POST"),
    door("/report/check", check.show, role=Role.PUBLIC, manner=PERSONAL),
    door("/report/submission", check.send, role=Role.PUBLIC, method="POST"),
    door("/report/receipt", receipt.show, role=Role.PUBLIC, manner=PERSONAL),
    door("/report/receipt/removal", receipt.forget, role=Role.PUBLIC, method="POST"),
    # 群众: the report afterwards, by number and code
    door("/progress", progress.ask, role=Role.PUBLIC, manner=PERSONAL),
    door("/progress", progress.look, role=Role.PUBLIC, method="POST"),
    door("/progress/report", progress.show, role=Role.PUBLIC, manner=PERSONAL),
    door("/progress/leave", progress.leave, role=Role.PUBLIC, method="POST"),
    door("/progress/supplements", follow.add_facts, role=Role.PUBLIC, method="POST"),
    door("/progress/messages", follow.say, role=Role.PUBLIC, method="POST"),
    door("/progress/files", follow.add_files, role=Role.PUBLIC, method="POST", manner=PHOTOS),
    door("/progress/rating", follow.rate, role=Role.PUBLIC, method="POST"),
    door("/progress/review", follow.ask_for_review, role=Role.PUBLIC, method="POST"),
    door("/progress/card", follow.show_card, role=Role.PUBLIC, method="POST"),
    door("/progress/withdrawal", follow.confirm_withdrawal, role=Role.PUBLIC, manner=PERSONAL),
    door("/progress/withdrawal", follow.take_back, role=Role.PUBLIC, method="POST"),
    *PHONE_ROUTES,
    *PARTNER_ROUTES,
    *PUBLIC_ROUTES,
    *STAFF_ROUTES,
    *STEP_ROUTES,
    *OVERSIGHT_ROUTES,
    *OUTGOING_ROUTES,
    *REFERRAL_ROUTES,
    *REWARD_ROUTES,
    *ADMIN_ROUTES,
]
