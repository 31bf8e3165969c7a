"""日志: a line says what happened and never of whom. Persons and numbers are made up（虚构）."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from hotline import logs

PHONE = "13800000000"
PERSONAL = (
    PHONE,
    "138 0000 0000",
    "reporter@example.org",
    "52270119900307123X",
    "1234 5678 1234 5678",
    "1234567812345678",
    "oABCdEfGhIjKlMnOpQrStUvWxY12",
)


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    """What reached stderr, line by line, through our handler alone."""
    root = logging.getLogger()
    before, level, root.handlers = root.handlers, root.level, []
    logs.set_up()
    yield
    root.handlers = before
    root.setLevel(level)
    structlog.reset_defaults()


def written(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


@pytest.mark.parametrize("word", PERSONAL)
def test_nothing_by_which_a_person_is_found_gets_through(
    lines: None, capsys: pytest.CaptureFixture[str], word: str
) -> None:
    log = structlog.get_logger("workers")
    log.warning(f"failed for {word}", value=word, many=[word], inner={"deep": f"call {word} now"})
    logging.getLogger("asyncpg").error("Key (x)=(%s) already exists", word)
    said = capsys.readouterr().err
    assert said.count("\n") == 2
    assert word not in said


def test_a_number_is_no_way_round(lines: None, capsys: pytest.CaptureFixture[str]) -> None:
    structlog.get_logger("workers").warning("failed", value=int(PHONE), attempts=3)
    (line,) = written(capsys)
    assert (line["value"], line["attempts"]) == (logs.HIDDEN, 3)


def test_query_strings_and_what_is_named_secret_are_dropped(
    lines: None, capsys: pytest.CaptureFixture[str]
) -> None:
    structlog.get_logger("webforms").warning("GET /progress?number=QN1&x=2", code=1, token="abc")
    (line,) = written(capsys)
    assert line["event"] == "GET /progress"
    assert (line["code"], line["token"]) == (logs.HIDDEN, logs.HIDDEN)


def test_an_exception_is_its_type_and_its_places_and_not_its_words(
    lines: None, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        raise ValueError("都匀市某厂夜间排放，陈某某（虚构）反映")
    except ValueError as error:
        structlog.get_logger("workers").error("job.failed", exc_info=error)
        logging.getLogger("rq.worker").exception("[Job 1]: raised\n%s", error)
    ours, theirs = written(capsys)
    assert ours["error"] == theirs["error"] == "ValueError"
    assert theirs["event"] == "[Job 1]: raised"
    assert "test_logs.py" in str(ours["at"])
    assert "排放" not in f"{ours}{theirs}"


def test_libraries_are_quiet_below_warning_and_ours_speak_from_info(
    lines: None, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("tortoise.db_client", "rq.worker", "asyncpg", "uvicorn.error"):
        logging.getLogger(name).info("SELECT a, b FROM c -- with values")
    structlog.get_logger("notifications.channels.console").info("message.shown", template="a.b")
    (line,) = written(capsys)
    assert (line["event"], line["template"], line["level"]) == ("message.shown", "a.b", "info")


def test_setting_up_again_writes_no_line_twice(
    lines: None, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.set_up()
    structlog.get_logger("workers").warning("once")
    assert len(written(capsys)) == 1
