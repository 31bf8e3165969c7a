"""RFC 9457: what is wrong, as application/problem+json, in Chinese and in English."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import (
    BadReport,
    DeliveryConflict,
    HotlineError,
    NotAllowed,
    NotFound,
    PolicyGap,
    Stale,
    StepRefused,
    TooMany,
)
from hotline.rules.documents import NotAnObject
from webforms.machines import BadId, NoKey, NoScope
from webforms.texts import LANGUAGES, has_text, text

MEDIA_TYPE: Final = "application/problem+json"
CODES: Final[Mapping[type[HotlineError], tuple[int, str]]] = {
    NotAnObject: (400, "bad_body"),
    BadId: (400, "idempotency_key"),
    NoKey: (401, "no_key"),
    NoScope: (403, "no_scope"),
    NotAllowed: (403, "no_scope"),
    NotFound: (404, "not_found"),
    DeliveryConflict: (409, "other_body"),
    Stale: (409, "stale"),
    PolicyGap: (409, "policy_gap"),
    BadReport: (422, "bad_fields"),
    StepRefused: (422, "not_now"),
    TooMany: (429, "too_many"),
}
OF_HTTP: Final = {
    400: "bad_body",
    403: "no_scope",
    404: "not_found",
    405: "method",
    408: "too_slow",
    413: "too_large",
    415: "media_type",
    500: "unexpected",
    503: "unavailable",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: status and code, and the fields that are at fault."""

    status: int
    code: str
    faults: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, object] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    said: str = ""  # key of a wording of its own


def of_error(error: Exception) -> Problem:
    """The problem that an error of the core or of the web layer is."""
    if isinstance(error, HTTPException):
        return of_status(error.status_code, error.headers or {})
    status, code = next(found for kind, found in CODES.items() if isinstance(error, kind))
    return Problem(status, code, **_more(error))


def _more(error: Exception) -> dict[str, Any]:
    more: dict[str, Any] = {}
    match error:
        case BadReport():
            more = {"faults": error.errors}
        case NotAnObject():
            more = {"faults": {"": error.key}}
        case NoScope():
            more = {"values": {"scope": error.scope.value}}
        case NoKey():
            more = {"headers": {"www-authenticate": 'Bearer realm="hotline"'}}
        case TooMany():
            seconds = error.retry_after
            more = {"values": {"seconds": seconds}, "headers": {"retry-after": str(seconds)}}
        case StepRefused():
            more = {"values": error.values, "said": f"refused.{error.key}"}
    return more


def of_status(status: int, headers: Mapping[str, str], reference: str = "") -> Problem:
    """The problem of a bare status; 500 carries a reference for the operator."""
    values = {"reference": reference} if reference else {}
    return Problem(status, OF_HTTP.get(status, "other"), values=values, headers=headers)


def answer(request: Request, problem: Problem) -> Response:
    """In the language that was asked for, with both beside it."""
    language = language_of(request.headers.get("accept-language", ""))
    body = json.dumps(_body(problem, language), ensure_ascii=False, separators=(",", ":"))
    headers = {
        **problem.headers,
        "cache-control": "no-store",
        "content-language": LANGUAGES[language],
    }
    return Response(body.encode(), problem.status, headers, MEDIA_TYPE)


def language_of(accepted: str) -> str:
    """English when it is wanted before Chinese."""
    wanted = [one.strip().lower() for one in accepted.split(",")]
    for one in sorted(wanted, key=_quality, reverse=True):
        if one.startswith(tuple(LANGUAGES)):
            return one[:2]
    return next(iter(LANGUAGES))


def _quality(one: str) -> float:
    try:
        return float(one.partition(";q=")[2] or 1)
    except ValueError:
        return 0.0


def _body(problem: Problem, language: str) -> dict[str, Any]:
    both = {LANGUAGES[name]: _words(problem, name) for name in LANGUAGES}
    body: dict[str, Any] = {
        "type": f"/api#{problem.code}",
        **both[LANGUAGES[language]],
        "status": problem.status,
        "code": problem.code,
        "translations": both,
    }
    if problem.faults:
        body["errors"] = list(_errors(problem.faults, language))
    if "reference" in problem.values:
        body["reference"] = problem.values["reference"]
    return body


def _words(problem: Problem, language: str) -> dict[str, str]:
    return {
        "title": text(f"api.title.{problem.code}", language),
        "detail": _detail(problem, language),
    }


def _detail(problem: Problem, language: str) -> str:
    own = problem.said if has_text(problem.said) else ""
    return text(own or f"api.detail.{problem.code}", language, **problem.values)


def _errors(faults: Mapping[str, str], language: str) -> Iterable[dict[str, Any]]:
    for name, code in faults.items():
        both = {LANGUAGES[one]: worded(code, one) for one in LANGUAGES}
        yield {
            "pointer": "#" + "".join(f"/{_escaped(part)}" for part in name.split(".") if part),
            "code": code,
            "detail": both[LANGUAGES[language]],
            "translations": both,
        }


def worded(code: str, language: str) -> str:
    """The wording of what is wrong with a field."""
    families = ("api.fault", "hooks", "faults")
    key = next(one for family in families if has_text(one := f"{family}.{code}"))
    return text(key, language)


def _escaped(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1")
