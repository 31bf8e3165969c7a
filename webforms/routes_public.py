"""Every address of what anybody may read, and of the desks where it is made public."""

from typing import Final

from starlette.routing import Route

from hotline.rules.terms import Role
from webforms.doors import door
from webforms.ledger import county_map, inspection, open_data
from webforms.publish import desk as publish
from webforms.publish import history
from webforms.staff import frame

PUBLIC_ROUTES: Final[list[Route]] = [
    # 开放数据
    door("/public/data", open_data.dictionary, role=Role.PUBLIC),
    door("/public/cases.json", open_data.as_json, role=Role.PUBLIC),
    door("/public/cases.csv", open_data.as_csv, role=Role.PUBLIC),
    door("/public/feed.atom", open_data.feed, role=Role.PUBLIC),
    door("/public/inspection", inspection.show, role=Role.PUBLIC),
    door("/public/inspection.xlsx", inspection.workbook, role=Role.PUBLIC),
    door("/public/map", county_map.show, role=Role.PUBLIC),
    # 公开期限与历史
    door("/publish/{number}", history.show, role=frame.PUBLISHERS),
    door(
        "/publish/orders/{number}/withholding",
        publish.withholding,
        role=frame.PUBLISHERS,
        method="POST",
    ),
]
