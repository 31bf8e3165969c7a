"""What a browser has to complain of: foreign hosts, forbidden content, errors in the console."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

LISTEN = """
addEventListener("securitypolicyviolation", (event) =>
  console.error("security policy", event.violatedDirective, event.blockedURI, event.sourceFile));
"""
OFFLINE = "net::ERR_INTERNET_DISCONNECTED"  # only where a test cut the line itself
STATUS = "Failed to load resource: the server responded with a status of"


@dataclass
class Watch:
    """One context's complaints. A page that itself answers with an error is not one of them."""

    address: str
    foreign: list[str] = field(default_factory=list)
    errors: list[tuple[str, str]] = field(default_factory=list)
    documents: set[str] = field(default_factory=set)

    def over(self, context: BrowserContext) -> "Watch":
        context.add_init_script(LISTEN)
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("console", self._console)
        context.on("weberror", self._error)
        return self

    def complaints(self) -> list[str]:
        """Everything but the status of the pages themselves."""
        said = [f"{text} ({url})" for text, url in self.errors if not self._is_status(text, url)]
        return [*self.foreign, *said]

    def _is_status(self, text: str, url: str) -> bool:
        return (text.startswith(STATUS) and url in self.documents) or OFFLINE in text

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        own = urlsplit(self.address).netloc
        if parts.scheme in {"http", "https", "ws"} and parts.netloc != own:
            self.foreign.append(f"another host: {request.url}")

    def _response(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self.documents.add(response.url)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append((message.text, message.location["url"]))

    def _error(self, error: WebError) -> None:
        self.errors.append((str(error.error), error.page.url if error.page else ""))
