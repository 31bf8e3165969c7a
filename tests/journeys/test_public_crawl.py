"""公开页面 crawled: none of many made-up people is found on any page, file or feed（虚构）.

200 matters here; HOTLINE_TEST_LONG makes it 10,000.
"""

import gzip
import os
import random
import re
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import httpx
import pytest

from hotline.commands.launch.services import Services
from hotline.records import Publication, WorkOrder, new_id
from hotline.rules.redaction import leaks
from hotline.rules.terms import Step
from tests.steps.desk import TENANT, cloned, dispatched, until
from webforms.app import create_app

MANY = 10_000 if os.environ.get("HOTLINE_TEST_LONG") else 200
LINK = re.compile(r'href="(/public[^"#]*)')
PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
STATIC = Path(__file__).parents[2] / "webforms" / "static"
STYLED = sum(
    len(gzip.compress((STATIC / name).read_bytes()))
    for name in ("app.css", "ledger.css", "app.js", "mark.svg")
)
FAMILY, GIVEN = "王李张刘陈杨赵黄周吴", "伟芳娜敏静丽强磊军洋"
CLEAN = ("企业收集设施破损，有异味散发。", "工地夜间违规施工。", "养殖场粪污外排入河。")
TELLING = (
    "举报人{name}，反映气味难闻。",
    "联系电话{phone}，现场核实。",
    "身份证号{identity}的群众反映。",
    "住3栋2单元501室的居民反映。",
    "车牌贵J{plate}的车辆由举报人拍摄。",
)


def people(lot: random.Random, many: int) -> list[dict[str, str]]:
    return [
        {
            "name": lot.choice(FAMILY) + lot.choice(GIVEN) + lot.choice(GIVEN),
            "phone": f"139{lot.randrange(10**8):08}",
            "identity": f"52270119{lot.randrange(60, 99)}0{lot.randrange(1, 10)}"
            f"1{lot.randrange(10**5):05}",
            "plate": f"{lot.randrange(10**5):05}",
        }
        for _ in range(many)
    ]


async def test_no_page_file_or_feed_holds_what_points_at_a_person(db: Services) -> None:
    del db
    lot = random.Random(20)
    order = await until(Step.CLOSE, await dispatched())
    told, refused = [], 0
    crowd = people(lot, MANY)
    for place, one in enumerate(crowd):
        text = lot.choice(TELLING).format(**one) if place % 4 == 0 else lot.choice(CLEAN)
        if leaks(text):
            refused += 1  # the check that every publication passes
            text = lot.choice(CLEAN)
        told.append(text)
    assert refused == len(crowd) // 4 + bool(len(crowd) % 4)
    await published(order, told)
    pages = await crawled()
    assert len(pages) > MANY  # each matter, the lists, the files
    everything = "\n".join(pages.values())
    assert PHONE.findall(everything) == []
    assert IDENTITY.findall(everything) == []
    assert {one["phone"] for one in crowd} & within(everything, len("13900000000")) == set()
    light = STYLED + max(len(text.encode()) for text in pages.values() if "<!doctype" in text)
    assert light <= 30 * 1024  # over the wire, the page itself not packed


def within(text: str, length: int) -> set[str]:
    """Every so many digits beside each other: one pass, however many are looked for."""
    runs = re.findall(rf"\d{{{length},}}", text)
    return {run[at : at + length] for run in runs for at in range(len(run) - length + 1)}


async def published(order: WorkOrder, told: list[str]) -> None:
    """Each a matter of its own, as the steps write them, all at once."""
    now = datetime.now(UTC)
    numbers = [f"QN20260101{place:09}" for place in range(len(told))]
    ids = await cloned(order, numbers)
    await Publication.bulk_create(
        Publication(
            id=new_id(),
            tenant_id=TENANT,
            jurisdiction="522700",
            number=number.replace("QN", "QNP"),
            order_id=ids[place],
            county=order.county,
            kind="air",
            finding="true",
            closing="closed",
            stage="published",
            title=f"第{place}件异味问题（虚构）",
            problem=told[place],
            measure="已责令整改。",
            proposed_by="a",
            proposed_at=now,
            approved_by="b",
            published_at=now - timedelta(hours=place),
        )
        for place, number in enumerate(numbers)
    )


async def crawled() -> dict[str, str]:
    """Every address that a link of a public page leads to, from the ledger's own."""
    transport = httpx.ASGITransport(create_app())
    found: dict[str, str] = {}
    async with httpx.AsyncClient(transport=transport, base_url="http://hotline.test") as client:
        left = ["/public", "/public/cases.csv", "/public/cases.json?page=1"]
        while left:
            path = left.pop()
            if path in found:
                continue
            answer = await client.get(path)
            assert answer.status_code == 200, path
            assert "set-cookie" not in answer.headers
            found[path] = unescape(answer.text)
            left += [unescape(one) for one in LINK.findall(answer.text)]
    return found


@pytest.mark.parametrize("text", TELLING)
def test_what_is_refused_is_refused_for_what_it_holds(text: str) -> None:
    (one,) = people(random.Random(1), 1)
    assert leaks(text.format(**one))
