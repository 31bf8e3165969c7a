"""Every address of what anybody may read, and of the desks where it is made public."""

from typing import Final

from starlette.routing import Route

from hotline.rules.lifecycle import ROLES
from hotline.rules.terms import Role, Step
from webforms.doors import door
from webforms.ledger import county_map, inspection, open_data, posts
from webforms.media import contacts, story
from webforms.publish import desk as publish
from webforms.publish import history
from webforms.releases import desk as releases
from webforms.releases import material
from webforms.staff import frame

RELEASERS: Final = tuple(sorted(ROLES[Step.WRITE_RELEASE]))

PUBLIC_ROUTES: Final[list[Route]] = [
    # 开放数据
    door("/public/data", open_data.dictionary, role=Role.PUBLIC),
    door("/public/cases.json", open_data.as_json, role=Role.PUBLIC),
    door("/public/cases.csv", open_data.as_csv, role=Role.PUBLIC),
    door("/public/feed.atom", open_data.feed, role=Role.PUBLIC),
    door("/public/inspection", inspection.show, role=Role.PUBLIC),
    door("/public/inspection.xlsx", inspection.workbook, role=Role.PUBLIC),
    door("/public/map", county_map.show, role=Role.PUBLIC),
    # 发布
    door("/public/posts", posts.show, role=Role.PUBLIC),
    door("/public/posts/{number}", posts.one, role=Role.PUBLIC),
    door("/releases", releases.show, role=RELEASERS),
    door("/releases", releases.write, role=RELEASERS, method="POST"),
    door("/releases/briefings", releases.brief, role=RELEASERS, method="POST"),
    door("/releases/bulletins", releases.draft, role=RELEASERS, method="POST"),
    door("/releases/{number}", releases.one, role=RELEASERS),
    door("/releases/{number}", releases.rewrite, role=RELEASERS, method="POST"),
    door("/releases/{number}/pack.zip", material.pack, role=RELEASERS),
    *(
        door(f"/releases/{{number}}/{noun}", act, role=tuple(ROLES[step]), method="POST")
        for noun, act, step in (
            ("approval", releases.approval, Step.APPROVE_RELEASE),
            ("withdrawal", releases.withdrawal, Step.WITHDRAW_RELEASE),
            ("sendings", releases.sending, Step.SEND_RELEASE),
        )
    ),
    # 媒体线索：研判与回应
    door("/media/contacts", contacts.show, role=frame.MEDIA),
    door("/media/contacts", contacts.add, role=frame.MEDIA, method="POST"),
    door("/media/contacts/{handle}/removal", contacts.drop, role=frame.MEDIA, method="POST"),
    door("/media/stories/{number}", story.show, role=frame.MEDIA),
    *(
        door(f"/media/stories/{{number}}/{noun}", act, role=frame.MEDIA, method="POST")
        for noun, act in (
            ("assessment", story.assessment),
            ("links", story.link),
            ("links/removal", story.unlink),
            ("co-notice", story.co_notice),
            ("response", story.response),
        )
    ),
    # 公开期限与历史
    door("/publish/{number}", history.show, role=frame.PUBLISHERS),
    door(
        "/publish/orders/{number}/withholding",
        publish.withholding,
        role=frame.PUBLISHERS,
        method="POST",
    ),
]
