"""The one table of the API: addresses, scopes, what goes in and out. Routes and document follow."""

from dataclasses import dataclass, field
from typing import Any, Final

from hotline.rules.attachments.found import LARGEST_FILE
from hotline.rules.terms import Scope
from webforms.api import catalog, reports, schemas
from webforms.api.door import Endpoint, KeyedEndpoint, keyed, spoken
from webforms.machines import ID

BASE: Final = "/api/v1"
JSON_BYTES: Final = 256 * 1024

Schema = dict[str, Any]

NUMBER: Final[Schema] = {
    "name": "number",
    "in": "path",
    "required": True,
    "schema": {"type": "string"},
    "description": "受理编号 · the report's number",
}
IDEMPOTENCY: Final[Schema] = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "schema": {"type": "string", "pattern": f"^{ID}$"},
    "description": "本次提交的编号，重试时不变 · names what is sent; the same on every retry",
}
JURISDICTION: Final[Schema] = {
    "name": "jurisdiction",
    "in": "query",
    "required": False,
    "schema": {"type": "string"},
    "description": "规则包代码；只有一个省时可省略 · a pack's code",
}
WITHIN: Final[Schema] = {
    "name": "within",
    "in": "query",
    "required": False,
    "schema": {"type": "string"},
    "description": "上级区划代码 · the division whose parts are listed",
}


@dataclass(frozen=True, slots=True)
class Operation:
    """One address and method: who may, what goes in, what comes out."""

    method: str
    path: str
    summary: str
    endpoint: KeyedEndpoint | Endpoint
    scope: Scope | None
    success: tuple[int, Schema]
    parameters: tuple[Schema, ...] = ()
    body: tuple[str, Schema] | None = None
    problems: tuple[int, ...] = field(default=())
    most_bytes: int = JSON_BYTES

    @property
    def name(self) -> str:
        """Its operationId."""
        return self.endpoint.__name__

    @property
    def address(self) -> str:
        """Its path on the server."""
        return BASE + self.path

    def passed(self) -> Endpoint:
        """The endpoint as the door calls it."""
        if self.scope is None:
            return spoken(self.endpoint)  # type: ignore[arg-type]
        return keyed(self.endpoint, self.scope)  # type: ignore[arg-type]

    def statuses(self) -> tuple[int, ...]:
        """Every status of a problem that it may answer with."""
        of_key = (401, 403, 429, 503) if self.scope else ()
        of_body = (400, 408, 413, 415, 422) if self.body else ()
        return tuple(sorted({*self.problems, *of_key, *of_body}))


_JSON: Final = "application/json"

OPERATIONS: Final = (
    Operation(
        "POST",
        "/reports",
        "登记一件诉求 · register a report",
        reports.take,
        Scope.REPORTS_WRITE,
        success=(201, schemas.RECEIPT),
        parameters=(IDEMPOTENCY,),
        body=(_JSON, schemas.REPORT),
        problems=(409,),
    ),
    Operation(
        "GET",
        "/reports/{number}",
        "查询本单位报来诉求的进度 · how a report of your own stands",
        reports.show,
        Scope.REPORTS_READ,
        success=(200, schemas.PROGRESS),
        parameters=(NUMBER,),
        problems=(404,),
    ),
    Operation(
        "POST",
        "/reports/{number}/supplements",
        "补充情况 · add facts to a report of your own",
        reports.add_facts,
        Scope.REPORTS_WRITE,
        success=(201, schemas.ADDED),
        parameters=(NUMBER, IDEMPOTENCY),
        body=(_JSON, schemas.SUPPLEMENT),
        problems=(404, 409),
    ),
    Operation(
        "POST",
        "/reports/{number}/attachments",
        "补充一个附件 · add a file to a report of your own",
        reports.add_attachment,
        Scope.REPORTS_WRITE,
        success=(201, schemas.KEPT),
        parameters=(NUMBER,),
        body=("multipart/form-data", schemas.FILE),
        problems=(404,),
        most_bytes=LARGEST_FILE + JSON_BYTES,
    ),
    Operation(
        "POST",
        "/reports/{number}/withdrawal",
        "撤回诉求 · take a report of your own back",
        reports.take_back,
        Scope.REPORTS_WRITE,
        success=(200, schemas.WITHDRAWN),
        parameters=(NUMBER,),
        body=(_JSON, schemas.WITHDRAWAL),
        problems=(404,),
    ),
    Operation(
        "POST",
        "/reports/{number}/card",
        "出示监督员证、网格员证 · prove an appointment of the reporter's",
        reports.show_card,
        Scope.REPORTS_WRITE,
        success=(200, schemas.PROVED),
        parameters=(NUMBER,),
        body=(_JSON, schemas.CARD),
        problems=(404,),
    ),
    Operation(
        "GET",
        "/kinds",
        "问题类型 · kinds of matters",
        catalog.kinds,
        None,
        success=(200, schemas.KINDS),
        parameters=(JURISDICTION,),
        problems=(400, 404),
    ),
    Operation(
        "GET",
        "/places",
        "行政区划 · divisions",
        catalog.places,
        None,
        success=(200, schemas.PLACES),
        parameters=(JURISDICTION, WITHIN),
        problems=(400, 404),
    ),
)
