"""What nearly every platform writes is read a quick way, and as the general reader reads it."""

from datetime import datetime
from typing import Any, Final

import jmespath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.rules.partner_expressions import expression
from hotline.rules.partner_reading import SHANGHAI, moment_of

WAYS: Final = ("a", "a.b", "b.a.c", "length", "a.b.a.b", "null.true")
EACHES: Final = ("a[]", "a[*]", "a.b[].c", "a.b[*].a.c", "length[].a")
documents = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["a", "b", "c", "length", "null"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(way=st.sampled_from(WAYS), document=documents)
def test_names_lead_where_the_interpreter_leads(way: str, document: Any) -> None:
    made = expression(way)

    assert made.way
    assert made.of(document) == jmespath.search(way, document)


@given(way=st.sampled_from(EACHES), document=documents)
def test_a_list_that_is_not_there_is_not_gone_through(way: str, document: Any) -> None:
    made = expression(way)

    assert made.each
    assert made.of(document) == jmespath.search(way, document)


@pytest.mark.parametrize("form", ["%Y-%m-%d %H:%M:%S", "%Y%m%d%H%M%S"])
@given(at=st.datetimes(datetime(1950, 1, 1), datetime(2200, 1, 1)))
def test_a_time_is_read_as_strptime_reads_it(form: str, at: datetime) -> None:
    said = at.strftime(form)

    assert moment_of(said, form) == datetime.strptime(said, form).replace(tzinfo=SHANGHAI)


def test_a_time_of_single_digits_is_read_by_the_general_reader() -> None:
    assert moment_of("2026-1-5 7:08:09", "%Y-%m-%d %H:%M:%S").hour == 7


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="month"):
        moment_of("2026-13-01 00:00:00", "%Y-%m-%d %H:%M:%S")
