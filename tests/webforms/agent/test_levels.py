"""服务水平: every share is counted from the calls, and leads to them."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import httpx

from hotline.database import rows
from hotline.rules.clocks import SHANGHAI
from hotline.rules.phone import LineTerms
from hotline.rules.service_levels import Counts, falls_short
from hotline.rules.terms import Role
from tests.support.phone import CALLER, phone_system
from tests.support.sitting import arrived, seat
from tests.support.visitor import Visitor


async def a_day(client: httpx.AsyncClient) -> tuple[str, str]:
    """Four calls of one minute: answered in 10 s, in 20 s, rung out, given up with a message.

    Returns day and hour.
    """
    line, began = await phone_system(client), datetime.now(SHANGHAI) - timedelta(minutes=1)

    async def told(call: str, **events: int) -> None:
        for event, second in events.items():
            at = (began + timedelta(seconds=second)).isoformat()
            body = {"event": event, "call": call, "at": at, "caller": f"1390000002{call}"}
            assert (await line.sender.post(body, to="phone/line-1")).status_code == 200

    await told("1", offered=0, answered=10, ended=50)
    await told("2", offered=0, answered=20, ended=55)
    await told("3", offered=0, missed=30, ended=30)
    await told("4", offered=0, voicemail=40, ended=45)
    await arrived()
    await rows("UPDATE service_request SET registered_at = $1", began)
    return f"{began:%Y-%m-%d}", f"{began:%H:00}"


def cells(page: str) -> Mapping[str, list[str]]:
    """Row → its cells."""
    found = {}
    for line in re.findall(r"<tr[^>]*>(.*?)</tr>", page, re.DOTALL):
        plain = [
            re.sub(r"<[^>]+>|\s", "", one)
            for one in re.findall(r"<t[hd].*?</t[hd]>", line, re.DOTALL)
        ]
        found[plain[0]] = plain[1:]
    return found


async def test_a_days_shares_are_counted_from_its_calls(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    day, hour = await a_day(client)
    supervisor = await seat(visitor, Role.SUPERVISOR)
    page = (await supervisor.go("/line")).text

    wanted = ["4", "2", "1", "1", "0", "1", "50.0%", "50.0%", "—", "—", "100.0%"]
    assert cells(page)[day] == wanted
    assert cells(page)["合计"] == wanted
    assert "未达标" in page
    assert cells((await supervisor.go(f"/line?day={day}")).text)[hour][:10] == wanted[:10]


async def test_a_figure_leads_to_its_calls_without_a_number(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    day, _ = await a_day(client)
    supervisor = await seat(visitor, Role.SUPERVISOR)
    await supervisor.go(f"/line?day={day}")
    address = re.findall(r'href="(/line/calls\?[^"]+of=connected)"', supervisor.text)[0]
    page = (await supervisor.go(address.replace("&amp;", "&"))).text
    assert page.count("已接听") == 2
    assert CALLER[:9] not in page
    assert ">10<" in page


async def test_a_term_that_has_run_out_counts_against_the_line(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    day, _ = await a_day(client)
    await rows("UPDATE call_back SET due_at = since")
    await rows("UPDATE phone_call SET settled_at = voicemail_at + interval '25 hours'"
               " WHERE voicemail_at IS NOT NULL")  # fmt: skip
    supervisor = await seat(visitor, Role.SUPERVISOR)
    shares = cells((await supervisor.go("/line")).text)[day][6:]
    assert shares[2:4] == ["0.0%", "0.0%"]


async def test_the_table_comes_as_a_file_too(client: httpx.AsyncClient, visitor: Visitor) -> None:
    day, _ = await a_day(client)
    supervisor = await seat(visitor, Role.SUPERVISOR)
    answer = await supervisor.client.get("/line.csv")
    assert answer.content.startswith("\ufeff时间,来电,".encode())
    assert f"{day},4,2,1,1,0,1,50.0,50.0,,,100.0" in answer.text


def test_nothing_counted_is_no_share_and_no_figure_is_no_fault() -> None:
    none: dict[str, Any] = Counts().shares()
    assert set(none.values()) == {None}
    bad = Counts(calls=10, connected=9)
    assert falls_short(bad, LineTerms(connected_percent=95)) == {"connected"}
    assert falls_short(bad, LineTerms()) == frozenset()
