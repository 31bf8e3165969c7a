"""日志: JSON lines on stderr that tell what happened and never of whom.

Every line, ours or a library's, passes one scrubber: numbers and names of persons, query codes,
mail addresses and query strings are masked, an exception is its type and the places in the code,
never its words (they may quote what was sent).
"""

import contextlib
import logging
import re
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from typing import Any, Final

import structlog
from structlog.stdlib import ProcessorFormatter

from hotline.rules.redaction import mask

OURS: Final = ("hotline", "workers", "notifications", "webforms")
QUIET: Final = (  # at DEBUG some of them log values
    "tortoise", "asyncpg", "rq", "rq.worker", "rq.job", "rq.cron", "uvicorn", "asyncio",
)  # fmt: skip
SECRET: Final = frozenset(
    {"address", "body", "code", "contact", "email", "name", "openid", "password", "phone", "text",
     "token", "url"}
)  # fmt: skip
HIDDEN: Final = "〔…〕"
LONGEST: Final = 300
DEEPEST: Final = 3
_CODE = re.compile(r"(?<!\d)\d(?:[ \-]?\d){15,}")
_QUERY = re.compile(r"\?[^\s\"'<>]+")

Line = MutableMapping[str, Any]


def set_up() -> None:
    """For a whole process, once; again is harmless."""
    structlog.configure(
        processors=[*_shared(), ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    root = logging.getLogger()
    if not any(isinstance(handler.formatter, ProcessorFormatter) for handler in root.handlers):
        root.addHandler(_handler())
    root.setLevel(logging.WARNING)
    for name in OURS:
        logging.getLogger(name).setLevel(logging.INFO)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


class _Stderr(logging.Handler):
    """Whatever stderr is now: a supervisor or a test may put another one in its place."""

    def emit(self, record: logging.LogRecord) -> None:
        with contextlib.suppress(OSError, ValueError):
            print(self.format(record), file=sys.stderr, flush=True)


def _handler() -> logging.Handler:
    handler = _Stderr()
    handler.setFormatter(
        ProcessorFormatter(
            foreign_pre_chain=_shared(),
            processors=[
                ProcessorFormatter.remove_processors_meta,
                scrub,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    return handler


def _shared() -> list[Any]:
    return [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def scrub(_logger: object, _method: str, line: Line) -> Line:
    """Nothing personal leaves in a line: the last processor before it is written."""
    error = _error(line.pop("exc_info", None))
    line.pop("stack_info", None)
    kept = ("timestamp", "level", "logger")
    said = {name: value for name, value in line.items() if name not in kept}
    told = {name: line[name] for name in kept if name in line}
    return {**told, **_scrubbed(said, 0), **error}


def _error(exc_info: Any) -> dict[str, Any]:
    """An exception as its type and its places."""
    if exc_info is True:
        exc_info = sys.exc_info()
    error = exc_info[1] if isinstance(exc_info, tuple) else exc_info
    if not isinstance(error, BaseException):
        return {}
    frames = traceback.extract_tb(error.__traceback__)[-12:]
    places = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames]
    return {"error": type(error).__name__, "at": places}


def _scrubbed(value: Any, depth: int) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value if _is_short(value) else HIDDEN
    if isinstance(value, str):
        return _said(value)
    if depth < DEEPEST and isinstance(value, Mapping):
        return {
            _said(str(name)): HIDDEN if name in SECRET else _scrubbed(item, depth + 1)
            for name, item in value.items()
        }
    if depth < DEEPEST and isinstance(value, list | tuple | set | frozenset):
        return [_scrubbed(item, depth + 1) for item in value]
    return type(value).__name__


def _is_short(value: float | None) -> bool:
    return not isinstance(value, int) or abs(value) < 10**10  # a phone, an ID, a code as a number


def _said(text: str) -> str:
    """One line, cut, without a query string, codes or anything by which a person is found."""
    first = text.strip().partition("\n")[0][:LONGEST]
    return mask(_CODE.sub(HIDDEN, _QUERY.sub("", first))).text
