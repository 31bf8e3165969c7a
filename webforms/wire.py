"""The bare connection: a head of bounded size within bounded time, or it is closed.

Whoever opens connections and says nothing, or never comes to an end, must not keep others out.
"""

from asyncio import TimerHandle, Transport
from typing import Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from webforms.body_limit import HERE

LARGEST_HEAD: Final = 64 * 1024
HEAD_WITHIN: Final = 20.0  # seconds, from the first byte or from connecting


class BoundedHead(HttpToolsProtocol):
    """Counts and times what comes before a request's body; a whole head at once costs no timer."""

    within = HEAD_WITHIN
    _timer: TimerHandle | None = None
    _is_open = True
    _head = 0

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        self._head += len(data) if self._is_open else 0
        super().data_received(data)
        if not self._is_open:
            return
        if self._head > LARGEST_HEAD:
            self.transport.close()
        elif self._head and self._timer is None:
            self._watch()

    def on_headers_complete(self) -> None:
        self._is_open, self._head = False, 0
        self._forget()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._is_open = True
        self.scope[HERE] = True  # type: ignore[typeddict-unknown-key] # spares its reader a clock
        super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._forget()
        super().connection_lost(exc)

    def _watch(self) -> None:
        self._timer = self.loop.call_later(self.within, self.timeout_keep_alive_handler)

    def _forget(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
