"""Every address of what anybody may read, and of the desks where it is made public."""

from typing import Final

from starlette.routing import Route

from webforms.doors import door
from webforms.publish import desk as publish
from webforms.publish import history
from webforms.staff import frame

PUBLIC_ROUTES: Final[list[Route]] = [
    # 公开期限与历史
    door("/publish/{number}", history.show, role=frame.PUBLISHERS),
    door(
        "/publish/orders/{number}/withholding",
        publish.withholding,
        role=frame.PUBLISHERS,
        method="POST",
    ),
]
