"""Every address of machines that show a key: the JSON API and Open311; part of `routes.py`.

Role.MACHINE: the endpoint itself asks for the key. What Open311 gives to anybody is public.
"""

from typing import Final

from starlette.routing import Route

from hotline.rules.terms import Role
from webforms.api.document import document, reference
from webforms.api.table import OPERATIONS
from webforms.doors import PLAIN, Manner, door
from webforms.open311 import discovery, posting, requests, services, tokens
from webforms.open311.door import BASE, spoken

OPEN311: Final = (
    ("discovery.{fmt}", discovery.discovery),
    ("services.{fmt}", services.services),
    ("services/{name}", services.definition),
    ("requests.{fmt}", requests.requests),
    ("requests/{name}", requests.one_request),
    ("tokens/{name}", tokens.token),
)

MACHINE_ROUTES: Final[list[Route]] = [
    *(
        door(
            one.address,
            one.passed(),
            role=Role.MACHINE if one.scope else Role.PUBLIC,
            method=one.method,
            manner=Manner(plain=one.scope is None, most_bytes=one.most_bytes),
        )
        for one in OPERATIONS
    ),
    door("/api/openapi.json", document, role=Role.PUBLIC, manner=PLAIN),
    door("/api", reference, role=Role.PUBLIC),
    door(
        f"{BASE}/requests.{{fmt}}",
        spoken(posting.file_request),
        role=Role.MACHINE,
        method="POST",
        manner=Manner(most_bytes=posting.MOST_BYTES),
    ),
    *(
        door(f"{BASE}/{path}", spoken(endpoint), role=Role.PUBLIC, manner=PLAIN)
        for path, endpoint in OPEN311
    ),
]
