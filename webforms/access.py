"""Who is at the door: a staff session held by the server, known by the hash of a cookie's token."""

from datetime import datetime
from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from hotline.lookups import staff
from hotline.rules.actor import Actor
from hotline.steps.sign_in import touch
from webforms import cookies
from webforms.render import page, see_other

SIGN_IN: Final = "/sign-in"
SESSION_SECONDS: Final = 12 * 3600


async def actor_of(request: Request, now: datetime, *, used: bool = True) -> Actor | None:
    """The member of staff of a session that still stands; `used`: somebody is at the page."""
    token = request.cookies.get(cookies.STAFF, "")
    found = await staff.session(token, now) if token else None
    if found is not None and used:
        await touch(token, now)
    return found


def sign_in_first(request: Request) -> Response:
    """A reader goes to sign in and comes back; what was typed stays on the sender's own page."""
    if request.method == "GET":
        return see_other(f"{SIGN_IN}?next={quote(request.url.path)}")
    return page("errors/session_over", status_code=401, sign_in=SIGN_IN)


def local_path(path: str, otherwise: str) -> str:
    """A path of ours to go back to; anything that could lead elsewhere is dropped."""
    is_ours = path.startswith("/") and not path.startswith(("//", "/\\"))
    return path if is_ours and path.isprintable() and "\\" not in path else otherwise
