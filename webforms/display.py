"""Language and letter size: kept in a cookie, changed by a plain link."""

from starlette.requests import Request
from starlette.responses import Response

from webforms import cookies
from webforms.access import local_path
from webforms.render import see_other
from webforms.texts import LANGUAGES
from webforms.visit import current


async def choose(request: Request) -> Response:
    """Remember the choice and go back to the page it was made on."""
    asked, secure = request.query_params, current().secure
    response = see_other(local_path(asked.get("back", ""), "/"))
    if asked.get("language") in LANGUAGES:
        language = asked["language"]
        cookies.put(response, cookies.LANGUAGE, language, seconds=cookies.YEAR, secure=secure)
    if asked.get("elder") in {"0", "1"}:
        cookies.put(response, cookies.ELDER, asked["elder"], seconds=cookies.YEAR, secure=secure)
    return response
