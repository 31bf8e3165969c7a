"""Every address of the service and who may go there: one line a door.

`role` is one Role or several, any of which may pass. Role.PUBLIC: anybody; Role.MACHINE: the
endpoint itself checks a signature. A change of state is a noun to POST to.
"""

from typing import Final

from starlette.routing import Route

from hotline.rules.terms import Role
from webforms import assets, display, health
from webforms.doors import PLAIN, Manner, door

PHOTOS: Final = Manner(most_files=30, most_bytes=64 * 1024 * 1024)

ROUTES: Final[list[Route]] = [
    door("/health", health.health, role=Role.PUBLIC, manner=PLAIN),
    door("/static/{path:path}", assets.asset, role=Role.PUBLIC, manner=PLAIN),
    door("/display", display.choose, role=Role.PUBLIC),
]
